"""Running other programs, their output kept in the log of the checkout."""

import subprocess

from .errors import PlatformError
from .paths import STATE


def log_path(name):
    folder = STATE / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


def run_logged(command, log, advice, **options):
    """Run a program, its output appended to ``log``.

    :raise PlatformError: when it fails, with its last line and the ``advice``
    """
    path = log_path(log)
    with open(path, "ab") as output:
        begin = output.tell()
        try:
            done = subprocess.run(
                [str(part) for part in command],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **options,
            )
        except FileNotFoundError as error:
            raise PlatformError(f"{error.filename} is missing: {advice}") from None
    if done.returncode:
        with open(path, "rb") as output:
            output.seek(begin)
            lines = output.read().decode(errors="replace").strip().splitlines()
        raise PlatformError(
            f"{command[0]} failed ({lines[-1] if lines else 'no output'});"
            f" {advice}. Log: {path}"
        )


def answer_of(command, **options):
    """The standard output of a program, stripped; None when it fails or is missing."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            **options,
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
