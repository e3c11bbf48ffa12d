"""./run: from a clean machine to a served system."""

import argparse
import contextlib
import csv
import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import addons, databases, postgres, venv
from .environment import prepare, read_config
from .errors import PlatformError
from .locks import file_lock, process_start
from .logs import Log
from .paths import ADDONS, ROOT, STATE
from .postgres import exists, query
from .progress import say, step

DATABASE = "aftersales"
EVERYTHING, DEMO = "aftersales", "aftersales_demo"
RECORD = STATE / "run.json"
LOG = STATE / "log" / "odoo.log"
# What the database was made of: addon -> key, so that changes on disk are noticed.
KEYS = "devkit.addon_keys"
STARTING_SECONDS = 180


def main(arguments):
    options = _parse(arguments)
    if options.stop:
        return _stop()
    with contextlib.ExitStack() as until_served:
        until_served.enter_context(file_lock(STATE / "run.lock", "./run"))
        running = _running()
        if running and not options.reset:
            say("[ok] already running (./run --stop ends it)")
            _welcome(running["port"], running["demo"])
            return 0
        if running:
            _stop()
        _require_port(options.port)
        with prepare("./run") as environment:
            _prepare_database(environment, options)
            child = _start(environment, options.port)
            until_served.close()
            if options.background:
                return _leave_running(environment, child)
            return _serve(environment, child)


def _parse(arguments):
    port = read_config()["options"].getint("http_port", 8069)
    parser = argparse.ArgumentParser(
        "./run", description="Set up and serve the system on 127.0.0.1."
    )
    parser.add_argument("--port", type=int, default=port, help=f"default {port}")
    parser.add_argument(
        "--reset", action="store_true", help="delete the database and start over"
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="a new database without demo data"
    )
    parser.add_argument(
        "--background", action="store_true", help="return when it serves"
    )
    parser.add_argument("--stop", action="store_true", help="stop what runs here")
    parser.add_argument(
        "--lang", metavar="CODE", help="language of all users, such as zh_CN or en_US"
    )
    options = parser.parse_args(arguments)
    if options.lang and not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", options.lang):
        raise PlatformError(f"--lang {options.lang}: a code such as zh_CN is expected")
    return options


def _running():
    """The record of the Odoo that serves this checkout, None when there is none."""
    if not RECORD.exists():
        return None
    record = json.loads(RECORD.read_text())
    return record if process_start(record["pid"]) == record["start"] else None


def _require_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise PlatformError(
                f"port {port} cannot be used ({error}): choose another one, such as"
                f" ./run --port {port + 1 if port < 65535 else 8070}"
            ) from None


def _prepare_database(environment, options):
    if options.reset:
        with step("deleting the database"):
            databases.drop(environment, DATABASE)
    if exists(environment.server, DATABASE):
        _update(environment)
        if options.lang:
            _set_up_users(environment, DATABASE, options.lang)
    else:
        _create(environment, options)


def _wanted(found, demo):
    """Our addons to install: the one that stands on all others, and the demo data."""
    roots = [EVERYTHING] if EVERYTHING in found else []
    roots = roots or [name for name in found if not name.startswith("test_")]
    if demo and DEMO in found:
        roots.append(DEMO)
    return addons.closure(found, [name for name in roots if demo or name != DEMO])


def _create(environment, options):
    found = addons.manifests()
    wanted = _wanted(found, demo=not options.no_demo)
    draft = f"{DATABASE}_draft"
    databases.drop(environment, draft)
    base = databases.foundation(environment, found)
    databases.copy(environment, base, draft)
    _call_odoo(environment, "our addons and their data", draft, "-i", wanted)
    _set_up_users(environment, draft, options.lang)
    _remember_keys(environment, draft, wanted)
    databases.rename(environment, draft, DATABASE)


def _update(environment):
    """Bring an existing database up to the addons on disk."""
    found = addons.manifests()
    installed = _installed(environment)
    if "base" not in installed:
        raise PlatformError(
            f"database {DATABASE} is not complete: ./run --reset makes a new one"
        )
    wanted = _wanted(found, demo=DEMO in installed)
    known = json.loads(_parameter(environment, KEYS) or "{}")
    fresh = [name for name in wanted if name not in installed]
    changed = [
        name
        for name in wanted
        if name in installed and known.get(name) != addons.addon_key(name)
    ]
    if changed:
        _call_odoo(environment, "upgrade of changed addons", DATABASE, "-u", changed)
    if fresh:
        _call_odoo(environment, "new addons", DATABASE, "-i", fresh)
    if changed or fresh:
        _remember_keys(environment, DATABASE, wanted)


def _installed(environment):
    return query(
        environment.server,
        DATABASE,
        "SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade')",
    ).splitlines()


def _call_odoo(environment, title, database, option, names):
    log = STATE / "log" / "install.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    arguments = ["-d", database, option, ",".join(names), "--stop-after-init"]
    with step(title), open(log, "w") as output:
        child = environment.odoo(
            [*arguments, "--no-http", "--max-cron-threads=0"],
            stdout=output,
            stderr=output,
            **databases.DETACHED,
        )
        if databases.supervise(child):
            reason = Log.read(log).last_error()
            raise PlatformError(f"{title}: {reason} Mend it and run again (log: {log})")


