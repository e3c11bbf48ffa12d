from odoo import api, fields, models
from odoo.fields import Domain

PAID_STATES = ("approved", "settled")


class AftersalesOldPartCharge(models.Model):
    """What a dealer gives back for an old part: once a piece and reason, for good.

    Open charges go into the dealer's next settlement. What was given back already is
    not asked for again, whatever else is found out about the piece; when it turns out
    to be payable after all, it is returned to the dealer.
    """

    _name = "aftersales.old.part.charge"
    _description = "Old-part charge"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "id desc"
    _rec_name = "old_part_id"

    old_part_id = fields.Many2one(
        "aftersales.old.part",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    kind = fields.Selection(
        [
            ("overdue", "Not Sent Back in Time"),
            ("refused", "Refused After It Was Paid"),
            ("returned", "Given Back to the Dealer"),
        ],
        required=True,
        readonly=True,
    )
    dealer_id = fields.Many2one(
        related="old_part_id.dealer_id", store=True, index=True, default=None
    )
    company_id = fields.Many2one(related="old_part_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one(related="old_part_id.product_id", string="Part")
    paid = fields.Monetary(
        readonly=True, help="What the claim paid, or will pay, for this piece."
    )
    penalty = fields.Monetary(readonly=True)
    amount = fields.Monetary(
        compute="_compute_amount", store=True, help="Before tax, signed."
    )
    dropped = fields.Boolean(
        readonly=True, help="The piece was found payable before this was settled."
    )
    settlement_line_id = fields.Many2one(
        "aftersales.settlement.line",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    settlement_id = fields.Many2one(
        related="settlement_line_id.settlement_id", store=True, index="btree_not_null"
    )

    _once = models.Constraint(
        "UNIQUE (old_part_id, kind)", "This piece was charged for this reason already."
    )

    @api.depends("kind", "paid", "penalty")
    def _compute_amount(self):
        for charge in self:
            sign = 1 if charge.kind == "returned" else -1
            charge.amount = sign * (charge.paid + charge.penalty)

    @api.model
    def _cron_charge_overdue(self):
        """Charge the old parts that are too late, where the policy says so; once."""
        policies = self.env["aftersales.old.part.policy"]
        tags = self.env["aftersales.old.part"]
        dealers = tags.search(
            [("state", "=", "recovered"), ("due_date", "<", fields.Date.today())]
        ).dealer_id
        for dealer, policy in policies._get_for(dealers).items():
            if policy.action == "charge":
                late = tags.search(
                    policy._get_overdue_domain()
                    & Domain("dealer_id", "=", dealer.id)
                    & Domain("charge_ids", "=", False)
                )
                self._charge(late, "overdue", policy.penalty_percent)

    @api.model
    def _charge(self, old_parts, kind, penalty_percent=0.0):
        """Charge what was paid for these pieces and is not charged yet."""
        vals_list = []
        for tag in old_parts.try_lock_for_update(allow_referencing=True):
            paid = tag._get_paid() - tag._get_charged()
            penalty = tag._get_dealer_price() * penalty_percent / 100
            currency = tag.company_id.currency_id
            if currency.compare_amounts(paid + penalty, 0.0) > 0:
                vals_list.append(
                    {
                        "old_part_id": tag.id,
                        "kind": kind,
                        "paid": currency.round(max(paid, 0.0)),
                        "penalty": currency.round(penalty),
                    }
                )
        return self.create(vals_list)

    @api.model
    def _give_back(self, old_parts):
        """The pieces are payable after all: the dealer keeps what was paid for them."""
        charges = old_parts.charge_ids.filtered(lambda one: one.kind != "returned")
        open_ones = charges.filtered(lambda one: not one.settlement_line_id)
        open_ones.dropped = True
        self.create(
            [
                {
                    "old_part_id": tag.id,
                    "kind": "returned",
                    "paid": tag._get_charged(),
                }
                for tag in (charges - open_ones).old_part_id
                if tag._get_charged() > 0
            ]
        )

    def _prepare_settlement_line_vals(self, settlement):
        self.ensure_one()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "settlement_id": settlement.id,
            "kind": "old_part" if self.amount < 0 else "reward",
            "amount": self.amount,
            "name": f"{self.old_part_id.name} {labels[self.kind]}",
        }
