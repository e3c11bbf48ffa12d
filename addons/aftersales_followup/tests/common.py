from odoo.addons.aftersales_service.tests.common import NOW, ServiceCommon

__all__ = ["NOW", "FollowupCommon"]


class FollowupCommon(ServiceCommon):
    """One rule at a time, cases that are closed on demand, and calls about them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.env["aftersales.followup.rule"].search([]).active = False
        cls.question_ids = cls.env["aftersales.followup.question"].search([])
        cls.reason_manner = cls.env.ref("aftersales_followup.reason_manner")

    @classmethod
    def _create_rule(cls, **vals):
        """Everybody is called three days after his case was closed, unless told."""
        return cls.env["aftersales.followup.rule"].create(
            {
                "name": "Call everybody",
                "date_from": "2026-01-01",
                "max_per_customer": 0,
                **vals,
            }
        )

    @classmethod
    def _close_question(cls, **vals):
        """A question that was answered on the phone; nobody repaired anything."""
        case = cls._create_case(
            cls.user_support,
            **{
                "case_type_id": cls.type_question.id,
                "dealer_id": cls.dealer_a.id,
                "partner_id": cls.customer_a.id,
                "resolution": "Read page 4",
                **vals,
            },
        )
        case.action_resolve()
        case.action_close()
        return case

    @classmethod
    def _close_repair(cls):
        """The repair of a case that technician A has finished, its case closed."""
        repair = cls._create_repair(**cls._prepare_work_vals())
        repair.action_finish()
        repair.ticket_id.with_user(cls.user_support).action_close()
        return repair

    @classmethod
    def _plan_call(cls, user=None, **rule_vals):
        """A call that a rule wants, about a repair by technician A."""
        repair = cls._close_repair()
        rule = cls._create_rule(days_after=0, **rule_vals)
        followup = rule._plan(repair.ticket_id)
        return followup.with_user(user or cls.user_support)

    def _get_points(self, followup):
        return {answer.question_id.code: answer.score for answer in followup.answer_ids}
