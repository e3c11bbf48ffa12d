"""Which command runs, and how its refusals look."""

import errno
import sys

from .errors import PlatformError
from .progress import say


def main(arguments):
    command, *rest = arguments
    try:
        return _commands()[command](rest)
    except PlatformError as error:
        say(f"error: {error}")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say(f"error: the disk is full ({error.filename}): free some space, run again")
    except KeyboardInterrupt:
        say("stopped; run the command again to go on")
        return 130
    return 1


def _commands():
    from . import odoo

    return {"odoo": odoo.main}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
