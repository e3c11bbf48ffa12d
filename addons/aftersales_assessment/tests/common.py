from odoo.addons.aftersales_service.tests.common import NOW, ServiceCommon

__all__ = ["NOW", "AssessmentCommon"]


class AssessmentCommon(ServiceCommon):
    """Cases that need an assessment, and the company's people who act on them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.type_repair.needs_assessment = True
        cls.type_question.needs_assessment = False
        cls.route_unusual = cls.env.ref("aftersales_assessment.route_unusual")
        cls.route_bought_in = cls.env.ref("aftersales_assessment.route_bought_in")
        cls.route_ordinary = cls.env.ref("aftersales_assessment.route_ordinary")
        cls.route_unusual.user_id = cls.user_inspector
        cls.user_sales = cls._create_user(
            "sales_rep", "aftersales_dealer.group_support"
        )
        cls.dealer_a.sales_rep_id = cls.user_sales

    @classmethod
    def _create_assessment(cls, user=None, **vals):
        """The draft assessment of a new case, as dealer A's agent sees it."""
        case = cls._create_case(user, **vals)
        return case.assessment_id

    @classmethod
    def _create_uncovered(cls):
        """One of a machine that nobody registered."""
        cls.env["stock.lot"].create({"name": "BARE", "product_id": cls.machine.id})
        assessment = cls._create_assessment(serial="BARE")
        assessment.cover_note = "Invoice of 2019"
        return assessment

    @classmethod
    def _get_task(cls, assessment):
        """Who is told to act on the case."""
        kind = cls.env.ref("aftersales_assessment.mail_activity_type_act")
        activities = assessment.sudo().ticket_id.activity_ids
        return activities.filtered(lambda a: a.activity_type_id == kind)

    def _take_step(self, assessment, step, reason="Too far away"):
        """Press the button of ``step`` and give the reason in its dialog."""
        action = assessment.with_context(assessment_step=step).action_open_reason()
        wizard = (
            self.env[action["res_model"]]
            .with_user(assessment.env.user)
            .with_context(**action["context"])
            .create({"reason": reason})
        )
        wizard.action_confirm()
