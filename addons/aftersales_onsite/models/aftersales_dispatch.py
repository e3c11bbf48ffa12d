from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_service.models.aftersales_dispatch import BUSY_STATES


class AftersalesDispatch(models.Model):
    """The appointment: the time that the technician agrees with the customer."""

    _inherit = "aftersales.dispatch"

    appointment_ids = fields.One2many(
        "aftersales.dispatch.appointment",
        "dispatch_id",
        string="Appointments",
        readonly=True,
    )
    appointment_at = fields.Datetime(
        string="Agreed Time",
        readonly=True,
        copy=False,
        help="Start of the time agreed with the customer.",
    )
    can_appoint = fields.Boolean(compute="_compute_can_visit")

    def action_appoint(self):
        """Ask for the agreed time."""
        self.ensure_one()
        self._ensure_can_appoint()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appointment"),
            "res_model": "aftersales.dispatch.appoint",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dispatch_id": self.id},
        }

    def _is_appointable(self):
        self.ensure_one()
        return self.state in ("accepted", "on_site") and self._is_performer()

    def _ensure_can_appoint(self):
        """:raises UserError: the job is not accepted, or not the user's"""
        self.check_access("write")
        for job in self:
            if not job._is_appointable():
                raise UserError(
                    self.env._(
                        "Job %(job)s: only its technician or a dispatcher agrees a "
                        "time, and only once the job is accepted.",
                        job=job.name,
                    )
                )

    def _appoint(self, date_start, date_end, contact_name=None, reason=None):
        """Note the time agreed with the customer; the job moves to it.

        :raises UserError: the time lies in the past, or it is moved without a reason
        :raises ValidationError: the technician is promised elsewhere at that time
        """
        self.ensure_one()
        self._ensure_can_appoint()
        # sudo: the window of a sent job is closed to direct writes
        job = self.sudo()
        job._lock_for_transition()
        job._ensure_can_move_to(date_start, date_end, reason)
        job.appointment_ids = [
            fields.Command.create(
                {
                    "date_start": date_start,
                    "date_end": date_end,
                    "contact_name": contact_name,
                    "reason": reason,
                    "agreed_at": fields.Datetime.now(),
                    "user_id": self.env.uid,
                }
            )
        ]
        job.write(
            {
                "date_start": date_start,
                "date_end": date_end,
                "appointment_at": date_start,
            }
        )
        self.action_contact()

    def _ensure_can_move_to(self, date_start, date_end, reason):
        self.ensure_one()
        if date_end <= date_start:
            raise UserError(
                self.env._("The appointment must end after it starts. Correct “To”.")
            )
        if date_end <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The appointment of job %(job)s lies in the past. Choose a time to "
                    "come.",
                    job=self.name,
                )
            )
        if self.appointment_at and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Job %(job)s has an appointment already. Say why it is moved.",
                    job=self.name,
                )
            )
        other = self.search(
            [
                ("staff_id", "=", self.staff_id.id),
                ("state", "in", BUSY_STATES),
                ("date_start", "<", date_end),
                ("date_end", ">", date_start),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if other:
            raise UserError(self._get_clash_message(other))

    def action_not_reached(self):
        """Note that the customer was called and did not answer."""
        self._ensure_can_appoint()
        for job in self:
            job.message_post(
                body=self.env._(
                    "%(contact)s was called and not reached.",
                    contact=job.contact_name or job.partner_id.name or "",
                )
            )

    @api.model
    def _prepare_back_vals(self, reason):
        # whoever takes the job next agrees a time of his own
        return {**super()._prepare_back_vals(reason), "appointment_at": False}
