"""./test: lint, static checks, the addons' tests, the browser tours, in that order."""

import argparse
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from . import addons, databases, discovery, lint, runner, system, venv
from .environment import prepare
from .errors import PlatformError
from .paths import ADDONS, ROOT
from .progress import say, step
from .run import DEMO

STAGES = ("lint", "static", "addons", "tours")
USAGE = """\
./test [STAGE ...] [PATH ...]

Runs the checks in order and ends with one line of counts.
STAGE is one of lint, static, addons, tours; without one, all run.
PATH is an addon (addons/aftersales_dealer), a test file, or any folder for the lint;
without one, everything is checked. With CI=true a skipped browser test is a failure."""


# How a test begins its reason when data that the project does not ship is missing.
OPTIONAL = "optional data"


@dataclass
class Tally:
    """What was checked; failures and skips with their reasons, for the end."""

    passed: int = 0
    failed: list = field(default_factory=list)
    skipped: list = field(default_factory=list)

    def line(self):
        text = f"{self.passed} passed, {len(self.failed)} failed"
        return f"{text}, {len(self.skipped)} skipped" if self.skipped else text


@dataclass
class Plan:
    """What a command line asks for."""

    stages: list
    paths: list
    names: list
    files: list
    everything: bool
    fix: bool
    jobs: int

    def classes(self, browser):
        """The test classes to run that drive a browser, or those that do not."""
        return [
            item
            for name in self.names
            for item in discovery.test_classes(ADDONS / name)
            if item.browser == browser
            and (not self.files or Path(item.path) in self.files)
        ]


def main(arguments):
    plan = _parse(arguments)
    tally = Tally()
    try:
        _run(plan, tally)
    except PlatformError as error:
        tally.failed.append(("the run could not go on", str(error)))
    finally:
        for title, text in tally.failed:
            say(f"\nFAILED {title}\n{text}" if text else f"\nFAILED {title}")
        for title, reason in tally.skipped:
            say(f"skipped {title}: {reason}")
    print(tally.line(), flush=True)
    return 1 if tally.failed else 0


def _parse(arguments):
    parser = argparse.ArgumentParser(
        "./test", usage=USAGE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", help="stages and paths")
    parser.add_argument("--fix", action="store_true", help="let the lint repair files")
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 4))
    options = parser.parse_intermixed_args(arguments)
    stages = [target for target in options.targets if target in STAGES]
    paths = [_existing(target) for target in options.targets if target not in STAGES]
    found = addons.manifests()
    inside = [
        path.relative_to(ADDONS).parts for path in paths if ADDONS in path.parents
    ]
    names = sorted({parts[0] for parts in inside if parts[0] in found})
    everything = not paths or ADDONS in paths or ROOT in paths
    # The demonstration data has a database of its own: no test may rely on it.
    tested = [name for name in addons.in_order(found) if name != DEMO]
    return Plan(
        stages=stages or list(STAGES),
        paths=paths or [ROOT],
        names=tested if everything else names,
        files=[path for path in paths if path.is_file()],
        everything=everything,
        fix=options.fix,
        jobs=max(1, options.jobs),
    )


def _existing(target):
    path = Path(target).resolve()
    if not path.exists():
        path = (ROOT / target).resolve()
    if not path.exists():
        raise PlatformError(
            f"{target} is neither a file nor a folder nor one of {', '.join(STAGES)}"
        )
    return path


def _run(plan, tally):
    needs_odoo = {"addons", "tours"} & set(plan.stages) and plan.names
    if not needs_odoo:
        _quick_stages(plan, tally, venv.python())
        return
    missing = system.ensure_packages()
    with (
        prepare("./test") as environment,
        ThreadPoolExecutor(1) as pool,
        environment.ending(),
    ):
        databases.clean_up(environment)
        runner.clear_results()
        found = addons.manifests()
        pending = pool.submit(databases.template, environment, found, plan.names)
        _quick_stages(plan, tally, environment.python)
        try:
            template = pending.result()
        except PlatformError as error:
            tally.failed.append(("installation of the addons", str(error)))
            return
        tally.passed += 1
        _slow_stages(plan, tally, environment, template, missing)


def _quick_stages(plan, tally, python):
    if "lint" in plan.stages:
        say("== lint")
        passed, failed = lint.run(python, plan.paths, plan.fix)
        tally.passed += len(passed)
        tally.failed += [(f"lint: {name}", "") for name in failed]
    if "static" in plan.stages:
        say("== static checks")
        _static(tally, python)


