from datetime import date

from odoo.addons.aftersales_followup.tests.common import NOW, FollowupCommon

__all__ = ["NOW", "ComplaintCommon"]


class ComplaintCommon(FollowupCommon):
    """Complaints on demand, and what each of their steps asks for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.class_manner = cls.env.ref("aftersales_complaint.class_manner")
        cls.class_parts = cls.env.ref("aftersales_complaint.class_parts")
        cls.cause = cls.env.ref("aftersales_complaint.cause_behaviour")
        cls.customer_a.email = "zhang@example.com"

    @classmethod
    def _create_complaint(cls, user=None, **vals):
        """A complaint about dealer A, as support takes it down."""
        return (
            cls.env["aftersales.complaint"]
            .with_user(user or cls.user_support)
            .create(
                {
                    "summary": "The technician shouted at me",
                    "class_id": cls.class_manner.id,
                    "partner_id": cls.customer_a.id,
                    "dealer_id": cls.dealer_a.id,
                    **vals,
                }
            )
        )

    @classmethod
    def _prepare_response_vals(cls):
        return {"apology": "We are sorry", "response": "We look into it"}

    @classmethod
    def _prepare_measure_vals(cls):
        return {
            "cause_id": cls.cause.id,
            "responsible": "dealer",
            "measure": "Instruct the technician",
            "measure_owner_id": cls.user_manager_a.id,
            "measure_due": date(2026, 6, 20),
        }

    @classmethod
    def _respond(cls, complaint):
        complaint.write(cls._prepare_response_vals())
        complaint.action_respond()

    @classmethod
    def _decide(cls, complaint, **vals):
        cls._respond(complaint)
        complaint.write({**cls._prepare_measure_vals(), **vals})
        complaint.action_decide()

    @classmethod
    def _carry_out(cls, complaint, **vals):
        """Up to the owner's word that his measure is done."""
        cls._decide(complaint, **vals)
        mine = complaint.with_user(complaint.measure_owner_id)
        mine.measure_report = "Talked to him"
        mine.action_report_done()

    @classmethod
    def _check(cls, complaint, **vals):
        cls._carry_out(complaint, **vals)
        complaint.write({"check_result": "effective", "check_note": "Called three"})
        complaint.action_check()

    @classmethod
    def _answer(cls, complaint):
        cls._check(complaint)
        complaint.answer = "<p>We have instructed our technician.</p>"
        complaint.action_answer()
