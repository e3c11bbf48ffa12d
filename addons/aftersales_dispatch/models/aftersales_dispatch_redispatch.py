from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AftersalesDispatch(models.Model):
    """A job goes to somebody else: a new order, the old one cancelled with its reason.

    Both stay, so that the case tells who was asked, and why he did not come.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.dispatch"

    previous_id = fields.Many2one(
        "aftersales.dispatch",
        string="Replaces",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    next_ids = fields.One2many("aftersales.dispatch", "previous_id")
    next_id = fields.Many2one(
        "aftersales.dispatch", string="Replaced By", compute="_compute_next_id"
    )
    cancel_reason = fields.Char(
        string="Cancelled Because", readonly=True, copy=False, tracking=True
    )
    refused_staff_ids = fields.Many2many(
        "aftersales.staff",
        "aftersales_dispatch_refused_staff_rel",
        string="Refused By",
        readonly=True,
        copy=False,
    )
    can_redispatch = fields.Boolean(compute="_compute_can_redispatch")

    @api.depends("next_ids")
    def _compute_next_id(self):
        for job in self:
            job.next_id = job.next_ids[:1]

    @api.depends("state", "refuse_reason")
    def _compute_can_redispatch(self):
        for job in self:
            job.can_redispatch = job.state in ("sent", "accepted") or (
                job.state == "draft" and bool(job.refuse_reason)
            )

    @api.model
    def _get_protected_fields(self):
        names = ("previous_id", "cancel_reason", "refused_staff_ids")
        return (*super()._get_protected_fields(), *names)

    def _refuse(self, reason):
        result = super()._refuse(reason)
        for job in self.sudo():  # sudo: facts are closed to direct writes
            job.refused_staff_ids |= job.staff_id
        return result

    def action_redispatch(self):
        """Replace the job by a new one, and show who could take that.

        :raises UserError: the technician is on site already, or the job is over
        """
        self.ensure_one()
        return self._redispatch().action_suggest()

    def _redispatch(self):
        """The new job in place of this one.

        :raises UserError: see :meth:`action_redispatch`
        """
        self.ensure_one()
        self.check_access("write")
        if not self.can_redispatch:
            raise UserError(
                self.env._(
                    "Job %(job)s cannot be given to somebody else: only one that was "
                    "refused, or sent and not begun. Cancel it and dispatch anew.",
                    job=self.display_name,
                )
            )
        reason = self._get_redispatch_reason()
        vals = self._prepare_redispatch_vals()
        self._cancel({"cancel_reason": reason})
        # sudo: the link to the old order is closed to direct writes
        job = self.sudo().create(vals).sudo(False)
        self._log_redispatch(job, reason)
        return job

    def _get_redispatch_reason(self):
        self.ensure_one()
        staff = self.sudo().staff_id.name  # sudo: hidden company staff
        if self.state == "draft":
            return self.env._(
                "Refused by %(staff)s: %(reason)s",
                staff=staff,
                reason=self.refuse_reason,
            )
        if self.state == "sent":
            return self.env._(
                "Not answered by %(staff)s since %(moment)s",
                staff=staff,
                moment=self._format_moment(self.sent_at),
            )
        return self.env._("Taken from %(staff)s after he accepted", staff=staff)

    def _prepare_redispatch_vals(self):
        """Values of the job that replaces this one; nobody is chosen yet."""
        self.ensure_one()
        is_ahead = self.date_start and self.date_start > fields.Datetime.now()
        return {
            "previous_id": self.id,
            "ticket_id": self.ticket_id.id,
            "contact_name": self.contact_name,
            "phone": self.phone,
            "place": self.place,
            "task": self.task,
            "parts_wanted": self.parts_wanted,
            "date_start": self.date_start if is_ahead else False,
            "date_end": self.date_end if is_ahead else False,
            "tool_ids": [Command.set(self.tool_ids.ids)],
            "part_ids": [
                Command.create(
                    {"product_id": part.product_id.id, "quantity": part.quantity}
                )
                for part in self.part_ids
            ],
            # sudo: colleagues who refused may be hidden
            "refused_staff_ids": [Command.set(self.sudo().refused_staff_ids.ids)],
        }

    def _log_redispatch(self, job, reason):
        """State on the case that one job replaces another."""
        self.ensure_one()
        self.ticket_id.message_post(
            body=self.env._(
                "Job %(old)s is replaced by %(new)s. %(reason)s",
                old=self.name,
                new=job.name,
                reason=reason,
            ),
            message_type="notification",
        )
