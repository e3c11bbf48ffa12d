"""The addons as source: what the static tests ask about."""

import ast
import csv
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from devkit import addons
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
ADDONS = ROOT / "addons"
PERSISTENT = {"Model", "TransientModel", "AbstractModel"}


@dataclass(frozen=True)
class Model:
    """One Python class that defines or extends an Odoo model."""

    addon: str
    path: Path
    kind: str
    name: str
    inherits: tuple
    fields: dict = field(hash=False, compare=False)

    @property
    def is_new(self):
        return bool(self.name) and self.name not in self.inherits

    @property
    def targets(self):
        """The models whose fields the class adds to."""
        return [self.name] if self.name else list(self.inherits)


@cache
def manifests():
    return addons.manifests(ADDONS)


@cache
def python_files(addon):
    return sorted((ADDONS / addon).rglob("*.py"))


@cache
def code_files(addon):
    """The Python of an addon without its tests."""
    return [
        path
        for path in python_files(addon)
        if "tests" not in path.relative_to(ADDONS / addon).parts
    ]


@cache
def xml_trees(addon):
    """The XML files of an addon, static templates aside."""
    return {
        path: etree.parse(str(path))
        for path in sorted((ADDONS / addon).rglob("*.xml"))
        if "static" not in path.relative_to(ADDONS / addon).parts
    }


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def models():
    """Every model class of every addon."""
    return [
        model
        for addon in manifests()
        for path in code_files(addon)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and (model := _model(addon, path, node))
    ]


@cache
def methods():
    """(model, method) -> the functions of that name in all our addons."""
    found = defaultdict(list)
    for addon in manifests():
        for path in code_files(addon):
            for node in ast.walk(tree(path)):
                model = isinstance(node, ast.ClassDef) and _model(addon, path, node)
                for name in model.targets if model else ():
                    for item in node.body:
                        if isinstance(item, ast.FunctionDef):
                            found[name, item.name].append((path, item))
    return found


def _model(addon, path, node):
    kinds = [base.attr for base in node.bases if isinstance(base, ast.Attribute)]
    kind = next((kind for kind in kinds if kind in PERSISTENT), None)
    if kind is None:
        return None
    values = {}
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
            values[item.targets[0].id] = item.value
    inherited = _literal(values.get("_inherit")) or ()
    return Model(
        addon=addon,
        path=path,
        kind=kind,
        name=_literal(values.get("_name")) or "",
        inherits=(inherited,) if isinstance(inherited, str) else tuple(inherited),
        fields={name: value for name, value in values.items() if _is_field(value)},
    )


def _literal(node):
    try:
        return ast.literal_eval(node) if node is not None else None
    except ValueError:
        return None


def _is_field(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "fields"
    )


@cache
def access_rows():
    """(addon, model id without its addon) of every ACL row."""
    rows = set()
    for addon in manifests():
        path = ADDONS / addon / "security" / "ir.model.access.csv"
        if path.exists():
            with open(path, encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(lines):
                    model = row.get("model_id:id") or row["model_id/id"]
                    rows.add((addon, model.split(".")[-1]))
    return rows


@cache
def global_rules():
    """Model id without its addon -> the domains of its rules that bind everybody."""
    rules = {}
    for addon in manifests():
        for document in xml_trees(addon).values():
            for record in document.iter("record"):
                if record.get("model") == "ir.rule":
                    _collect_rule(record, rules)
    return rules


def _collect_rule(record, rules):
    parts = {item.get("name"): item for item in record.iter("field")}
    model = parts.get("model_id")
    if "groups" in parts or model is None or model.get("ref") is None:
        return
    domain = parts.get("domain_force")
    text = "" if domain is None else (domain.text or domain.get("eval") or "")
    rules.setdefault(model.get("ref").split(".")[-1], []).append(text)


def model_id(name):
    """The XML id that Odoo gives a model."""
    return "model_" + name.replace(".", "_")
