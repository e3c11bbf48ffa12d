from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .aftersales_quotation import SERVICE

RENEWABLE = ("sent", "accepted", "refused", "expired")


class AftersalesQuotation(models.Model):
    """The steps from an offer to the customer's word."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.quotation"

    @api.depends_context("uid")
    @api.depends("state", "is_used")
    def _compute_can_renew(self):
        allowed = self.env.su or self.env.user.has_groups(SERVICE)
        for quotation in self:
            quotation.can_renew = allowed and quotation._is_renewable()

    def _is_renewable(self):
        """Whether a new version may follow; not when the work is done and counted."""
        self.ensure_one()
        return self.state in RENEWABLE and not self.is_used

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name == "invoice":
            return allowed and self.is_used and not self.dealer_id
        if name == "bill":
            return allowed and self.is_used and bool(self.dealer_id)
        if name == "cancel":
            return allowed and not self.is_used
        return allowed

    def action_send(self):
        """Offer it to the customer: by mail where he has an address, else by link.

        :raises UserError: the customer is unknown, there is nothing to charge, or the
            last day has passed
        """
        for quotation in self:
            quotation._ensure_can_be_offered()
        self._transition("send", {"sent_on": fields.Datetime.now()})
        template = self.env.ref("aftersales_charge.mail_template_quotation")
        for quotation in self:
            quotation._portal_ensure_token()
            if quotation.partner_id.email:
                # sudo: the customer's mail goes out in the company's name
                template.sudo().send_mail(quotation.id)
            else:
                quotation.message_post(
                    body=self.env._(
                        "The customer has no e-mail address: give him the link, show "
                        "him the screen or call him."
                    )
                )

    def _ensure_can_be_offered(self):
        """:raises UserError: names what the customer could not agree to"""
        self.ensure_one()
        reason = ""
        if not self.partner_id:
            reason = self.env._("name the customer on the case.")
        elif not self.line_ids.filtered(lambda line: not line.covered):
            reason = self.env._("nothing in it is charged.")
        elif self.currency_id.is_zero(self.amount_total):
            reason = self.env._(
                "it comes to nothing. What has no published price is not charged."
            )
        elif self.valid_until < fields.Date.context_today(self):
            reason = self.env._("its last day has passed; set a later one.")
        if reason:
            raise UserError(
                self.env._(
                    "Quotation %(quotation)s cannot be sent: %(reason)s",
                    quotation=self.display_name,
                    reason=reason,
                )
            )

    def action_accept(self):
        """Ask who agreed, on this screen or by phone."""
        self.ensure_one()
        self._ensure_can("accept")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Accepts"),
            "res_model": "aftersales.quotation.accept",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_quotation_id": self.id},
        }

    def _accept(self, acceptance, name, signature=None):
        """Note the customer's agreement; the earlier version is replaced.

        :param acceptance: screen, portal or phone
        :param name: who agreed
        :raises UserError: the name or, except by phone, the signature is missing; the
            last day has passed; somebody else was faster
        """
        self.ensure_one()
        name = (name or "").strip()
        self._ensure_agreement(acceptance, name, signature)
        # what was agreed before gives way first: only one may be in force
        # sudo: the earlier version follows from this one
        earlier = self.sudo()._get_in_force()
        self._lock_for_acceptance(earlier)
        earlier._transition("supersede")
        earlier.flush_recordset()
        self._transition(
            "accept",
            {
                "accepted_on": fields.Datetime.now(),
                "acceptance": acceptance,
                "accepted_by": name,
                "agreed_with_id": self.env.uid if acceptance != "portal" else False,
                "signature": signature,
            },
        )
        # sudo: what was used follows from the repair
        own = self.sudo()
        if own.repair_id.state == "done" and not own.is_used:
            own._note_use(own.repair_id)
        labels = dict(self._fields["acceptance"]._description_selection(self.env))
        writer = self.env.user.partner_id
        self.message_post(
            body=self.env._(
                "%(name)s accepted %(total)s. %(way)s.",
                name=name,
                total=self._format_amount(self.amount_total),
                way=labels[acceptance],
            ),
            author_id=(own.partner_id if acceptance == "portal" else writer).id,
        )

    def _lock_for_acceptance(self, earlier):
        self._ensure_can("accept")
        # sudo: locking needs no right of its own
        (self.sudo() | earlier)._lock_for_transition()
        self._ensure_can("accept")

    def _ensure_agreement(self, acceptance, name, signature):
        self.ensure_one()
        reason = ""
        if not name:
            reason = self.env._("write down the name of the person who agrees.")
        elif acceptance != "phone" and not signature:
            reason = self.env._("let the customer sign.")
        elif self.valid_until < fields.Date.context_today(self):
            reason = self.env._(
                "it was valid until %(date)s. Make a new version.",
                date=format_date(self.env, self.valid_until),
            )
        if reason:
            raise UserError(
                self.env._(
                    "Quotation %(quotation)s cannot be accepted: %(reason)s",
                    quotation=self.display_name,
                    reason=reason,
                )
            )

    def _get_in_force(self):
        """The accepted quotation for the same work, if there is one."""
        self.ensure_one()
        return self.search(
            [
                ("id", "!=", self.id),
                ("ticket_id", "=", self.ticket_id.id),
                ("repair_id", "in", [self.repair_id.id, False]),
                ("state", "=", "accepted"),
                ("is_used", "=", False),
            ]
        )

    def action_refuse(self, reason=None):
        """Note that the customer does not want it, with his reason."""
        return self._step_with_reason("refuse", reason)

    def action_cancel(self, reason=None):
        """Withdraw quotations whose work is not done, with a reason."""
        return self._step_with_reason("cancel", reason)

    def _step_with_reason(self, step, reason):
        """Take ``step`` when a reason is given, else ask for it.

        :raises AccessError, UserError: as the step's own checks
        """
        self._ensure_can(step)
        self._ensure_unused(step)
        reason = (reason or "").strip()
        if not reason:
            return self._get_reason_action(step)
        self._transition(step, {"close_reason": reason})
        return True

    def _ensure_unused(self, step):
        used = self.filtered("is_used") if step == "cancel" else self.browse()
        for quotation in used[:1]:
            raise UserError(
                self.env._(
                    "The work of quotation %(quotation)s is finished. It is invoiced, "
                    "and taken back by credit note only.",
                    quotation=quotation.display_name,
                )
            )

    def _get_reason_action(self, step):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason"),
            "res_model": "aftersales.charge.reason",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_quotation_id": self.id, "default_step": step},
        }

    def action_new_version(self):
        """Offer changed work: a draft from this one and the repair as it stands.

        An accepted version stays in force until the customer accepts the new one.

        :raises UserError: the work is done, or another version is open
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: number and state of versions are closed to direct writes
        own = self.sudo()
        own._lock_for_transition()
        if not self.can_renew:
            raise UserError(self._get_renewal_refusal())
        if self.state != "accepted":
            own._transition("supersede")
        self._ensure_no_open_version()
        number = {"name": self.name, "version": self._get_next_version()}
        new = own.copy({**number, "previous_id": self.id}).sudo(False)
        new._refresh_lines()
        return new._get_form_action()

    def _get_next_version(self):
        self.ensure_one()
        # sudo: versions of the same number, of the same dealer
        same = self.sudo().search([("name", "=", self.name)])
        return max(same.mapped("version")) + 1

    def _get_renewal_refusal(self):
        self.ensure_one()
        if self.is_used:
            return self.env._(
                "The work of quotation %(quotation)s is finished; it cannot be quoted "
                "again.",
                quotation=self.display_name,
            )
        return self._get_transition_refusal("supersede")

    def _ensure_no_open_version(self):
        self.ensure_one()
        # sudo: see _get_next_version
        for other in self.sudo().search(
            [("name", "=", self.name), ("state", "in", ("draft", "sent"))], limit=1
        ):
            raise UserError(
                self.env._(
                    "%(quotation)s is open already. Change that one.",
                    quotation=other.display_name,
                )
            )

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quotation"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_open_repair(self):
        self.ensure_one()
        return self.repair_id._get_form_action()

    def _is_open_for_customer(self):
        """Whether the customer can still answer by his link."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        return self.state == "sent" and self.valid_until >= today

    def action_preview(self):
        """The page as the customer sees it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "target": "new",
            "url": self.get_portal_url(),
        }

    @api.model
    def _cron_expire(self, batch=500):
        """Close offers whose last day has passed."""
        cron = self.env["ir.cron"]
        domain = [
            ("state", "=", "sent"),
            ("valid_until", "<", fields.Date.context_today(self)),
        ]
        late = self.search(domain, limit=batch).try_lock_for_update()
        late._transition("expire")
        cron._commit_progress(len(late), remaining=self.search_count(domain))