def _set_up_users(environment, database, language):
    """Languages, and the scripts and styles of the web client made beforehand."""
    script = (ROOT / "tools" / "shell" / "set_up.py").read_text(encoding="utf-8")
    log = STATE / "log" / "set-up.log"
    variables = {"DEVKIT_LANG": language or ""}
    with step("languages and the web client's files"), open(log, "w") as output:
        child = environment.odoo(
            ["shell", "-d", database, "--no-http", "--shell-interface=python"],
            variables=variables,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        child.stdin.write(script.encode())
        child.stdin.close()
        status = databases.supervise(child)
        text = log.read_text(errors="replace")
        if status or "set-up complete" not in text:
            reason = text.strip().splitlines()[-1]
            raise PlatformError(f"set-up of languages: {reason} (log: {log})")


def _parameter(environment, key):
    return query(
        environment.server,
        DATABASE,
        f"SELECT value FROM ir_config_parameter WHERE key = '{key}'",
    )


def _store_parameter(environment, database, key, value):
    quoted = value.replace("'", "''")
    query(
        environment.server,
        database,
        "INSERT INTO ir_config_parameter (key, value, create_date, write_date)"
        f" VALUES ('{key}', '{quoted}', now(), now())"
        f" ON CONFLICT (key) DO UPDATE SET value = '{quoted}'",
    )


def _remember_keys(environment, database, names):
    keys = {name: addons.addon_key(name) for name in names}
    _store_parameter(environment, database, KEYS, json.dumps(keys, sort_keys=True))


def _start(environment, port):
    # Links in mails and the style sheets of printed forms are fetched from there.
    address = f"http://127.0.0.1:{port}"
    _store_parameter(environment, DATABASE, "web.base.url", address)
    arguments = ["-d", DATABASE, "--db-filter", f"^{DATABASE}$", "-p", str(port)]
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with step("Odoo starts"), open(LOG, "a") as output:
        began = output.tell()
        child = environment.odoo(
            [*arguments, "--http-interface", "127.0.0.1"],
            stdout=output,
            stderr=output,
            **databases.DETACHED,
        )
        record = {"pid": child.pid, "start": process_start(child.pid), "port": port}
        record["demo"] = DEMO in _installed(environment)
        RECORD.write_text(json.dumps(record))
        try:
            _await_answer(child, address, began)
        except BaseException:
            child.terminate()
            child.wait()
            RECORD.unlink(missing_ok=True)
            raise
    _welcome(port, record["demo"])
    return child


def _await_answer(child, address, began):
    limit = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < limit:
        if child.poll() is not None:
            with open(LOG, errors="replace") as log:
                log.seek(began)
                reason = Log(log.read().splitlines()).last_error()
            raise PlatformError(f"Odoo ended: {reason}. Log: {LOG}")
        with contextlib.suppress(urllib.error.URLError, OSError):
            if _get(f"{address}/web/health") == 200:
                _get(f"{address}/web/login")
                return
        time.sleep(0.3)
    raise PlatformError(f"Odoo gave no answer for {STARTING_SECONDS} s. Log: {LOG}")


def _get(address):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=60) as answer:
        return answer.status


def _welcome(port, demo):
    """The address and the logins, one per role."""
    rows = [("Role", "Login", "Password"), ("Administrator", "admin", "admin")]
    path = ADDONS / DEMO / "data" / "logins.csv"
    if demo and path.exists():
        with open(path, encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n  http://127.0.0.1:{port}\n")
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  " + "  ".join(cells).rstrip())
    print(flush=True)


def _serve(environment, child):
    say("[ok] serving; Ctrl-C stops it")

    def stop(_number, _frame):
        child.send_signal(signal.SIGTERM)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    status = child.wait()
    RECORD.unlink(missing_ok=True)
    if environment.lease:
        others = environment.server.release(environment.lease)
        _say_stopped(others)
    if status:
        raise PlatformError(f"Odoo ended with status {status}. Log: {LOG}")
    return 0


def _say_stopped(others):
    if others:
        say(f"[ok] Odoo stopped; PostgreSQL stays up for: {', '.join(others)}")
    else:
        say("[ok] stopped")


def _leave_running(environment, child):
    if environment.lease:
        environment.server.leases.take("./run --background", child.pid)
    say(f"[ok] serving in the background; ./run --stop ends it. Log: {LOG}")
    return 0


def _stop():
    running = _running()
    if running:
        with step("Odoo stops"):
            os.kill(running["pid"], signal.SIGTERM)
            limit = time.monotonic() + 60
            while _running() and time.monotonic() < limit:
                time.sleep(0.2)
            if _running():
                os.kill(running["pid"], signal.SIGKILL)
    RECORD.unlink(missing_ok=True)
    if (venv.venv_dir() / "complete").exists():
        _say_stopped(postgres.Embedded().release(None))
    elif not running:
        say("[ok] nothing runs here")
    return 0
