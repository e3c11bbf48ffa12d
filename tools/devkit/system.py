"""Programs that only the system can provide."""

import os
import shutil

from .progress import say, step
from .shell import answer_of, run_logged

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing_packages():
    """The Debian packages whose programs or fonts this machine lacks."""
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not shutil.which("wkhtmltopdf"):
        missing.append("wkhtmltopdf")
    if not answer_of(["fc-list", ":lang=zh", "family"]):
        missing.append("fonts-noto-cjk")
    return missing


def ensure_packages():
    """Install what is missing when we are root, else say how.

    :return: what is still missing
    """
    missing = missing_packages()
    if not missing:
        return []
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        advice = "install them by hand: " + " ".join(command)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with step(f"system packages: {' '.join(missing)}"):
            run_logged(["apt-get", "-q", "update"], "setup", advice, env=quiet)
            run_logged(command, "setup", advice, env=quiet)
        return missing_packages()
    say(f"missing: {', '.join(missing)} (sudo {' '.join(command)})")
    return missing
