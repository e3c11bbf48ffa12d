"""The addons and their dependencies are those of the README's map."""

import re

import pytest
from devkit import addons
from sources import ADDONS, ROOT, manifests

ROW = re.compile(r"^\| \[`(?P<name>\w+)`\]\(addons/(\w+)\) +\| (?P<bases>[^|]*)\|")


def documented():
    """Addon -> what it depends on, from the table in the README."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    rows = [match for line in lines if (match := ROW.match(line))]
    return {row["name"]: set(re.findall(r"[a-z]\w+", row["bases"])) for row in rows}


def test_the_map_names_every_addon():
    assert sorted(documented()) == sorted(manifests())


@pytest.mark.parametrize("name", manifests())
def test_the_map_shows_what_an_addon_depends_on(name):
    assert documented().get(name) == set(manifests()[name]["depends"])


def test_no_addon_stands_on_itself():
    assert sorted(addons.in_order(manifests())) == sorted(manifests())


def test_the_main_addon_brings_all_others():
    # the lessons install themselves where eLearning is installed
    apart = {"aftersales_demo", "test_aftersales", "aftersales_training_slides"}
    brought = set(addons.closure(manifests(), ["aftersales"]))
    assert brought == set(manifests()) - apart


@pytest.mark.parametrize("name", manifests())
def test_a_manifest_is_complete(name):
    manifest = manifests()[name]
    assert manifest["license"] == "AGPL-3"
    assert manifest["author"] == "Aftersales"
    assert re.fullmatch(r"19\.0\.\d+\.\d+\.\d+", manifest["version"])
    assert manifest["name"] and manifest["summary"] and manifest["category"]


@pytest.mark.parametrize("name", manifests())
def test_a_manifest_lists_every_data_file(name):
    folder = ADDONS / name
    present = {
        str(path.relative_to(folder))
        for kind in ("*.xml", "*.csv")
        for path in folder.rglob(kind)
        if path.relative_to(folder).parts[0] not in ("static", "tests", "demo")
        and path.name != "logins.csv"
    }
    listed = manifests()[name].get("data", []) + manifests()[name].get("demo", [])
    assert present == {item for item in listed if not item.startswith("demo/")}
    assert len(listed) == len(set(listed))
    assert not [item for item in listed if not (folder / item).exists()]


@pytest.mark.parametrize("name", manifests())
def test_an_addon_explains_itself(name):
    text = (ADDONS / name / "README.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    wanted = ["Purpose", "Configure", "Use", "Design", "Known limits"]
    assert [title for title in headings if title in wanted] == wanted
