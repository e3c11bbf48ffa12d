"""Set up the platform, a throw-away database, and run the benchmarks inside Odoo."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from devkit import addons, databases
from devkit.environment import prepare

NAMES = (
    "reader",
    "cards",
    "history",
    "queries",
    "training",
    "clocks",
    "ledger",
    "consumption",
)
CODE = """
import sys
sys.path.insert(0, {root!r})
from benchmarks.suite import main
sys.exit(main(env, {options!r}))
"""


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./benchmarks/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(NAMES))
    parser.add_argument("--rows", type=int, default=10_000, help="rows of a card file")
    parser.add_argument("--repeat", type=int, default=3, help="repetitions of a figure")
    parser.add_argument(
        "--from", dest="source", help="copy this database instead of making one"
    )
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    options.names = options.names or list(NAMES)
    return options


def main(arguments):
    options = parse(arguments)
    with prepare("./benchmarks/run") as environment:
        found = addons.manifests()
        source = options.source or databases.template(
            environment, found, ["aftersales_demo"]
        )
        with databases.disposable(environment, source, "bench") as database:
            child = environment.odoo(
                ["shell", "-d", database, "--no-http", "--max-cron-threads=0"]
                + ["--log-level=warn", "--shell-interface=python"],
                stdin=subprocess.PIPE,
                start_new_session=True,
            )
            code = CODE.format(root=str(ROOT), options=json.dumps(vars(options)))
            child.stdin.write(code.encode())
            child.stdin.close()
            return databases.supervise(child)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
