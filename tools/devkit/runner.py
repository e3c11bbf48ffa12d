"""Running test classes by Odoo's own runner, several databases side by side."""

import contextlib
import json
import os
import shutil
import socket
import time
from concurrent.futures import ThreadPoolExecutor

from . import databases, discovery
from .logs import Log, Outcomes
from .paths import STATE
from .progress import say

RESULTS = STATE / "test"
DURATIONS = RESULTS / "seconds.json"
REPORT_EVERY = 20
# Long enough for the slowest single test; then it hangs.
SILENCE = 1200
NOT_RUN = (
    "did not run: is {path} imported in tests/__init__.py, and does its class derive"
    " from an Odoo test case tagged post_install?"
)


def free_port():
    """A port of the loopback interface that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(environment, template, classes, label, jobs):
    """Run test classes on copies of a template.

    :return: the :class:`~.logs.Outcomes`; a test that should have run and did not is
        among the failed ones
    """
    parts = discovery.shards(classes, jobs, known_seconds())
    running = []
    total = sum(len(item.methods) for item in classes)
    with contextlib.ExitStack() as stack:
        for number, members in enumerate(parts):
            copy = databases.disposable(environment, template, f"{label}{number}")
            running.append((stack.enter_context(copy), members))
        with ThreadPoolExecutor(len(running)) as pool, environment.ending():
            futures = [
                pool.submit(_run_part, environment, database, members, label, number)
                for number, (database, members) in enumerate(running)
            ]
            _report(futures, label, total)
            outcomes = Outcomes()
            for future in futures:
                outcomes.merge(future.result())
    _note_missing(classes, outcomes)
    return outcomes


def _run_part(environment, database, members, label, number):
    log = RESULTS / f"{label}-{number}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    arguments = ["-d", database, "--db-filter", f"^{database}$", "--stop-after-init"]
    arguments += ["--http-interface", "127.0.0.1", "-p", str(free_port())]
    arguments += ["--test-tags", ",".join(item.tag for item in members)]
    arguments += ["--max-cron-threads=0", "--screenshots", str(RESULTS / "screens")]
    with open(log, "w") as output:
        child = environment.odoo(
            arguments, stdout=output, stderr=output, **databases.DETACHED
        )
        _watch(child, log)
    parsed = Log.read(log)
    outcomes = parsed.outcomes()
    _remember_seconds(parsed)
    if child.returncode and not outcomes.failed and not outcomes.complaints:
        outcomes.complaints.append(f"Odoo ended with status {child.returncode}: {log}")
    return outcomes


def _watch(child, log):
    """Wait for the end; a run that says nothing for long hangs and is ended."""
    try:
        while child.poll() is None:
            time.sleep(0.5)
            if time.time() - log.stat().st_mtime > SILENCE:
                with open(log, "a") as output:
                    output.write(f"No sign of life for {SILENCE} s: ended.\n")
                child.kill()
    finally:
        if child.poll() is None:
            child.terminate()
        child.wait()


def _report(futures, label, total):
    """Say now and then how far the parts are."""
    began = said = time.monotonic()
    while not all(future.done() for future in futures):
        time.sleep(0.5)
        if time.monotonic() - said >= REPORT_EVERY:
            said = time.monotonic()
            logs = [RESULTS / f"{label}-{number}.log" for number in range(len(futures))]
            texts = [log.read_text(errors="replace") for log in logs if log.exists()]
            count = sum(text.count(": Starting Test") for text in texts)
            say(f"[..] {label}: {count} of {total} started ({said - began:.0f} s)")


def _note_missing(classes, outcomes):
    """What the source defines must have run: an import that is missing is a failure."""
    skipped_classes = {key for key in outcomes.skipped if key[1].endswith(".*")}
    broken_classes = {key for key in outcomes.failed if key[1].endswith(".*")}
    for item in classes:
        whole = (item.module, f"{item.name}.*")
        for test in item.tests - outcomes.started:
            if whole in skipped_classes:
                outcomes.skipped[test] = outcomes.skipped[whole]
            elif whole in broken_classes:
                outcomes.failed[test] = [
                    f"the set-up of its class failed ({item.path})"
                ]
            else:
                outcomes.failed[test] = [NOT_RUN.format(path=item.path)]
    for key in skipped_classes:
        del outcomes.skipped[key]


def known_seconds():
    return json.loads(DURATIONS.read_text()) if DURATIONS.exists() else {}


def _remember_seconds(log):
    """Durations by class, which make the parts of the next run more equal."""
    seconds = known_seconds()
    seconds.update(log.class_seconds())
    draft = DURATIONS.with_suffix(f".{os.getpid()}-{time.monotonic_ns()}")
    draft.write_text(json.dumps(seconds, indent=1, sort_keys=True))
    draft.replace(DURATIONS)


def clear_results():
    """Forget the logs and pictures of the run before, not the durations."""
    for path in RESULTS.glob("*.log"):
        path.unlink()
    shutil.rmtree(RESULTS / "screens", ignore_errors=True)


def screenshots():
    return sorted((RESULTS / "screens").rglob("*.png"))
