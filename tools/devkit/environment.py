"""All parts together: an Odoo that can be called."""

import configparser
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

from . import debian, postgres, venv
from .errors import PlatformError
from .paths import ADDONS, ROOT, STATE

CONFIG = ROOT / "config" / "odoo.conf"


class Environment:
    """A set-up platform; ``lease`` keeps its PostgreSQL up."""

    def __init__(self, source, python, server, lease):
        self.source = source
        self.python = python
        self.server = server
        self.lease = lease
        self.children = []
        self.ended = False

    @property
    def variables(self):
        """The environment of every program that works with this Odoo."""
        path = [str(self.source), os.environ.get("PYTHONPATH")]
        return {
            **os.environ,
            **self.server.variables,
            "PYTHONPATH": os.pathsep.join(filter(None, path)),
            "ODOO_RC": str(self.configuration()),
            "PATH": f"{self.python.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        }

    def addons_path(self):
        """Odoo finds ``odoo/addons`` and installed OCA wheels by itself."""
        folders = [self.source / "addons", ADDONS]
        return [folder for folder in folders if _holds_addons(folder)]

    def configuration(self):
        """config/odoo.conf with this machine's folders and server filled in."""
        config = read_config()
        options = config["options"]
        options["addons_path"] = ",".join(str(path) for path in self.addons_path())
        options.setdefault("data_dir", str(STATE / "data"))
        names = {"PGHOST": "db_host", "PGPORT": "db_port", "PGUSER": "db_user"}
        names["PGPASSWORD"] = "db_password"
        for variable, option in names.items():
            if variable in self.server.variables:
                options[option] = self.server.variables[variable]
        path = STATE / "odoo.conf"
        draft = path.with_suffix(f".{os.getpid()}")
        with open(draft, "w", encoding="utf-8") as handle:
            config.write(handle)
        draft.replace(path)
        return path

    def start(self, command, variables=None, **options):
        """Start a program of this environment; the lease lives as long as it does."""
        if self.ended:
            raise PlatformError("stopped; run the command again to go on")
        child = subprocess.Popen(
            [str(part) for part in command],
            env={**self.variables, **(variables or {})},
            cwd=ROOT,
            **options,
        )
        self.children.append(child)
        if self.lease:
            self.server.leases.add(self.lease, child.pid)
        return child

    @contextmanager
    def ending(self):
        """Kill all programs when we are ended: threads wait for them, and databases
        can go only after them."""
        try:
            yield
        except BaseException:
            self.ended = True
            for child in self.children:
                if child.poll() is None:
                    child.kill()
            raise

    def odoo(self, arguments, **options):
        """Start Odoo's command line."""
        return self.start([self.python, "-m", "odoo", *arguments], **options)


def read_config():
    config = configparser.ConfigParser(interpolation=None)
    config.read(CONFIG, encoding="utf-8")
    return config


def _holds_addons(folder):
    return any(folder.glob("*/__manifest__.py"))


@contextmanager
def prepare(what):
    """Set up whatever is missing and keep PostgreSQL up during the block.

    :param what: the use, for people who wonder why the server still runs
    """
    STATE.mkdir(exist_ok=True)
    source = debian.odoo_source()
    python = venv.python()
    options = {key: value for key, value in read_config()["options"].items() if value}
    server = postgres.server(options)
    with server.lease(what) as lease:
        yield Environment(source, python, server, lease)


def wait(child):
    """Wait for a child that shares our terminal, pass signals on.

    Ctrl-C in a terminal reaches both of us; a signal sent to us alone does not.

    :return: an exit status as a shell would give it
    """

    def forward(number, _frame):
        child.send_signal(number)

    shared = sys.stdin is not None and sys.stdin.isatty()
    signal.signal(signal.SIGINT, signal.SIG_IGN if shared else forward)
    signal.signal(signal.SIGTERM, forward)
    signal.signal(signal.SIGHUP, forward)
    status = child.wait()
    return 128 - status if status < 0 else status
