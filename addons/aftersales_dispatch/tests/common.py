from datetime import datetime

from odoo.fields import Command

from odoo.addons.aftersales_service.tests.common import ServiceCommon


class DispatchCommon(ServiceCommon):
    """Dealer A's working week is Monday to Friday, 8 to 12 and 13 to 17 o'clock UTC.

    He has a second technician, Bao; the frozen day is a Monday.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Workshop",
                "tz": "UTC",
                "attendance_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "name": "Work",
                                "dayofweek": str(day),
                                "hour_from": opening,
                                "hour_to": closing,
                                "day_period": period,
                            }
                        )
                        for day in range(5)
                        for opening, closing, period in (
                            (8, 12, "morning"),
                            (13, 17, "afternoon"),
                        )
                    ),
                ],
            }
        )
        (cls.dealer_a | cls.dealer_b).calendar_id = cls.calendar
        cls.bao = cls._create_technician("Bao")
        cls.skill_type = cls.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "skill_ids": [Command.create({"name": "Combine harvester"})],
                "skill_level_ids": [
                    Command.create({"name": "Knows", "level_progress": 100})
                ],
            }
        )
        cls.skill = cls.skill_type.skill_ids

    @classmethod
    def _create_technician(cls, name, dealer=None, **vals):
        """A technician without a login, of dealer A unless ``dealer`` says."""
        dealer = cls.dealer_a if dealer is None else dealer
        return cls.env["aftersales.staff"].create(
            {"name": name, "dealer_id": dealer.id, "role": "technician", **vals}
        )

    @classmethod
    def _criterion(cls, code):
        """The shipped criterion ``code``, made what it is by default."""
        return cls.env.ref(f"aftersales_dispatch.aftersales_dispatch_criterion_{code}")

    @classmethod
    def _only(cls, code, **vals):
        """Let one criterion alone judge."""
        criteria = cls.env["aftersales.dispatch.criterion"].search([])
        criteria.active = False
        criterion = cls._criterion(code)
        criterion.write({"active": True, **vals})
        return criterion

    @classmethod
    def _create_absence(cls, staff, first, last=None, **vals):
        return cls.env["aftersales.staff.absence"].create(
            {
                "staff_id": staff.id,
                "date_from": first,
                "date_to": last or first,
                **vals,
            }
        )

    @classmethod
    def _send_job(cls, staff=None, start=10, end=12, day=15, case=None):
        """A job of the frozen month that is promised."""
        job = cls._create_job(
            case,
            staff_id=(staff or cls.technician_a).id,
            date_start=datetime(2026, 6, day, start),
            date_end=datetime(2026, 6, day, end),
        )
        job.action_send()
        return job
