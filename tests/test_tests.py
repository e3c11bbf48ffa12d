"""The addons' tests can all run: imported, derived from Odoo's classes, tagged."""

import ast

import pytest
from devkit.discovery import test_classes as classes_in
from sources import ADDONS, manifests, tree

FILES = sorted(ADDONS.glob("*/tests/test_*.py"))
CLASSES = [item for name in manifests() for item in classes_in(ADDONS / name)]
# Test bases of Odoo 19 that the addons use; ours derive from one of them.
ODOO_BASES = {
    "BaseCase",
    "TransactionCase",
    "HttpCase",
    "BaseCommon",
    "HttpCaseWithUserDemo",
    "AccountTestInvoicingCommon",
    "AccountTestInvoicingHttpCommon",
    "MailCommon",
    "TestStockCommon",
    "TestStockValuationCommon",
}


def label(path):
    return str(path.relative_to(ADDONS)) if hasattr(path, "relative_to") else path


def class_label(item):
    return f"{item.module}-{item.name}"


def class_bases():
    """Class name -> names of its bases, over all test code."""
    found = {}
    for path in sorted(ADDONS.glob("*/tests/*.py")):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                names = [
                    getattr(base, "attr", getattr(base, "id", ""))
                    for base in node.bases
                ]
                found.setdefault(node.name, set()).update(names)
    return found


def derives_from_odoo(name, bases, seen=()):
    if name in ODOO_BASES:
        return True
    return name not in seen and any(
        derives_from_odoo(base, bases, (*seen, name)) for base in bases.get(name, ())
    )


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_test_file_is_imported(path):
    imported = {
        alias.name
        for node in tree(path.parent / "__init__.py").body
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
    }
    assert path.stem in imported


@pytest.mark.parametrize("path", FILES, ids=label)
def test_a_test_file_has_tests(path):
    assert [item for item in CLASSES if item.path == str(path)]


@pytest.mark.parametrize("item", CLASSES, ids=class_label)
def test_a_test_class_derives_from_an_odoo_base(item):
    assert derives_from_odoo(item.name, class_bases())


@pytest.mark.parametrize("item", CLASSES, ids=class_label)
def test_a_test_class_runs_after_installation(item):
    """By a decorator of its own; Odoo inherits tags, but a reader should see it."""
    [node] = [
        node
        for node in tree(type(ADDONS)(item.path)).body
        if isinstance(node, ast.ClassDef) and node.name == item.name
    ]
    tags = {
        argument.value
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        for argument in decorator.args
        if isinstance(argument, ast.Constant)
    }
    assert {"post_install", "-at_install"} <= tags


def test_names_of_test_classes_are_unique_in_an_addon():
    names = [(item.module, item.name) for item in CLASSES]
    assert sorted(names) == sorted(set(names))
