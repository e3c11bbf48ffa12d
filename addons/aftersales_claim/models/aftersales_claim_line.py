from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..utils.roles import COMPANY_ONLY
from .aftersales_claim_booking import CLAIM_KINDS

# Kinds that a dealer types in; all others come from the repair record.
MANUAL_KINDS = ("freight", "other")
MANUAL_FIELDS = {"name", "quantity", "unit_price", "note", "sequence"}
RECORD_FIELDS = {"note", "sequence"}


class AftersalesClaimLine(models.Model):
    """One position of a claim.

    ``claimed`` is quantity × unit price × share, rounded once, half away from zero, to
    the currency's smallest unit: rounded per position, so that the positions on paper
    add up to the claim. All amounts are before tax.
    """

    _name = "aftersales.claim.line"
    _description = "Claim position"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "claim_id, sequence, id"

    claim_id = fields.Many2one(
        "aftersales.claim", required=True, index=True, ondelete="cascade"
    )
    dealer_id = fields.Many2one(
        related="claim_id.dealer_id", store=True, index=True, default=None
    )
    company_id = fields.Many2one(related="claim_id.company_id", store=True)
    currency_id = fields.Many2one(related="claim_id.currency_id")
    state = fields.Selection(related="claim_id.state", store=True)
    repair_id = fields.Many2one(related="claim_id.repair_id")
    repair_date = fields.Date(related="claim_id.repair_date", store=True)
    claim_type_id = fields.Many2one(related="claim_id.claim_type_id", store=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(CLAIM_KINDS, required=True, default="freight")
    name = fields.Char(string="Text", required=True)
    product_id = fields.Many2one("product.product", string="Part", ondelete="restrict")
    quantity = fields.Float(
        digits="Product Unit",
        default=1.0,
        help="Pieces, hours or kilometres, by kind.",
    )
    unit_price = fields.Float(
        digits="Product Price", help="Before tax, in the company's currency."
    )
    verdict_share = fields.Float(
        string="Card's Share (%)",
        help="What the warranty card grants for this position.",
    )
    share = fields.Float(
        string="Share (%)", compute="_compute_share", store=True, aggregator="avg"
    )
    is_covered = fields.Boolean(string="Covered", default=True)
    coverage_text = fields.Text(
        string="Coverage", help="Why the position is covered, or why not."
    )
    claimed = fields.Monetary(compute="_compute_claimed", store=True)
    approved = fields.Monetary(string="Approved Amount")
    cut = fields.Monetary(string="Taken Off", compute="_compute_cut", store=True)
    reason_ids = fields.Many2many("aftersales.claim.reason", string="Reasons")
    reason_text = fields.Char(compute="_compute_reason_text")
    note = fields.Char(string="Remark")
    is_from_record = fields.Boolean(string="From Repair Record")
    is_adjusted = fields.Boolean(
        groups=COMPANY_ONLY, help="A person set the approved amount."
    )
    move_id = fields.Many2one(
        "stock.move",
        string="Part Movement",
        index="btree_not_null",
        ondelete="restrict",
    )
    labour_id = fields.Many2one(
        "aftersales.repair.labour", index="btree_not_null", ondelete="restrict"
    )
    settlement_line_id = fields.Many2one(
        "aftersales.settlement.line", index="btree_not_null", ondelete="set null"
    )
    decision_ids = fields.One2many("aftersales.claim.decision", "line_id")
    _quantity_positive = models.Constraint(
        "CHECK (quantity >= 0 AND unit_price >= 0)",
        "Quantity and unit price of a claim position are not negative.",
    )
    _share_percent = models.Constraint(
        "CHECK (share BETWEEN 0 AND 100)", "A share is between 0 and 100 %."
    )
    _approved_within_claimed = models.Constraint(
        "CHECK (approved >= 0 AND approved <= claimed)",
        "The approved amount lies between 0 and the claimed amount.",
    )

    # The type's own shares are taken when the type is chosen; a later change of the
    # type must not touch claims that are filed, so they are no dependency here.
    @api.depends("kind", "verdict_share", "claim_id.claim_type_id")
    def _compute_share(self):
        for line in self:
            claim_type = line.claim_id.claim_type_id
            if line.kind in MANUAL_KINDS:
                line.share = 100.0
            elif claim_type.coverage == "fixed":
                line.share = claim_type._get_share(line.kind)
            else:
                line.share = line.verdict_share

    @api.depends("quantity", "unit_price", "share")
    def _compute_claimed(self):
        for line in self:
            line.claimed = line._get_amount(line.quantity)

    def _get_amount(self, quantity):
        """Amount of ``quantity`` at the position's price and share, rounded."""
        self.ensure_one()
        currency = self.currency_id or self.env.company.currency_id
        return currency.round(quantity * self.unit_price * self.share / 100)

    @api.depends("claimed", "approved", "state")
    def _compute_cut(self):
        for line in self:
            decided = line.claim_id._is_decided()
            line.cut = line.claimed - line.approved if decided else 0.0

    @api.depends("reason_ids", "is_covered", "coverage_text", "share")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        for line in self:
            texts = line.reason_ids.mapped("name")
            if not line.share and line.coverage_text:
                texts.append(line.coverage_text.replace("\n", "; "))
            line.reason_text = "; ".join(texts)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_manual_create(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_manual_write(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_manual(self):
        if self.env.su:
            return
        self.claim_id._ensure_editable()
        if any(line.is_from_record for line in self):
            raise UserError(
                self.env._(
                    "%(line)s comes from the repair record and cannot be removed from "
                    "the claim.",
                    line=self.filtered("is_from_record")[0].name,
                )
            )

    @api.model
    def _check_manual_create(self, vals):
        """A person adds freight and other cost only, while the claim is editable."""
        closed = vals.keys() - MANUAL_FIELDS - {"claim_id", "kind"}
        closed = {name for name in closed if vals[name]}
        if closed or vals.get("kind", "freight") not in MANUAL_KINDS:
            raise AccessError(
                self.env._(
                    "Positions for parts, labour and travel come from the repair "
                    "record. By hand only freight and other cost can be added."
                )
            )
        claim = self.env["aftersales.claim"].browse(vals.get("claim_id"))
        claim.check_access("write")
        claim._ensure_editable()

    def _check_manual_write(self, vals):
        self.claim_id._ensure_editable()
        for line in self:
            allowed = RECORD_FIELDS if line.is_from_record else MANUAL_FIELDS
            closed = vals.keys() - allowed
            if closed:
                labels = [
                    self._fields[name]._description_string(self.env)
                    for name in sorted(closed)
                    if name in self._fields
                ]
                raise AccessError(
                    self.env._(
                        "%(line)s: %(fields)s cannot be set by hand.",
                        line=line.name,
                        fields=", ".join(labels),
                    )
                )

    def action_adjust(self):
        self.ensure_one()
        self.claim_id._ensure_accountant()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.aftersales_claim_adjust_action"
        )
        return {
            **action,
            "context": {"default_line_id": self.id, "default_approved": self.approved},
        }

    def _adjust(self, approved, reason, note):
        """Set the approved amount by hand, for a reason.

        :param approved: new amount, before tax, between 0 and the claimed amount
        :raises UserError: the claim is not under review, or the amount is out of bounds
        """
        self.ensure_one()
        claim = self.claim_id
        claim._ensure_accountant()
        claim.check_access("write")
        claim.sudo()._lock_for_transition()
        if claim.state != "in_review":
            raise UserError(claim._get_transition_refusal("approve"))
        approved = self.currency_id.round(approved)
        if not 0 <= approved <= self.claimed:
            raise UserError(
                self.env._(
                    "%(line)s: the approved amount must lie between 0 and %(claimed)s.",
                    line=self.name,
                    claimed=self.currency_id.format(self.claimed),
                )
            )
        # sudo: amounts and log are closed to hand-editing, the right was checked
        self.sudo()._log_adjustment(approved, reason, note)
        claim.sudo()._check_explained()

    def _log_adjustment(self, approved, reason, note):
        """Write the amount together with the row of the log that explains it."""
        self.ensure_one()
        amount = self.currency_id.round(self.approved - approved)
        if not amount:
            return
        self.env["aftersales.claim.decision"].create(
            {
                "claim_id": self.claim_id.id,
                "line_id": self.id,
                "line_name": self.name,
                "outcome": "manual",
                "amount": amount,
                "reason_id": reason.id,
                "note": note,
                "user_id": self.env.uid,
            }
        )
        self.write(
            {
                "approved": approved,
                "is_adjusted": True,
                "reason_ids": [fields.Command.link(reason.id)],
            }
        )

    def _forget_adjustment(self):
        """New facts: the rules may look at these positions again."""
        self.write({"is_adjusted": False})
