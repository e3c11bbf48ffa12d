"""Databases with their filestores: templates, copies, clean-up."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from . import addons
from .environment import read_config
from .errors import PlatformError
from .locks import file_lock, process_start
from .logs import Log
from .paths import STATE, require_space
from .postgres import exists, query
from .progress import step

LANGUAGES = ("en_US", "zh_CN")
FOUNDATION, TEMPLATE, RUN = "aftersales_base_", "aftersales_tpl_", "aftersales_run_"


def filestore(database):
    """Where Odoo keeps the files of a database."""
    data = read_config()["options"].get("data_dir") or STATE / "data"
    return Path(data) / "filestore" / database


def drop(environment, database):
    # FORCE: sessions of a process that has just ended may linger.
    query(
        environment.server,
        "postgres",
        f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)',
    )
    shutil.rmtree(filestore(database), ignore_errors=True)


def copy(environment, source, target):
    """Copy a database; its files are linked, since Odoo never changes them in place."""
    query(
        environment.server,
        "postgres",
        f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY',
    )
    if filestore(source).exists():
        shutil.rmtree(filestore(target), ignore_errors=True)
        shutil.copytree(filestore(source), filestore(target), copy_function=_link)


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def rename(environment, source, target):
    if filestore(source).exists():
        shutil.rmtree(filestore(target), ignore_errors=True)
        filestore(source).rename(filestore(target))
    query(
        environment.server,
        "postgres",
        f'ALTER DATABASE "{source}" RENAME TO "{target}"',
    )


def foundation(environment, found):
    """A database with the addons of other people that all of ours stand on."""
    modules = addons.foundations(found, found)
    name = FOUNDATION + addons.foundations_key(modules, environment.source)

    def build(draft):
        title = "database with Odoo's own addons (some minutes, once)"
        options = ["--load-language", ",".join(LANGUAGES)]
        _install(environment, draft, modules, title, options)

    return _template(environment, name, build)


def template(environment, found, names):
    """A database with our addons ``names`` and all that they stand on."""
    wanted = addons.closure(found, names)
    base = foundation(environment, found)
    keys = [addons.addon_key(name) + name for name in wanted]
    name = TEMPLATE + addons.digest(base.encode(), *(key.encode() for key in keys))

    def build(draft):
        copy(environment, base, draft)
        log = _install(environment, draft, wanted, "database with our addons")
        complaints = log.install_complaints()
        if complaints:
            listed = "\n  ".join(complaints)
            raise PlatformError(f"the installation logged problems:\n  {listed}")
        _make_assets(environment, draft)

    return _template(environment, name, build)


def _template(environment, name, build):
    """A finished template: built under a draft name, renamed in the end."""
    with file_lock(STATE / f"{name}.lock", f"building {name}"):
        if not exists(environment.server, name):
            require_space(STATE, 2)
            draft = f"{name}_draft"
            drop(environment, draft)
            build(draft)
            rename(environment, draft, name)
    (STATE / f"{name}.lock").touch()
    return name


def _install(environment, database, modules, title, options=()):
    path = STATE / "log" / f"install-{database.removesuffix('_draft')}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    arguments = ["-d", database, "-i", ",".join(modules), "--stop-after-init"]
    arguments += ["--no-http", "--max-cron-threads=0", *options]
    with step(title), open(path, "w") as output:
        child = environment.odoo(arguments, stdout=output, stderr=output, **DETACHED)
        status = supervise(child)
        log = Log.read(path)
        if status:
            reason = log.last_error()
            raise PlatformError(f"the installation failed: {reason} (log: {path})")
    return log


def _make_assets(environment, database):
    """Make the web client's scripts and styles once, not in every copy."""
    code = b"env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()\n"
    with (
        step("scripts and styles of the web client"),
        open(STATE / "log" / "assets.log", "w") as output,
    ):
        child = environment.odoo(
            ["shell", "-d", database, "--no-http", "--shell-interface=python"],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        child.stdin.write(code)
        child.stdin.close()
        if supervise(child):
            raise PlatformError(f"making them failed: see {output.name}")


# Ctrl-C in a terminal goes to us alone; we end the child in an orderly way.
DETACHED = {"stdin": subprocess.DEVNULL, "start_new_session": True}


def supervise(child):
    """Wait for a detached child; it does not outlive us."""
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        child.wait()
        raise


@contextmanager
def disposable(environment, source, label):
    """A copy of a template for one run, gone afterwards."""
    name = f"{RUN}{os.getpid()}_{label}"
    copy(environment, source, name)
    # Nobody misses a test database after a power cut.
    query(
        environment.server,
        "postgres",
        f'ALTER DATABASE "{name}" SET synchronous_commit = off',
    )
    try:
        yield name
    finally:
        drop(environment, name)


def clean_up(environment, keep=2, days=14):
    """Drop copies of dead runs and templates that nobody used for a while."""
    names = query(
        environment.server, "postgres", "SELECT datname FROM pg_database ORDER BY 1"
    ).splitlines()
    for name in names:
        if name.startswith(RUN) and _is_orphan(name):
            drop(environment, name)
    for prefix in (TEMPLATE, FOUNDATION):
        templates = [name for name in names if name.startswith(prefix)]
        templates.sort(key=_last_use, reverse=True)
        for name in templates[keep:]:
            if _last_use(name) < time.time() - days * 86400 or len(templates) > 6:
                drop(environment, name)
                (STATE / f"{name}.lock").unlink(missing_ok=True)


def _is_orphan(name):
    return process_start(int(name.removeprefix(RUN).split("_")[0])) is None


def _last_use(name):
    path = STATE / f"{name.removesuffix('_draft')}.lock"
    return path.stat().st_mtime if path.exists() else 0.0
