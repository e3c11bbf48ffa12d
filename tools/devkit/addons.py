"""Our addons as files: manifests, the dependency graph, keys of what is installed."""

import ast
from graphlib import CycleError, TopologicalSorter

from .errors import PlatformError
from .paths import ADDONS, LOCK_FILE, ODOO_RECIPE, digest

# What a database is made of. Tests and assets are read from disk at run time.
INSTALLED_SUFFIXES = {".py", ".xml", ".csv", ".po", ".sql"}
READ_AT_RUN_TIME = {"tests", "static", "__pycache__"}


def manifests(folder=ADDONS):
    """The manifests of the addons in a folder by name.

    :raise PlatformError: when one is no Python literal
    """
    found = {}
    for path in sorted(folder.glob("*/__manifest__.py")):
        try:
            found[path.parent.name] = ast.literal_eval(path.read_text(encoding="utf-8"))
        except (SyntaxError, ValueError) as error:
            raise PlatformError(f"{path} cannot be read: {error}") from None
    return found


def graph(found):
    """Which of our addons each of our addons depends on."""
    return {
        name: {base for base in manifest.get("depends", ()) if base in found}
        for name, manifest in found.items()
    }


def in_order(found):
    """Our addons, bases first.

    :raise PlatformError: when they depend on each other in a circle
    """
    try:
        return list(TopologicalSorter(graph(found)).static_order())
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise PlatformError(f"the addons depend on each other: {circle}") from None


def closure(found, names):
    """The named addons and all of ours that they stand on, bases first."""
    edges = graph(found)
    wanted, queue = set(), list(names)
    while queue:
        name = queue.pop()
        if name not in wanted:
            wanted.add(name)
            queue.extend(edges[name])
    return [name for name in in_order(found) if name in wanted]


def foundations(found, names):
    """The addons of other people that the named ones depend on directly."""
    needed = {base for name in names for base in found[name].get("depends", ())}
    return sorted({"base", "web"} | needed - set(found))


def foundations_key(modules, source):
    """Changes when a database with ``modules`` would come out differently."""
    parts = [ODOO_RECIPE, str(source), *modules]
    return digest(LOCK_FILE.read_bytes(), *(part.encode() for part in parts))


def addon_key(name, folder=ADDONS):
    """Changes when upgrading the addon would change a database."""
    root = folder / name
    chunks = []
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.suffix in INSTALLED_SUFFIXES and READ_AT_RUN_TIME.isdisjoint(parts):
            chunks += ["/".join(parts).encode(), path.read_bytes()]
    return digest(*chunks)
