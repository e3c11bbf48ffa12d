# pylint: disable=consider-merging-classes-inherited
from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesTrainingEnrolment(models.Model):
    """Signing in, the participant's own page and his opinion afterwards."""

    _inherit = "aftersales.training.enrolment"

    def action_sign_in(self):
        """Mark as present from the signed list.

        :raises UserError: the session has not begun its sign-in yet
        """
        self._sign_in("list")

    def _sign_in(self, method):
        for enrolment in self:
            session = enrolment.session_id
            if method == "qr" and not session._is_sign_in_open():
                raise UserError(
                    self.env._(
                        "Session %(session)s takes sign-ins from two hours before it "
                        "begins until it ends. Ask the trainer to use the list.",
                        session=session.display_name,
                    )
                )
            company = session.company_id
            if company._get_local_day(session.date_begin) > company._get_local_day():
                raise UserError(
                    self.env._(
                        "Session %(session)s is not held yet; nobody can be present.",
                        session=session.display_name,
                    )
                )
        self._transition(
            "sign_in",
            {"signed_in_at": fields.Datetime.now(), "signed_in_by": method},
        )

    def _give_feedback(self, rating, text):
        """Keep the participant's opinion; he may change it as long as he likes.

        :param int rating: 1 (poor) to 5 (very good)
        :raises UserError: not attended, or a rating outside the scale
        """
        self.ensure_one()
        if self.state != "attended":
            raise UserError(
                self.env._("Only those who attended can rate a session. Sign in first.")
            )
        if rating not in range(1, 6):
            raise UserError(self.env._("Choose a rating from 1 to 5."))
        # sudo: the caller has shown that he is the participant
        self.sudo().write({"feedback_rating": rating, "feedback_text": text})

    def _get_personal_url(self):
        """The participant's own page: session, sign-in, exam, feedback."""
        self.ensure_one()
        # sudo: the token is his own; callers hand the address to nobody else
        token = self.sudo().access_token
        return f"{self.get_base_url()}/aftersales/training/{token}"

    def action_open_my_page(self):
        """The participant opens his own page.

        :raises UserError: somebody else tries to
        """
        self.ensure_one()
        if self.partner_id != self.env.user.partner_id:
            raise UserError(self.env._("This page is the participant's own."))
        return {
            "type": "ir.actions.act_url",
            "url": self._get_personal_url(),
            "target": "self",
        }
