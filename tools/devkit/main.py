"""Which command runs, and how its refusals look."""

import errno
import signal
import sys

from .errors import PlatformError
from .progress import say


class Terminated(BaseException):
    """Somebody asked this process to end: let everything end in an orderly way."""


def main(arguments):
    command, *rest = arguments
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _terminate)
    try:
        return _commands()[command](rest)
    except PlatformError as error:
        say(f"error: {error}")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say(f"error: the disk is full ({error.filename}): free some space, run again")
    except (KeyboardInterrupt, Terminated):
        say("stopped; run the command again to go on")
        return 130
    return 1


def _terminate(number, _frame):
    # Tidying up is not to be interrupted by the next one.
    for other in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(other, signal.SIG_IGN)
    say(f"[..] ending on signal {signal.Signals(number).name}")
    raise Terminated


def _commands():
    from . import odoo, run, test

    return {"odoo": odoo.main, "run": run.main, "test": test.main}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
