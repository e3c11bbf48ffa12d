"""Entry point of ./run, ./odoo and ./test: `python tools <command> [arguments]`."""

import sys

from devkit.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
