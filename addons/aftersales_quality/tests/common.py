from odoo.fields import Command

from odoo.addons.aftersales_service.tests.common import ServiceCommon


class QualityCommon(ServiceCommon):
    """Repairs that are checked on all three levels, each with items of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["aftersales.quality.plan"].search([]).active = False
        cls.plan = cls.env["aftersales.quality.plan"].create(
            {
                "name": "Three levels",
                "case_type_ids": [Command.set(cls.type_repair.ids)],
                "check_leader": True,
                "check_inspector": True,
                "item_ids": [
                    Command.create({"name": "Runs under load"}),
                    Command.create({"name": "Tightened", "level": "self"}),
                    Command.create({"name": "Guards in place", "level": "inspector"}),
                ],
            }
        )
        cls.leader_a = cls._create_staff(cls.user_manager_a, "manager")
        cls.defect = cls.env.ref("aftersales_quality.quality_defect_q40")

    @classmethod
    def _create_work(cls):
        """A repair record with work, signed, as the technician holds it."""
        return cls._create_repair(**cls._prepare_work_vals())

    @classmethod
    def _get_check(cls, repair, user=None):
        """The check that is open now, as ``user`` sees it."""
        check = repair.sudo().quality_check_ids.filtered(lambda c: c.state == "open")
        return check.with_user(user or cls.user_tech_a)

    @classmethod
    def _pass(cls, repair, user=None):
        check = cls._get_check(repair, user)
        check.item_ids.action_good()
        check.action_pass()
        return check

    @classmethod
    def _fail(cls, repair, user):
        check = cls._get_check(repair, user)
        check.item_ids[:1].action_bad()
        check.write({"defect_ids": [Command.set(cls.defect.ids)], "redo": "Seal it"})
        check.action_fail()
        return check

    @classmethod
    def _get_round(cls, repair):
        """(level, state) of the round that counts."""
        checks = repair.sudo()._get_last_round().sorted("rank")
        return [(check.level, check.state) for check in checks]
