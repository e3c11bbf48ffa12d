from datetime import datetime, timedelta

from odoo.fields import Command

from odoo.addons.aftersales_service.tests.common import NOW, ServiceCommon

REPORTED = datetime.fromisoformat(NOW)


def at(hours=0, minutes=0):
    """The moment so long after the frozen one."""
    return REPORTED + timedelta(hours=hours, minutes=minutes)


class ClockCommon(ServiceCommon):
    """One promise for every case, around the clock; no ladder but the test's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for model in ("aftersales.sla.policy", "aftersales.sla.escalation"):
            cls.env[model].search([]).active = False
        cls.policy = cls._create_policy(
            reply=(10, "minute"),
            arrange=(2, "hour"),
            contact=(2, "hour"),
            arrive=(4, "hour"),
            restore=(8, "hour"),
            resolve=(48, "hour"),
        )

    @classmethod
    def _create_policy(cls, policy_vals=None, **targets):
        return cls.env["aftersales.sla.policy"].create(
            {
                "name": "Test promise",
                "target_ids": [
                    Command.create({"target": key, "amount": amount, "unit": unit})
                    for key, (amount, unit) in targets.items()
                ],
                **(policy_vals or {}),
            }
        )

    @classmethod
    def _create_calendar(cls, tz="Asia/Shanghai", **vals):
        """Monday to Friday, 08:00–12:00 and 13:00–17:00 by the local clock."""
        return cls.env["resource.calendar"].create(
            {
                "name": f"Shop {tz}",
                "tz": tz,
                "hours_per_day": 8,
                "company_id": False,
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": f"{day} {start}",
                                "dayofweek": str(day),
                                "hour_from": start,
                                "hour_to": start + 4,
                                "day_period": period,
                            }
                        )
                        for day in range(5)
                        for start, period in ((8, "morning"), (13, "afternoon"))
                    ),
                ],
                **vals,
            }
        )

    @classmethod
    def _create_rung(cls, **vals):
        return cls.env["aftersales.sla.escalation"].create(
            {"name": "Test rung", "recipient": "manager", **vals}
        )

    def _get_clock(self, case, target, number=0):
        # sudo: what a clock says of the company's side is checked, too
        return case.sudo().clock_ids.filtered(
            lambda clock: clock.target == target and clock.round == number
        )

    def _run_cron(self):
        """Run the clocks that are due, without the commits of the real job."""
        clocks = self.env["aftersales.sla.clock"]
        due = clocks.search(clocks._get_due_domain())
        due._run_due()
        return due
