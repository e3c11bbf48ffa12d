from contextlib import contextmanager
from datetime import datetime, time, timedelta
from random import Random

from freezegun import freeze_time

from odoo import fields

DEALERS = ("north", "east", "west")


class Stage:
    """Who plays, with which things, on which day."""

    def __init__(self, env):
        self.env = env(context={**env.context, "no_reset_password": True, "lang": None})
        self.today = fields.Date.today()
        # the same story every time
        self.random = Random(20)

    def ref(self, name):
        """A record of the demonstration's own data."""
        return self.env.ref(f"aftersales_demo.{name}")

    def user(self, name):
        return self.ref(f"user_{name}")

    def part(self, name):
        return self.ref(f"product_part_{name}")

    def as_user(self, name, records):
        user = self.user(name)
        return records.with_user(user).with_context(lang=user.lang)

    def model(self, name, user):
        return self.as_user(user, self.env[name])

    def days_ago(self, days):
        return self.today - timedelta(days=days)

    @contextmanager
    def on(self, day, hour=9, minute=0):
        """Do something at that hour of that day (UTC)."""
        with freeze_time(datetime.combine(day, time(hour, minute))):
            yield
