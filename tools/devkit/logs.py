"""What an Odoo log says: problems of an installation, outcomes of tests."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import datetime

RECORD = re.compile(
    r"^(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) \d+ (?P<level>[A-Z]+) \S+"
    r" (?P<logger>[\w.-]+): (?P<text>.*?) *$"
)
STARTING = re.compile(r"^Starting (?P<test>\w+\.\w+) \.\.\.$")
OUTCOME = re.compile(r"^(?P<kind>FAIL|ERROR): (?:Subtest )?(?P<what>.+)$")
SKIPPED = re.compile(r"^skipped (?P<what>.+?) : (?P<reason>.*)$")
WHOLE_CLASS = re.compile(
    r"^\w+ \(odoo\.addons\.(?P<module>\w+)\.tests\..*\.(?P<cls>\w+)\)$"
)
EXCEPTION = re.compile(r"^[a-zA-Z_][\w.]*: ")
OF_TESTS = re.compile(r"^odoo\.addons\.(?P<module>\w+)\.tests\.")
# Odoo's closing line repeats what the single outcomes have said.
TOTALS = "odoo.tests.result"
# Seconds; no class takes as long.
LONGEST = 3600


@dataclass
class Entry:
    """One log record with the lines that follow it, a traceback mostly."""

    time: datetime
    level: str
    logger: str
    lines: list

    @property
    def text(self):
        return self.lines[0]


@dataclass
class Outcomes:
    """Tests by (addon, "Class.method"); a whole class is (addon, "Class.*")."""

    started: set = field(default_factory=set)
    failed: dict = field(default_factory=dict)
    skipped: dict = field(default_factory=dict)
    complaints: list = field(default_factory=list)

    def merge(self, other):
        self.started |= other.started
        self.failed.update(other.failed)
        self.skipped.update(other.skipped)
        self.complaints += other.complaints


class Log:
    def __init__(self, lines):
        self.entries = []
        for line in lines:
            match = RECORD.match(line)
            if match:
                time = datetime.strptime(match["time"], "%Y-%m-%d %H:%M:%S,%f")
                entry = Entry(time, match["level"], match["logger"], [match["text"]])
                self.entries.append(entry)
            elif self.entries:
                self.entries[-1].lines.append(line)

    @classmethod
    def read(cls, path):
        return cls(path.read_text(encoding="utf-8", errors="replace").splitlines())

    def last_error(self):
        """The most telling words for a person: the last error, or the last line."""
        for entry in reversed(self.entries):
            if entry.level in ("ERROR", "CRITICAL"):
                return _message(entry)
        return self.entries[-1].text if self.entries else "it logged nothing"

    def install_complaints(self):
        """Errors, and warnings that concern our addons."""
        return [
            f"{entry.level} {entry.logger}: {entry.text}"
            for entry in self.entries
            if entry.level in ("ERROR", "CRITICAL")
            or (entry.level == "WARNING" and _ours(entry))
        ]

    def outcomes(self):
        """What the tests in this log came to."""
        result = Outcomes()
        for entry in self.entries:
            known = _test_entry(entry, result) or entry.logger == TOTALS
            if not known and entry.level in ("ERROR", "CRITICAL"):
                result.complaints.append("\n".join([entry.logger, *entry.lines]))
        return result

    def class_seconds(self):
        """How long each class took, its set-up included, by tag.

        The records of a test that freezes time bear the frozen time: durations that
        cannot be are left out.
        """
        marks = []
        for entry in self.entries:
            if entry.text == "Starting post tests":
                marks.append((entry.time, None))
            elif match := STARTING.match(entry.text):
                module = OF_TESTS.match(entry.logger + ".")["module"]
                tag = f"/{module}:{match['test'].split('.')[0]}"
                if not marks or marks[-1][1] != tag:
                    marks.append((entry.time, tag))
        if self.entries:
            marks.append((self.entries[-1].time, None))
        durations = {
            tag: round((after[0] - before).total_seconds(), 1)
            for (before, tag), after in itertools.pairwise(marks)
            if tag
        }
        return {tag: took for tag, took in durations.items() if 0 < took < LONGEST}


def _message(entry):
    """The message of the exception that ends a traceback, else the record's text."""
    lines = [line.rstrip() for line in entry.lines if line.strip()]
    for number in range(len(lines) - 1, 0, -1):
        if EXCEPTION.match(lines[number]):
            return " ".join(lines[number:])
    return lines[0]


def _ours(entry):
    return "aftersales" in entry.logger or any(
        "aftersales" in line for line in entry.lines
    )


def _test_entry(entry, result):
    """Note the outcome that an entry reports.

    :return: whether it reports one
    """
    owner = OF_TESTS.match(entry.logger + ".")
    module = owner["module"] if owner else None
    if match := STARTING.match(entry.text):
        result.started.add((module, match["test"]))
    elif match := SKIPPED.match(entry.text):
        result.skipped[_identity(module, match["what"])] = match["reason"]
    elif entry.level == "ERROR" and (match := OUTCOME.match(entry.text)):
        key = _identity(module, match["what"])
        result.failed.setdefault(key, []).append("\n".join(entry.lines))
    else:
        return False
    return True


def _identity(module, what):
    """Name a test as discovery does; "setUpClass (…)" stands for its whole class."""
    if match := WHOLE_CLASS.match(what):
        return match["module"], f"{match['cls']}.*"
    return module, what.split(" ")[0]
