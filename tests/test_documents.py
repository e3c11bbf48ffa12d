"""What the documents say can be typed."""

import os
import re
import subprocess
import sys
from functools import cache

import pytest
from sources import ROOT

DOCUMENTS = [
    path
    for pattern in ("*.md", "config/*.md", "docs/**/*.md", "addons/*/README.md")
    for path in sorted(ROOT.glob(pattern))
]
COMMAND = re.compile(r"(?:^|[`$(]|&& )(\./[\w./-]+)((?: +[^\s`|&)#]+)*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


every_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


def commands(path):
    """(program, arguments) of every ./command in a document."""
    text = path.read_text(encoding="utf-8")
    return [(match[1], match[2].split()) for match in COMMAND.finditer(text)]


@cache
def options_of(program):
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools"), program, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall(r"--[a-z][a-z-]*", done.stdout))


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)
def test_commands_exist(path):
    for program, _arguments in commands(path):
        candidates = [ROOT / program, path.parent / program]
        assert any(os.access(item, os.X_OK) for item in candidates), program


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)
def test_options_exist(path):
    for program, arguments in commands(path):
        if program in ("./run", "./test"):
            named = {item.split("=")[0] for item in arguments if item.startswith("--")}
            assert named <= options_of(program.removeprefix("./")) | {"--help"}


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)
def test_links_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    broken = [link for link in LINK.findall(text) if not (path.parent / link).exists()]
    assert not broken


def test_the_readme_names_the_three_commands():
    named = {program for program, _arguments in commands(ROOT / "README.md")}
    assert {"./run", "./test", "./odoo"} <= named
