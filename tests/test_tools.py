"""The platform's own parts that need neither Odoo nor a database."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest
from devkit import addons, debian, discovery, locks, logs, paths, postgres, run, runner
from devkit import test as test_command
from devkit.errors import PlatformError

LINE = "2026-01-02 03:04:{second:02},000 77 {level} db {logger}: {text}"
TESTS = "odoo.addons.aftersales_x.tests.test_a"


def record(text, level="INFO", logger=TESTS, second=0):
    return LINE.format(text=text, level=level, logger=logger, second=second)


# Keys ---------------------------------------------------------------------------------


def test_a_key_depends_on_where_chunks_end():
    assert paths.digest(b"ab", b"c") != paths.digest(b"a", b"bc")


def test_the_key_of_an_addon_ignores_tests_and_assets(tmp_path):
    folder = tmp_path / "a"
    (folder / "tests").mkdir(parents=True)
    (folder / "models.py").write_text("x = 1")
    before = addons.addon_key("a", tmp_path)
    (folder / "tests" / "test_a.py").write_text("x = 2")
    (folder / "README.md").write_text("text")
    assert addons.addon_key("a", tmp_path) == before


def test_the_key_of_an_addon_changes_with_code_and_with_a_name(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "x.xml").write_text("<odoo/>")
    first = addons.addon_key("a", tmp_path)
    (folder / "x.xml").write_text("<odoo> </odoo>")
    second = addons.addon_key("a", tmp_path)
    (folder / "x.xml").rename(folder / "y.xml")
    assert len({first, second, addons.addon_key("a", tmp_path)}) == 3


def test_the_socket_path_fits_into_107_bytes():
    assert len(os.fsencode(paths.socket_dir() / ".s.PGSQL.5432")) <= 107


def test_a_full_disk_is_named_before_anything_is_written(tmp_path):
    with pytest.raises(PlatformError, match="GiB free, 1000000 GiB are needed"):
        paths.require_space(tmp_path, 1_000_000)


# The graph ----------------------------------------------------------------------------


def test_a_closure_lists_bases_first():
    found = {"c": {"depends": ["b"]}, "b": {"depends": ["a", "mail"]}, "a": {}, "z": {}}
    assert addons.closure(found, ["c"]) == ["a", "b", "c"]
    assert addons.foundations(found, ["b"]) == ["base", "mail", "web"]


def test_a_circle_is_refused_by_name():
    found = {"a": {"depends": ["b"]}, "b": {"depends": ["a"]}}
    with pytest.raises(PlatformError, match="a -> b -> a|b -> a -> b"):
        addons.in_order(found)


def test_an_unreadable_manifest_is_named(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "__manifest__.py").write_text("{'name': ")
    with pytest.raises(PlatformError, match="__manifest__.py cannot be read"):
        addons.manifests(tmp_path)


# Debian -------------------------------------------------------------------------------

OFFERS = """\
 odoo-19 | 19.0.0+dfsg-1 | http://mirror.invalid/debian sid/main all Packages
 libjs-jquery | 3.7.1 | http://mirror.invalid/debian sid/main all Packages
 libjs-jquery | 3.6.1 | http://mirror.invalid/debian bookworm/main all Packages
