"""The virtual environment with every pinned Python package."""

import sys

from .locks import file_lock
from .paths import LOCK_FILE, require_space, venv_dir
from .progress import step
from .shell import run_logged


def python():
    """The interpreter of the environment; set up when it is not there yet."""
    folder = venv_dir()
    if not (folder / "complete").exists():
        with file_lock(folder.with_suffix(".lock"), "setting up the Python packages"):
            if not (folder / "complete").exists():
                _build(folder)
    return folder / "bin" / "python"


def _build(folder):
    """An environment cannot be moved, so it grows in place; the stamp comes last."""
    require_space(folder.parent, 2)
    with step("Python packages (config/requirements.lock)"):
        run_logged(
            [sys.executable, "-m", "venv", folder],
            "setup",
            "install the venv module (Debian: apt install python3-venv) and run again",
        )
        pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--no-compile"]
        run_logged(
            [*pip, "--no-deps", "--disable-pip-version-check", "-r", LOCK_FILE],
            "setup",
            "check the network and run the command again",
        )
        (folder / "complete").touch()
