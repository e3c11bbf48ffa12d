"""House rules that no linter knows."""

import ast
import re

import pytest
from devkit import lint
from sources import ADDONS, ROOT, manifests, methods, tree

HARD_LIMIT = 40
CODE = [
    path
    for folder in ("addons", "tools")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "tests" not in path.parts
]
# Registries and mirrors: the machine's own settings say where packages come from.
HOSTS = re.compile(
    r"deb\.debian\.org|\bpypi\.org|pythonhosted\.org|registry\.npmjs|yarnpkg\.com"
    r"|mirrors?\.[a-z0-9-]+\.[a-z]|simple/|npmmirror|\"resolved\":",
    re.IGNORECASE,
)
TEXT = {"", ".py", ".sh", ".md", ".json", ".yaml", ".yml", ".toml", ".conf", ".lock"}
TEXT |= {".cjs", ".js", ".xml", ".csv", ".txt"}


def own_files():
    return lint.files_of([ROOT])


def too_long(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = node.end_lineno - node.lineno + 1 - docstring_lines(node)
            if lines > HARD_LIMIT:
                yield f"{node.name}: {lines} lines"


def docstring_lines(node):
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return first.end_lineno - first.lineno + 1
    return 0


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_longer_than_a_screen(path):
    assert not list(too_long(path))


def test_no_file_names_the_host_of_a_package_registry():
    this = ROOT / "tests" / "test_code_style.py"
    named = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in own_files()
        if path.suffix in TEXT and path != this
        if (match := HOSTS.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert not named


def bare_sudo(path):
    """Functions that call ``sudo()`` and neither comment nor docstring says why."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef) and calls_sudo(node):
            body = lines[node.lineno - 1 : node.end_lineno]
            above = lines[node.lineno - 2] if node.lineno > 1 else ""
            said = any("# " in line for line in [above, *body])
            if not said and "sudo" not in (ast.get_docstring(node) or ""):
                yield f"{path.name}: {node.name}"


def calls_sudo(node):
    return any(
        isinstance(item, ast.Call) and getattr(item.func, "attr", "") == "sudo"
        for item in ast.walk(node)
    )


@pytest.mark.parametrize("name", manifests())
def test_superuser_rights_are_justified(name):
    bare = [
        found
        for path in sorted((ADDONS / name).rglob("*.py"))
        if "tests" not in path.relative_to(ADDONS / name).parts
        for found in bare_sudo(path)
    ]
    assert bare == []


def calls_super(function):
    return any(
        isinstance(node, ast.Name) and node.id == "super" for node in ast.walk(function)
    )


def test_no_addon_replaces_a_method_of_another_unawares():
    """A method of the same name calls super(), or says that it stands instead."""
    replaced = {}
    for (model, name), functions in methods().items():
        own = [
            path.relative_to(ADDONS).as_posix()
            for path, function in functions
            if not calls_super(function)
            and not (ast.get_docstring(function) or "").startswith("Instead of")
        ]
        if len(own) > 1:
            replaced[f"{model}.{name}"] = own
    assert not replaced
