from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from ..utils.roles import COMPANY_ONLY
from .aftersales_claim_booking import ADJUSTMENT_KINDS, CLAIM_KINDS

ADJUSTMENTS = tuple(key for key, _label in ADJUSTMENT_KINDS)


class AftersalesSettlementLine(models.Model):
    """An amount of a settlement: the claims of one type and kind, or an adjustment.

    Amounts are before tax and signed: claims and rewards in the dealer's favour,
    deductions against him. Old-part, appraisal and administrative deductions are three
    kinds, listed apart on the notice.
    """

    _name = "aftersales.settlement.line"
    _description = "Settlement amount"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "settlement_id, is_adjustment, sequence, id"
    _rec_name = "name"

    settlement_id = fields.Many2one(
        "aftersales.settlement", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="settlement_id.dealer_id", store=True, index=True, default=None
    )
    company_id = fields.Many2one(related="settlement_id.company_id", store=True)
    currency_id = fields.Many2one(related="settlement_id.currency_id")
    sequence = fields.Integer(default=1000)
    kind = fields.Selection(
        CLAIM_KINDS + ADJUSTMENT_KINDS, required=True, default="administrative"
    )
    is_adjustment = fields.Boolean(compute="_compute_is_adjustment", store=True)
    claim_type_id = fields.Many2one("aftersales.claim.type", ondelete="restrict")
    name = fields.Char(
        string="Text", compute="_compute_name", store=True, readonly=False
    )
    amount = fields.Monetary(required=True, help="Before tax, signed.")
    product_id = fields.Many2one(
        "product.product", ondelete="restrict", groups=COMPANY_ONLY
    )
    account_id = fields.Many2one(
        "account.account",
        ondelete="restrict",
        groups=COMPANY_ONLY,
    )
    tax_ids = fields.Many2many("account.tax", string="Taxes", groups=COMPANY_ONLY)
    claim_line_ids = fields.One2many(
        "aftersales.claim.line", "settlement_line_id", string="Claim Positions"
    )

    @api.depends("kind")
    def _compute_is_adjustment(self):
        for line in self:
            line.is_adjustment = line.kind in ADJUSTMENTS

    @api.depends("kind", "claim_type_id")
    def _compute_name(self):
        for line in self:
            # The notice and the books speak the dealer's language.
            lang = line.dealer_id.partner_id.lang or self.env.lang
            env = line.with_context(lang=lang).env
            labels = dict(self._fields["kind"]._description_selection(env))
            parts = (line.with_env(env).claim_type_id.name, labels.get(line.kind))
            if not (line.is_adjustment and line.name):
                line.name = " / ".join(part for part in parts if part)

    @api.constrains("kind", "amount")
    def _check_sign(self):
        for line in self:
            amount = line.currency_id.round(line.amount)
            wrong = amount <= 0 if line._is_in_favour() else amount >= 0
            if wrong:
                raise ValidationError(
                    self.env._(
                        "%(line)s of %(settlement)s: enter a reward as a positive and "
                        "a deduction as a negative amount.",
                        line=line.name,
                        settlement=line.settlement_id.name,
                    )
                )

    def _is_in_favour(self):
        self.ensure_one()
        return self.kind == "reward" or not self.is_adjustment

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_adjustment(vals)
        lines = super().create(vals_list)
        lines.filtered(lambda line: not line.product_id)._set_booking()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._ensure_editable()
            self._check_adjustment(vals)
        res = super().write(vals)
        if "kind" in vals and "product_id" not in vals:
            self._set_booking()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_editable(self):
        if not self.env.su:
            self._ensure_editable()

    @api.model
    def _check_adjustment(self, vals):
        """By hand only rewards and deductions, booked as configured."""
        closed = {"product_id", "account_id", "tax_ids", "claim_type_id"}
        if vals.get("kind", "reward") not in ADJUSTMENTS or any(
            vals.get(name) for name in closed
        ):
            raise AccessError(
                self.env._(
                    "Amounts of claims come from the claims. By hand only rewards and "
                    "deductions can be added; they are booked as configured."
                )
            )
        if vals.get("settlement_id"):
            settlement = self.env["aftersales.settlement"].browse(vals["settlement_id"])
            settlement.check_access("write")
            settlement._ensure_editable()

    def _ensure_editable(self):
        self.settlement_id._ensure_editable()
        if any(not line.is_adjustment for line in self):
            raise UserError(
                self.env._(
                    "The amounts of %(settlement)s that come from claims are changed "
                    "by changing the claims.",
                    settlement=self.settlement_id[0].name,
                )
            )

    def _set_booking(self):
        """Book rewards and deductions as configured for their kind."""
        bookings = self.env["aftersales.claim.booking"]._get_all()
        for line in self:
            booking = self.env["aftersales.claim.booking"]._get_for(
                bookings, line.kind, line.claim_type_id
            )
            # sudo: the booking is closed to hand-editing
            line.sudo().write(line.settlement_id._prepare_booking_vals(booking))

    def _prepare_base_line(self):
        """The line as core's tax engine takes it, equal to the credit note's."""
        self.ensure_one()
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(
            self,
            product_id=self.product_id,
            tax_ids=self.tax_ids,
            price_unit=self.amount,
            quantity=1.0,
            currency_id=self.currency_id,
            partner_id=self.settlement_id.dealer_id.partner_id,
            is_refund=True,
            sign=1,
        )

    def _prepare_move_line_vals(self):
        """Values of the credit note's line."""
        self.ensure_one()
        vals = {
            "product_id": self.product_id.id,
            "name": self.name,
            "quantity": 1.0,
            "price_unit": self.amount,
            "tax_ids": [Command.set(self.tax_ids.ids)],
            "settlement_line_id": self.id,
        }
        if self.account_id:
            vals["account_id"] = self.account_id.id
        return vals
