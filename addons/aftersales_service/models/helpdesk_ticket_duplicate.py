from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date


class HelpdeskTicket(models.Model):
    """One matter, one case: what was asked before is pointed out while asking."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    duplicate_id = fields.Many2one(index="btree_not_null", ondelete="restrict")
    duplicate_hint = fields.Html(compute="_compute_duplicate_hint")
    can_mark_duplicate = fields.Boolean(compute="_compute_can_mark_duplicate")

    @api.depends("closed", "duplicate_id")
    def _compute_can_mark_duplicate(self):
        for ticket in self:
            ticket.can_mark_duplicate = not ticket.closed and not ticket.duplicate_id

    @api.depends("lot_id", "partner_phone", "product_id", "reported_at", "closed")
    @api.depends_context("lang", "uid")
    def _compute_duplicate_hint(self):
        for ticket in self:
            lines = []
            if ticket.can_mark_duplicate:
                lines = [
                    ticket._get_duplicate_line(case)
                    for case in ticket._search_duplicates()
                ]
            ticket.duplicate_hint = self._get_hint(lines)

    @api.model
    def _get_hint(self, lines):
        """The lines of a banner as one HTML text, or False."""
        return Markup("<br/>").join(lines) if lines else False

    @api.model
    def _get_hint_link(self, path, record):
        """A link to the record that leaves the form as it is."""
        return Markup('<a href="/odoo/%s/%s" target="_blank">%s</a>') % (
            path,
            record.id,
            record.display_name,
        )

    def _get_duplicate_line(self, case):
        """What the user may know of an open case of the same matter."""
        # sudo: reported_at of a case elsewhere is told, nothing else
        day = format_date(self.env, case.sudo().reported_at)
        if not case.sudo(False).has_access("read"):
            return Markup("%s") % self.env._(
                "Another workshop has an open case of this machine, reported on "
                "%(date)s. Ask the company before you send somebody.",
                date=day,
            )
        return Markup("%s") % self.env._(
            "%(case)s, reported on %(date)s: %(stage)s",
            case=self._get_hint_link("cases", case.sudo(False)),
            date=day,
            stage=case.stage_id.name,
        )

    def _search_duplicates(self):
        """Open cases of the same serial number, or of the same telephone number and
        product within the days set; the newest three.
        """
        self.ensure_one()
        same = self._get_duplicate_domain()
        if same.is_false():
            return self.browse()
        # sudo: also an open case elsewhere concerns this machine; see the line's words
        return self.sudo().search(
            same
            & Domain("closed", "=", False)
            & Domain("duplicate_id", "=", False)
            & Domain("id", "!=", self._origin.id),
            order="reported_at desc, id desc",
            limit=3,
        )

    def _get_duplicate_domain(self):
        """Domain of what counts as the same matter; extension point."""
        self.ensure_one()
        lot, product = self.lot_id._origin, self.product_id._origin
        phone = (self.partner_phone or "").strip()
        same = Domain("lot_id", "=", lot.id) if lot else Domain.FALSE
        if phone and product:
            days = timedelta(days=self.env.company.aftersales_duplicate_days)
            since = (self.reported_at or fields.Datetime.now()) - days
            # of two known machines of one customer each may have its own case
            same |= (
                Domain("partner_phone", "=", phone)
                & Domain("product_id", "=", product.id)
                & Domain("reported_at", ">=", since)
                & (Domain("lot_id", "=", False) if lot else Domain.TRUE)
            )
        return same

    def action_mark_duplicate(self):
        """Ask of which case this one is a duplicate."""
        self.ensure_one()
        seen = self.search([("id", "in", self._search_duplicates().ids)])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mark as Duplicate"),
            "res_model": "helpdesk.ticket.duplicate.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_ticket_id": self.id,
                "default_duplicate_of_id": seen[-1:].id,
            },
        }

    def _mark_duplicate(self, original):
        """Go on with ``original`` and close these cases, with a word to the customer.

        :raises UserError: work on a case is open, or it cannot be a duplicate of
            ``original``
        """
        self.check_access("write")
        self._ensure_no_open_work()
        for ticket in self:
            ticket._ensure_can_mark_duplicate(original)
            ticket.duplicate_id = original
            ticket._tell_duplicate(original)
            ticket.stage_id = ticket._get_stage(
                Domain("closed", "=", True) & Domain("needs_resolution", "=", False)
            )

    def _ensure_can_mark_duplicate(self, original):
        self.ensure_one()
        if not self.can_mark_duplicate:
            raise UserError(
                self.env._(
                    "Case %(case)s is closed or marked already.",
                    case=self.display_name,
                )
            )
        if original.duplicate_id:
            raise UserError(
                self.env._(
                    "Case %(case)s is itself a duplicate. Choose %(original)s.",
                    case=original.display_name,
                    original=original.duplicate_id.display_name,
                )
            )

    def _tell_duplicate(self, original):
        """A kind word to the customer, and his words to the case that goes on."""
        self.ensure_one()
        # sudo: the customer's language and address, whoever serves him
        customer = self.sudo().partner_id
        asked = self.with_context(lang=customer.lang or self.env.lang)
        asked.message_post(
            body=asked.env._(
                "You told us about this before; we go on with it as case %(case)s. "
                "There is nothing more for you to do, and you hear from us there.",
                case=original.number,
            ),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=customer.filtered("email").ids,
        )
        original.message_post(
            body=Markup("<p>%s</p>%s")
            % (
                self.env._("Reported again as case %(case)s:", case=self.number),
                self.description or "",
            )
        )

    @api.constrains("duplicate_id")
    def _check_duplicate(self):
        for ticket in self:
            if ticket.duplicate_id == ticket or ticket._has_cycle("duplicate_id"):
                raise ValidationError(
                    self.env._(
                        "Case %(case)s cannot be a duplicate of itself. Choose the "
                        "case that was taken down first.",
                        case=ticket.display_name,
                    )
                )