"""


def test_a_companion_comes_from_the_own_suite_where_it_has_it():
    chosen = debian.choose_suites(OFFERS, ["odoo-19", "libjs-jquery"], "bookworm")
    assert chosen == {"odoo-19": "sid", "libjs-jquery": "bookworm"}


def test_a_package_that_is_offered_nowhere_is_named():
    with pytest.raises(PlatformError, match="offers no package fonts-x: .*ODOO_SOURCE"):
        debian.choose_suites(OFFERS, ["fonts-x"], "bookworm")


# Ports, locks, leases -----------------------------------------------------------------


def test_a_used_port_is_refused_with_a_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PlatformError, match=rf"port {port} .* --port {port + 1}"):
            run._require_port(port)


def test_a_free_port_is_accepted():
    run._require_port(runner.free_port())


@pytest.mark.parametrize("code", ["zh", "zh_CN"])
def test_a_language_code_is_accepted(code):
    assert run._parse(["--lang", code]).lang == code


def test_a_language_code_in_another_form_is_refused():
    with pytest.raises(PlatformError, match="zh_CN is expected"):
        run._parse(["--lang", "chinese"])


def test_a_lock_makes_the_second_one_wait(tmp_path):
    path, order = tmp_path / "lock", []

    def second():
        with locks.file_lock(path, "a test"):
            order.append("second")

    with locks.file_lock(path, "a test"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.2)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_a_lease_lives_while_one_of_its_processes_does(tmp_path):
    leases = locks.Leases(tmp_path)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    path = leases.take("a test", child.pid)
    leases.add(path, child.pid)
    assert leases.live() == ["a test"]
    child.communicate(b"\n")
    assert leases.live() == []
    assert not path.exists()


def test_a_process_number_used_again_does_not_revive_a_lease(tmp_path):
    leases = locks.Leases(tmp_path)
    path = leases.take("a test")
    path.write_text(
        path.read_text().replace(str(locks.process_start(os.getpid())), "1")
    )
    assert leases.live() == []


def test_dropping_one_lease_leaves_the_others(tmp_path):
    leases = locks.Leases(tmp_path)
    first, _second = leases.take("first"), leases.take("second")
    leases.drop(first)
    assert leases.live() == ["second"]


def test_variables_of_the_environment_choose_the_server(monkeypatch):
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    assert isinstance(postgres.server({}), postgres.Embedded)
    configured = postgres.server({"db_host": "/run/db", "db_port": "6000"})
    assert configured.variables == {"PGHOST": "/run/db", "PGPORT": "6000"}
    monkeypatch.setenv("PGHOST", "elsewhere")
    assert postgres.server({"db_host": "/run/db"}).variables == {"PGHOST": "elsewhere"}


# Logs ---------------------------------------------------------------------------------


def test_outcomes_are_read_from_the_log():
    outcomes = logs.Log(
        [
            record("Starting TestA.test_good ... "),
            record("Starting TestA.test_bad ... "),
            record("FAIL: TestA.test_bad", "ERROR"),
            "Traceback (most recent call last):",
            "AssertionError: 1 != 2",
            record("Starting TestA.test_off ... "),
            record("skipped TestA.test_off : no browser"),
            record("Starting TestA.test_many ... "),
            record("ERROR: Subtest TestA.test_many (n=1)", "ERROR"),
            record("0 failed, 1 error(s) of 4 tests", "ERROR", "odoo.tests.result"),
        ]
    ).outcomes()
    name = "aftersales_x"
    assert {test for _module, test in outcomes.started} == {
        "TestA.test_good",
        "TestA.test_bad",
        "TestA.test_off",
        "TestA.test_many",
    }
    assert set(outcomes.failed) == {(name, "TestA.test_bad"), (name, "TestA.test_many")}
    assert "AssertionError: 1 != 2" in outcomes.failed[name, "TestA.test_bad"][0]
    assert outcomes.skipped == {(name, "TestA.test_off"): "no browser"}
    assert outcomes.complaints == []


def test_an_error_outside_of_the_tests_is_a_complaint():
    outcomes = logs.Log([record("boom", "ERROR", "odoo.http"), "at line 1"]).outcomes()
    assert outcomes.complaints == ["odoo.http\nboom\nat line 1"]


def test_a_class_that_cannot_be_set_up_stands_for_its_tests():
    text = "ERROR: setUpClass (odoo.addons.aftersales_x.tests.test_a.TestA)"
    outcomes = logs.Log([record(text, "ERROR", "odoo.tests.suite")]).outcomes()
    assert set(outcomes.failed) == {("aftersales_x", "TestA.*")}


def test_problems_of_an_installation_are_our_warnings_and_all_errors():
    log = logs.Log(
        [
            record("theirs", "WARNING", "odoo.addons.account"),
            record("ours", "WARNING", "odoo.addons.aftersales_x.models.y"),
            record("view aftersales_x.view", "WARNING", "odoo.addons.base"),
            record("bad", "ERROR", "odoo.sql_db"),
        ]
    )
    assert [line.split()[0] for line in log.install_complaints()] == [
        "WARNING",
        "WARNING",
        "ERROR",
    ]


def test_the_last_error_is_told_in_one_line():
    log = logs.Log(
        [
            record("Failed to load", "CRITICAL", "odoo"),
            "Traceback (most recent call last):",
            '  File "x.py", line 1',
            "odoo.exceptions.UserError: No such module.",
            "Look again.",
        ]
    )
    assert log.last_error() == "odoo.exceptions.UserError: No such module. Look again."


def test_durations_are_counted_by_class():
    log = logs.Log(
        [
            record("Starting post tests", logger="odoo.service.server", second=1),
            record("Starting TestA.test_1 ...", second=4),
            record("Starting TestA.test_2 ...", second=5),
            record("Starting TestB.test_1 ...", second=9),
            record("Initiating shutdown", logger="odoo.service.server", second=10),
        ]
    )
    assert log.class_seconds() == {
        "/aftersales_x:TestA": 5.0,
        "/aftersales_x:TestB": 1.0,
    }


def test_durations_under_a_frozen_clock_are_left_out():
    log = logs.Log(
        [
            record("Starting TestA.test_1 ...", second=30),
            record("Starting TestFrozen.test_1 ...", second=3),
            record("Initiating shutdown", logger="odoo.service.server", second=3),
        ]
    )
    assert log.class_seconds() == {}


# Discovery ----------------------------------------------------------------------------

SOURCE = """
class Base(HttpCase):
    def _open(self):
        self.start_tour("/odoo", "x")

