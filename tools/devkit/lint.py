"""The lint: the checks of .pre-commit-config.yaml, side by side, for whole trees."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from . import node
from .paths import ADDONS, ROOT, STATE, digest
from .progress import say

SKIPPED_FOLDERS = {
    ".git",
    ".state",
    "node_modules",
    "__pycache__",
    "lib",
    ".ruff_cache",
    ".pytest_cache",
}
PRETTY = {".css", ".js", ".cjs", ".json", ".md", ".scss", ".xml", ".yaml", ".yml"}
PLAIN = PRETTY | {".py", ".sh", ".toml", ".conf", ".csv", ".po", ".pot", ".lock", ""}
MOST_LINES = 60
RULES = (".pylintrc", ".ruff.toml", "config/requirements.lock")


@dataclass
class Check:
    """One tool on the files it understands.

    ``stamp`` is a file that says that these very files have passed before.
    """

    name: str
    command: list
    files: list
    stamp: object = None


def files_of(paths):
    """Every file of ours under the paths that a lint may look at."""
    found = []
    for path in paths:
        if path.is_file():
            found.append(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
            found += [type(path)(folder) / name for name in sorted(names)]
    return found


def run(python, paths, fix=False):
    """Run all checks, two at a time, and print what they find.

    :return: the names of the checks that passed, and of those that failed
    """
    programs, package_folder = python.parent, node.tools()
    files = files_of(paths)
    checks = _checks(programs, package_folder, files, fix)
    passed, failed = [], []
    with ThreadPoolExecutor(2) as pool:
        for check, output in zip(checks, pool.map(_run_check, checks), strict=True):
            if output is None:
                passed.append(check.name)
                continue
            failed.append(check.name)
            say(f"[!!] lint: {check.name}\n{_shortened(check.name, output)}")
    untidy = list(_untidy(files))
    (failed if untidy else passed).append("whitespace")
    for complaint in untidy:
        say(f"[!!] lint: whitespace: {complaint}")
    return passed, failed


def _shortened(name, output):
    """The first complaints; all of them are in a file."""
    path = STATE / "lint" / f"{name}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(output)
    lines = output.splitlines()
    more = len(lines) - MOST_LINES
    tail = [f"... and {more} more lines: {path}"] if more > 0 else []
    return "\n".join(lines[:MOST_LINES] + tail)


def _checks(programs, node_tools, files, fix):
    node_program, packages = node_tools
    sources = [path for path in files if path.suffix == ".py"]
    ours = [path for path in sources if ADDONS in path.parents]
    manifests = [path for path in files if path.name == "__manifest__.py"]
    pretty = [path for path in files if path.suffix in PRETTY]
    scripts = [path for path in files if path.suffix == ".js"]
    ruff, prettier = programs / "ruff", packages / "prettier" / "bin" / "prettier.cjs"
    eslint = packages / "eslint" / "bin" / "eslint.js"
    fixing = ["--fix"] if fix else []
    # What --write leaves is not always what --check wants: only checked files count.
    cache = ["--cache", "--cache-strategy=content", "--cache-location"]
    cache = [] if fix else [*cache, STATE / "lint" / "prettier"]
    checks = [
        Check(
            "pylint-odoo",
            [programs / "python", "-m", "pylint", "--rcfile=.pylintrc"],
            ours,
        ),
        Check(
            "prettier",
            [node_program, prettier, "--ignore-unknown", *cache]
            + ["--write" if fix else "--check", "--log-level=warn"],
            pretty,
        ),
        Check("ruff", [ruff, "check", "-q", *fixing], sources),
        Check(
            "ruff-format", [ruff, "format", "-q", *([] if fix else ["--diff"])], sources
        ),
        Check(
            "oca-checks",
            [programs / "oca-checks-odoo-module"] + ["--disable=prefer-readme-rst"],
            manifests,
        ),
        Check("eslint", [node_program, eslint, *fixing], scripts),
    ]
    for check in checks:
        if check.name in ("pylint-odoo", "oca-checks") and check.files:
            check.stamp = _stamp(check, ours + [f for f in files if f.suffix == ".xml"])
    return checks


def _stamp(check, files):
    contents = [(ROOT / rule).read_bytes() for rule in RULES]
    for path in files:
        contents += [str(path).encode(), path.read_bytes()]
    return STATE / "lint" / f"{check.name}-{digest(*contents)}"


def _run_check(check):
    """:return: the complaints of a check, None when it has none"""
    if not check.files or (check.stamp and check.stamp.exists()):
        return None
    done = subprocess.run(
        [str(part) for part in [*check.command, *check.files]],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        return done.stdout.strip() or f"exit status {done.returncode}"
    if check.stamp:
        check.stamp.parent.mkdir(parents=True, exist_ok=True)
        check.stamp.touch()
    return None


def _untidy(files):
    """Trailing blanks, missing last newlines and left-over merge marks."""
    for path in files:
        if path.suffix not in PLAIN:
            continue
        content = path.read_bytes()
        if b"\0" in content:
            continue
        where = path.relative_to(ROOT)
        if content and not content.endswith(b"\n"):
            yield f"{where}: no newline at the end"
        for number, line in enumerate(content.split(b"\n"), 1):
            if line != line.rstrip(b" \t\r") and path.suffix != ".po":
                yield f"{where}:{number}: trailing blanks"
            if line.startswith((b"<<<<<<< ", b">>>>>>> ")):
                yield f"{where}:{number}: merge conflict"
