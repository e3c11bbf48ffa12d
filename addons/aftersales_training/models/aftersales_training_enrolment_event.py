# pylint: disable=consider-merging-classes-inherited
from odoo import api, fields, models


class AftersalesTrainingEnrolment(models.Model):
    """Confirmed participants of a published session are registered to its event."""

    _inherit = "aftersales.training.enrolment"

    registration_id = fields.Many2one(
        "event.registration",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="aftersales_dealer.group_training_coordinator",
    )

    def _transition(self, name, vals=None):
        result = super()._transition(name, vals)
        self._sync_registration()
        return result

    def _sync_registration(self):
        """Bring the event's registrations to the state of the enrolments."""
        # sudo: registrations belong to the event team
        for enrolment in self.sudo().filtered("session_id.event_id"):
            registration = enrolment.registration_id
            state = self._get_registration_state(enrolment.state)
            if registration:
                registration.state = state
            elif state == "open":
                enrolment.registration_id = registration.create(
                    {
                        "event_id": enrolment.session_id.event_id.id,
                        "partner_id": enrolment.partner_id.id,
                    }
                )

    @api.model
    def _get_registration_state(self, state):
        return {"confirmed": "open", "attended": "done"}.get(state, "cancel")
