# pylint: disable=consider-merging-classes-inherited
from odoo import fields, models
from odoo.exceptions import UserError


class AftersalesTrainingSession(models.Model):
    """A session may stand in the event calendar, where core mails its reminders."""

    _inherit = "aftersales.training.session"

    event_id = fields.Many2one(
        "event.event",
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="aftersales_dealer.group_training_coordinator",
    )

    def action_publish_event(self):
        """Create the event of an open session and register its participants.

        :raises UserError: the session is not open, or has its event already
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "open" or self.event_id:
            raise UserError(
                self.env._(
                    "Only an open session without an event can be published as one."
                )
            )
        # sudo: events belong to another team; the coordinator publishes this one
        self.sudo().event_id = (
            self.env["event.event"].sudo().create(self._prepare_event_vals())
        )
        self.enrolment_ids._sync_registration()
        return self.action_open_event()

    def _prepare_event_vals(self):
        self.ensure_one()
        return {
            "name": self.display_name,
            "date_begin": self.date_begin,
            "date_end": self.date_end,
            "user_id": self.responsible_id.id,
            "company_id": self.company_id.id,
            "seats_limited": True,
            "seats_max": self.seats,
        }

    def action_open_event(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "event.event",
            "res_id": self.event_id.id,
            "view_mode": "form",
        }
