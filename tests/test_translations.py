"""Every term a user can see is translated into Chinese.

That a .pot file equals what Odoo itself exports is checked by ./test on a database;
here the terms are read from the source, which is quick and finds most omissions.
"""

import ast
import re
from functools import cache

import polib
import pytest
from lxml import etree
from sources import ADDONS, code_files, manifests, models, tree, xml_trees

PLACEHOLDER = re.compile(r"%\(\w+\)[sdfr.\d]*|%[sd]|\{\w*\}|&\w+;|<[^>]*>")
CHINESE = re.compile(r"[\u3000-\u9fff]")
WORD = re.compile(r"[a-z]{4}")
# Names that are the same in both languages, and expressions that name a file.
SAME = re.compile(
    r"^[\W\d]*(Odoo|Excel|xlsx|xls|csv|https?://\S+|\S+@\S+)[\W\d]*$|^object\.\S+$"
)
EXPRESSION = re.compile(r"\bobject\.\w+")
VIEW_ATTRIBUTES = ("string", "confirm", "placeholder")
NAMED = ("ir.actions.act_window", "ir.actions.report", "ir.actions.server")
JS_TERM = re.compile(r"""\b_t\(\s*(["'`])((?:\\.|(?!\1).)+)\1""", re.DOTALL)


def normal(text):
    return " ".join(text.split())


@cache
def catalogue(addon, name):
    path = ADDONS / addon / "i18n" / name
    return polib.pofile(str(path)) if path.exists() else None


def python_terms(addon):
    """Messages, and names and helps of fields."""
    for path in code_files(addon):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _is_translation(node.func) and node.args:
                yield _text(node.args[0])
    for model in models():
        if model.addon != addon:
            continue
        for call in model.fields.values():
            for keyword in call.keywords:
                if keyword.arg in ("string", "help"):
                    yield _text(keyword.value)
            if call.args:
                yield _text(call.args[0]) if _label_comes_first(call) else None
                yield from _selection_labels(call.args[0])


def _is_translation(function):
    return getattr(function, "id", getattr(function, "attr", "")) in ("_", "_lt")


def _text(node):
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_text else None


def _label_comes_first(call):
    return not re.match(r"Selection|Reference|Many2|One2many|Json", call.func.attr)


def _selection_labels(node):
    if isinstance(node, (ast.List, ast.Tuple)):
        for pair in node.elts:
            if isinstance(pair, ast.Tuple) and len(pair.elts) == 2:
                yield _text(pair.elts[1])


def xml_terms(addon):
    """Labels in views, names of menus and actions."""
    for document in xml_trees(addon).values():
        for node in document.iter(etree.Element):
            if node.tag == "menuitem":
                yield node.get("name")
            elif node.tag == "record" and node.get("model") in NAMED:
                yield from (item.text for item in node.iterfind("field[@name='name']"))
            else:
                yield from (node.get(name) for name in VIEW_ATTRIBUTES)


def script_terms(addon):
    for path in sorted((ADDONS / addon / "static" / "src").rglob("*.js")):
        for match in JS_TERM.finditer(path.read_text(encoding="utf-8")):
            yield match[2].replace('\\"', '"')


def source_terms(addon):
    found = [*python_terms(addon), *xml_terms(addon), *script_terms(addon)]
    return {normal(term) for term in found if term and re.search(r"[A-Za-z]{2}", term)}


@pytest.mark.parametrize("addon", manifests())
def test_the_terms_of_the_source_are_exported(addon):
    template = catalogue(addon, f"{addon}.pot")
    exported = {normal(entry.msgid) for entry in template or ()}
    assert source_terms(addon) <= exported


@pytest.mark.parametrize("addon", manifests())
def test_every_exported_term_is_translated(addon):
    template = catalogue(addon, f"{addon}.pot")
    chinese = catalogue(addon, "zh_CN.po")
    translated = {
        entry.msgid for entry in chinese or () if entry.msgstr and not entry.fuzzy
    }
    assert [e.msgid for e in template or () if e.msgid not in translated] == []


@pytest.mark.parametrize("addon", manifests())
def test_a_translation_is_chinese(addon):
    same = [
        entry.msgid
        for entry in catalogue(addon, "zh_CN.po") or ()
        if WORD.search(PLACEHOLDER.sub("", entry.msgid))
        and not CHINESE.search(entry.msgstr)
        and not SAME.match(entry.msgid)
        and not EXPRESSION.search(entry.msgid)
    ]
    assert same == []


@pytest.mark.parametrize("addon", manifests())
def test_a_translation_keeps_the_placeholders(addon):
    named = re.compile(r"%\(\w+\)[a-z]|%[sd]")
    differing = [
        entry.msgid
        for entry in catalogue(addon, "zh_CN.po") or ()
        if entry.msgstr
        and sorted(named.findall(entry.msgid)) != sorted(named.findall(entry.msgstr))
    ]
    assert differing == []


@pytest.mark.parametrize("addon", manifests())
def test_no_stale_translation_is_kept(addon):
    template = catalogue(addon, f"{addon}.pot")
    exported = {entry.msgid for entry in template or ()}
    chinese = catalogue(addon, "zh_CN.po") or ()
    assert [entry.msgid for entry in chinese if entry.msgid not in exported] == []
