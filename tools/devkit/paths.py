"""Where things live: shared downloads in the cache, databases in the checkout."""

import hashlib
import os
import platform
import shutil
import sys
from pathlib import Path

from .errors import PlatformError

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".state"
LOCK_FILE = ROOT / "config" / "requirements.lock"
ADDONS = ROOT / "addons"
# Raise it when the way the Odoo tree is put together changes.
ODOO_RECIPE = "odoo-19-r1"
GIB = 1024**3


def cache_root():
    """The folder that all checkouts of one user share."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "aftersales"


def digest(*chunks):
    """A short key of byte strings; the order counts."""
    sha = hashlib.sha256()
    for chunk in chunks:
        sha.update(len(chunk).to_bytes(8, "big"))
        sha.update(chunk)
    return sha.hexdigest()[:12]


def venv_key():
    """Changes with the lock file, the Python version and the processor."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}-{platform.machine()}"
    return digest(LOCK_FILE.read_bytes(), python.encode())


def venv_dir():
    return cache_root() / f"venv-{venv_key()}"


def odoo_dir():
    return cache_root() / ODOO_RECIPE


def socket_dir():
    """Short, since a socket path may have 107 bytes at most; one per checkout."""
    key = digest(str(ROOT).encode())[:8]
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.geteuid() != 0 and len(runtime) < 60:
        return Path(runtime) / f"aftersales-{key}"
    return Path("/tmp") / f"aftersales-{os.geteuid()}-{key}"


def require_space(folder, gib):
    """Refuse to fill the disk of ``folder``.

    :raise PlatformError: when less than ``gib`` GiB are free there
    """
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free / GIB
    if free < gib:
        raise PlatformError(
            f"{folder} has {free:.1f} GiB free, {gib} GiB are needed: free some space"
            " or set XDG_CACHE_HOME to a bigger disk, then run the command again"
        )
