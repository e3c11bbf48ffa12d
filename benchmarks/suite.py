"""What all benchmarks share: clocks, medians, the table of results."""

import json
import os
import statistics
import time
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
HEAD = "| figure | measured | goal | |\n|---|---|---|---|"


class Report:
    """Figures of one run, printed as they come and written to RESULTS.md."""

    def __init__(self):
        self.sections = {}

    def add(self, section, figure, measured, goal="", good=None):
        """
        :param good: whether the goal is met; None for a figure without a goal
        """
        mark = {True: "met", False: "**not met**", None: ""}[good]
        line = f"| {figure} | {measured} | {goal} | {mark} |"
        self.sections.setdefault(section, []).append(line)
        print(f"{section}: {figure}: {measured} {goal and f'(goal {goal})'} {mark}")

    def write(self):
        """Replace the sections of this run, keep the others."""
        sections = _read_sections()
        for title, lines in self.sections.items():
            stamp = (
                f"Measured on {date.today()}, 2 cores, PostgreSQL on the same machine."
            )
            sections[title] = "\n".join([stamp, "", HEAD, *lines])
        text = "# Results of ./benchmarks/run\n\n"
        text += (
            "Ratios of two ways within one run; see README.md for what is measured.\n"
        )
        for title in sorted(sections):
            text += f"\n## {title}\n\n{sections[title].strip()}\n"
        RESULTS.write_text(text, encoding="utf-8")


def _read_sections():
    if not RESULTS.exists():
        return {}
    parts = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:]
    return dict(part.split("\n", 1) for part in parts)


def interleave(repeat, ways):
    """Times of each way, measured in turns.

    :param dict ways: name -> function that does the work and returns its seconds
    :return: dict name -> list of seconds
    """
    times = {name: [] for name in ways}
    for _repetition in range(repeat):
        for name, work in ways.items():
            times[name].append(work())
            print(f"  {name}: {times[name][-1]:.2f} s", flush=True)
    return times


def median_ratio(slow, fast):
    """Median of the ratios of the same turn."""
    return statistics.median(s / f for s, f in zip(slow, fast, strict=True))


class Clock:
    """``with Clock() as clock: …; clock.seconds``."""

    def __enter__(self):
        self.start = time.perf_counter()
        return self

    def __exit__(self, *_error):
        self.seconds = time.perf_counter() - self.start


def reset_peak():
    """Begin a new measurement of this process's peak memory."""
    with open("/proc/self/clear_refs", "w") as handle:
        handle.write("5")
    return _read_status("VmRSS")


def get_peak():
    """Peak memory since ``reset_peak`` in MB."""
    return _read_status("VmHWM")


def _read_status(name):
    with open("/proc/self/status") as handle:
        for line in handle:
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    raise LookupError(name)


def main(env, options):
    """Run the benchmarks named in ``options`` (JSON)."""
    from . import (
        cards,
        clocks,
        consumption,
        history,
        ledger,
        queries,
        reader,
        training,
    )

    options = json.loads(options)
    benchmarks = {
        "reader": reader.run,
        "cards": cards.run,
        "clocks": clocks.run,
        "consumption": consumption.run,
        "history": history.run,
        "ledger": ledger.run,
        "queries": queries.run,
        "training": training.run,
    }
    report = Report()
    env = env(user=env.ref("base.user_admin"))
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in options["names"]:
        benchmarks[name](env, report, options)
        report.write()
    return 0