class TestTour(Base):
    def test_tour(self):
        self._open()

class TestPlain(TransactionCase):
    def test_a(self):
        pass

    def test_b(self):
        pass
"""


@pytest.fixture
def classes(tmp_path):
    (tmp_path / "aftersales_x" / "tests").mkdir(parents=True)
    (tmp_path / "aftersales_x" / "tests" / "test_a.py").write_text(SOURCE)
    return {
        item.name: item for item in discovery.test_classes(tmp_path / "aftersales_x")
    }


def test_browser_tests_are_told_from_the_others(classes):
    browser = {name: item.browser for name, item in classes.items()}
    assert browser == {"TestTour": True, "TestPlain": False}


def test_a_test_that_did_not_run_has_failed(classes):
    outcomes = logs.Outcomes(started={("aftersales_x", "TestPlain.test_a")})
    runner._note_missing([classes["TestPlain"]], outcomes)
    assert set(outcomes.failed) == {("aftersales_x", "TestPlain.test_b")}
    assert "did not run" in outcomes.failed["aftersales_x", "TestPlain.test_b"][0]


def test_the_tests_of_a_skipped_class_are_skipped_one_by_one(classes):
    outcomes = logs.Outcomes(skipped={("aftersales_x", "TestPlain.*"): "no Chrome"})
    runner._note_missing([classes["TestPlain"]], outcomes)
    assert outcomes.failed == {}
    assert outcomes.skipped == {
        ("aftersales_x", "TestPlain.test_a"): "no Chrome",
        ("aftersales_x", "TestPlain.test_b"): "no Chrome",
    }


def test_shards_share_the_known_durations(classes):
    plain, tour = classes["TestPlain"], classes["TestTour"]
    assert discovery.shards([plain, tour], 2, {}) == [[plain], [tour]]
    assert discovery.shards([plain, tour], 1, {}) == [[tour, plain]]
    assert discovery.shards([], 2, {}) == []


# The command line ---------------------------------------------------------------------


def test_the_closing_line_counts():
    tally = test_command.Tally(passed=3, failed=[("a", "")])
    assert tally.line() == "3 passed, 1 failed"
    tally.skipped.append(("b", "no browser"))
    assert tally.line() == "3 passed, 1 failed, 1 skipped"


def test_an_unknown_target_is_named():
    with pytest.raises(PlatformError, match="nowhere is neither a file nor a folder"):
        test_command._parse(["nowhere"])


def test_a_path_selects_its_addon():
    plan = test_command._parse(["addons", "addons/aftersales_dealer"])
    assert (plan.stages, plan.names) == (["addons"], ["aftersales_dealer"])
