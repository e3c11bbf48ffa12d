import threading
import time
import uuid
from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import Error as DatabaseError

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

PATIENCE = 60  # seconds that one user waits for the other at most


class ConcurrencyCase(BaseCase):
    """Two users at once, each in a transaction of his own that really commits.

    A class implements :meth:`_create_data` and :meth:`_drop_data`; whatever the test
    does, its data are dropped in a transaction of their own.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the test runner holds the registry's lock: a second thread could not start
        self.enterContext(patch.object(Registry, "_lock", DummyRLock()))
        self.code = f"TWO-{uuid.uuid4().hex[:8]}"
        with self._transaction() as env:
            self._create_data(env)
        self.addCleanup(self._clean_up)

    def _create_data(self, env):
        """Create what the two users meet at; named after ``self.code``."""
        raise NotImplementedError

    def _drop_data(self, env):
        """Drop all that :meth:`_create_data` and the test made."""
        raise NotImplementedError

    def _clean_up(self):
        with self._transaction() as env:
            self._drop_data(env)
        with self._transaction() as env:
            dealers = env["aftersales.dealer"].with_context(active_test=False)
            left = dealers.search_count([("code", "=", self.code)])
            self.assertFalse(left, "the test left its dealer behind")

    @contextmanager
    def _transaction(self, uid=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, uid, {})

    @contextmanager
    def _second(self, action, uid=SUPERUSER_ID):
        """A second user, whose picture of the data is older than the body's work.

        Yields the function by which he presses his button, and the list that his
        answer is put into: ``done``, or what he was told. Pressing returns when he has
        his answer, or waits for somebody else's rows.

        :param action: what he does, called with his environment
        """
        second = _SecondUser(self, action, uid)
        second.start()
        try:
            yield second.press, second.answers
        finally:
            second.finish()

    def _act_at_once(self, first, second, uid=SUPERUSER_ID):
        """Both do their work, the second before the first has committed.

        :return: the answer to the second
        """
        with (
            mute_logger("odoo.sql_db", "odoo.service.model"),
            self._second(second, uid) as (press, answers),
            self._transaction(uid) as env,
        ):
            first(env)
            env.cr.flush()
            press()
        [answer] = answers
        return answer


class _SecondUser:
    def __init__(self, case, action, uid):
        self.case, self.action, self.uid = case, action, uid
        self.ready, self.go, self.answers = threading.Event(), threading.Event(), []
        self.thread = threading.Thread(target=self._run)

    def start(self):
        self.thread.start()
        started = self.ready.wait(PATIENCE)
        self.case.assertTrue(started, "the second transaction did not start")

    def press(self):
        self.go.set()
        end = time.monotonic() + PATIENCE
        while self.thread.is_alive() and time.monotonic() < end:
            if self._is_waiting():
                return
            self.thread.join(0.05)

    def finish(self):
        self.go.set()
        self.thread.join(PATIENCE)
        self.case.assertFalse(self.thread.is_alive(), "the second user got no answer")

    def _is_waiting(self):
        with self.case.registry.cursor() as cr:
            cr.execute(
                "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s",
                [self.process],
            )
            row = cr.fetchone()
            return row and row[0]

    def _run(self):
        with self.case._transaction(self.uid) as env:
            # from here on the transaction sees the data as they are now
            env.cr.execute("SELECT pg_backend_pid() FROM res_users LIMIT 1")
            [self.process] = env.cr.fetchone()
            self.ready.set()
            self.go.wait(PATIENCE)
            try:
                # as the web server does: again, when the data were changed meanwhile
                retrying(lambda: self.action(env), env)
                self.answers.append("done")
            except (UserError, DatabaseError) as error:
                self.answers.append(str(error))
                env.cr.rollback()
