"""Which tests exist, read from the source: what did not run, has failed."""

import ast
from dataclasses import dataclass

BROWSER_CALLS = {"start_tour", "browser_js"}


@dataclass(frozen=True)
class TestClass:
    """A test class with the test methods that it defines itself."""

    module: str
    path: str
    name: str
    bases: tuple
    methods: tuple
    browser: bool

    @property
    def tests(self):
        return {(self.module, f"{self.name}.{method}") for method in self.methods}

    @property
    def tag(self):
        """The class as Odoo's --test-tags names it."""
        return f"/{self.module}:{self.name}"


def test_classes(addon_folder):
    """The classes with tests of one addon, also those that nothing imports."""
    found = []
    for path in sorted((addon_folder / "tests").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        for node in classes:
            methods = tuple(
                item.name
                for item in node.body
                if isinstance(item, ast.FunctionDef) and item.name.startswith("test")
            )
            if methods:
                found.append(
                    TestClass(
                        module=addon_folder.name,
                        path=str(path),
                        name=node.name,
                        bases=tuple(_base_name(base) for base in node.bases),
                        methods=methods,
                        browser=_drives_browser(node, classes),
                    )
                )
    return found


def _base_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "?")


def _drives_browser(node, classes):
    """Whether a class, or a base of it in the same file, starts a browser."""
    names = {
        child.func.attr
        for child in ast.walk(node)
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute)
    }
    if names & BROWSER_CALLS:
        return True
    bases = {_base_name(base) for base in node.bases}
    return any(
        _drives_browser(other, classes)
        for other in classes
        if other.name in bases and other is not node
    )


def shards(classes, count, seconds):
    """Divide classes into lists of about equal duration.

    :param seconds: known durations by tag; an unknown class is guessed by its size
    """

    def weight(item):
        web = "HttpCase" in " ".join(item.bases) or item.browser
        return seconds.get(item.tag, len(item.methods) * (8 if web else 1))

    parts = [(0.0, number, []) for number in range(count)]
    for item in sorted(classes, key=weight, reverse=True):
        load, number, members = min(parts, key=lambda part: part[:2])
        parts.remove((load, number, members))
        parts.append((load + weight(item), number, [*members, item]))
    return [members for _load, _number, members in sorted(parts) if members]