def _static(tally, python):
    """The database-free pytest suite; its plugins stay out, they expect an Odoo."""
    report = runner.RESULTS / "static.xml"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=short"]
    done = subprocess.run(
        [*map(str, command), f"--junitxml={report}", str(ROOT / "tests")],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if not report.exists():
        tally.failed.append(("static checks", done.stdout))
        return
    cases = ElementTree.parse(report).getroot().iter("testcase")
    for case in cases:
        title = f"{case.get('classname')}.{case.get('name')}"
        broken = [*case.iter("failure"), *case.iter("error")]
        if broken:
            tally.failed.append((title, broken[0].text or broken[0].get("message")))
        elif (skip := case.find("skipped")) is not None:
            tally.skipped.append((title, skip.get("message")))
        else:
            tally.passed += 1


def _slow_stages(plan, tally, environment, template, missing):
    if "addons" in plan.stages:
        say("== tests of the addons")
        if not plan.files:
            tally.failed += [
                (name, "has code and no tests") for name in _untested(plan)
            ]
            _terms(plan, tally, environment, template)
        _odoo_stage(plan, tally, environment, template, "addons")
        if plan.everything:
            _demonstration(tally, environment)
    if "tours" in plan.stages:
        say("== browser tours")
        before = len(tally.failed)
        _odoo_stage(plan, tally, environment, template, "tours")
        pictures = runner.screenshots()
        if len(tally.failed) > before and pictures:
            listed = "\n".join(f"  {path}" for path in pictures)
            say(f"screenshots of the failures:\n{listed}")
    if missing:
        say(f"not installed on this machine: {', '.join(missing)}")


def _terms(plan, tally, environment, template):
    """Compare the .pot files with what Odoo exports from the installed addons."""
    script = (ROOT / "tools" / "shell" / "compare_terms.py").read_bytes()
    with (
        step("comparing the exported terms"),
        databases.disposable(environment, template, "terms") as database,
    ):
        child = environment.odoo(
            ["shell", "-d", database, "--no-http", "--shell-interface=python"],
            variables={"DEVKIT_ADDONS": ",".join(plan.names)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        output = child.communicate(script)[0].decode(errors="replace")
    answers = dict(
        line.split(" ", 2)[1:]
        for line in output.splitlines()
        if line.startswith("TERMS ")
    )
    for name in plan.names:
        answer = answers.get(name, output[-2000:])
        if answer == "equal":
            tally.passed += 1
        else:
            advice = f"./odoo i18n export -d DATABASE -l pot zh_CN -- {name}"
            tally.failed.append((f"{name}: terms in i18n", f"{answer}\n({advice})"))


def _demonstration(tally, environment):
    """Install the demonstration data, which ./run loads and no test needs."""
    found = addons.manifests()
    if DEMO not in found:
        return
    try:
        databases.template(environment, found, [DEMO])
        tally.passed += 1
    except PlatformError as error:
        tally.failed.append(("installation of the demonstration data", str(error)))


def _untested(plan):
    for name in plan.names:
        folder = ADDONS / name
        code = [
            path
            for path in folder.rglob("*.py")
            if path.name not in ("__init__.py", "__manifest__.py")
            and "tests" not in path.relative_to(folder).parts
        ]
        if code and not discovery.test_classes(folder):
            yield name


def _odoo_stage(plan, tally, environment, template, stage):
    classes = plan.classes(browser=stage == "tours")
    if not classes:
        return
    outcomes = runner.run(environment, template, classes, stage, plan.jobs)
    strict = os.environ.get("CI") == "true"
    for (module, test), reason in sorted(outcomes.skipped.items()):
        if strict and not reason.startswith(OPTIONAL):
            outcomes.failed[module, test] = [f"skipped, which CI forbids: {reason}"]
        else:
            tally.skipped.append((f"{module}: {test}", reason))
    # A class whose set-up failed stands for its tests, which are listed, too.
    for (module, test), texts in sorted(outcomes.failed.items(), key=str):
        tally.failed.append((f"{module}: {test}", "\n".join(texts)))
    for text in outcomes.complaints:
        tally.failed.append((f"error in the log of the {stage}", text))
    bad = outcomes.failed.keys() | outcomes.skipped.keys()
    tally.passed += len(outcomes.started - bad)
