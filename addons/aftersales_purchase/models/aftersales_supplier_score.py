from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

KEEPER = "aftersales_dealer.group_parts_keeper"
MONTHS = 12
COUNTS = (
    "lots",
    "accepted_lots",
    "delivered_lines",
    "on_time_lines",
    "framework_amount",
    "paid_amount",
)


class AftersalesSupplierScore(models.Model):
    """How a supplier did in a month (供应商评分), counted from what happened.

    Quality = lots accepted ÷ lots decided (a concession is not accepted); delivery =
    lines that came in time ÷ lines that came; price = framework price ÷ price paid, at
    most 100. What has nothing to divide by is not available and does not weigh.
    """

    _name = "aftersales.supplier.score"
    _description = "Supplier score"
    _order = "month desc, score desc, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Supplier", required=True, readonly=True, index=True
    )
    month = fields.Date(required=True, readonly=True, index=True)
    period = fields.Char(compute="_compute_period")
    lots = fields.Integer(readonly=True)
    accepted_lots = fields.Integer(readonly=True)
    delivered_lines = fields.Integer(readonly=True)
    on_time_lines = fields.Integer(readonly=True)
    framework_amount = fields.Monetary(
        readonly=True, help="What the lines that came cost at framework prices."
    )
    paid_amount = fields.Monetary(
        readonly=True, help="The same lines at the prices of the orders."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    quality = fields.Float(
        compute="_compute_rates", store=True, aggregator=None, digits=(5, 2)
    )
    delivery = fields.Float(
        compute="_compute_rates", store=True, aggregator=None, digits=(5, 2)
    )
    price = fields.Float(
        compute="_compute_rates", store=True, aggregator=None, digits=(5, 2)
    )
    score = fields.Float(readonly=True, aggregator="avg", digits=(5, 2))
    not_available = fields.Char(
        compute="_compute_not_available", help="Nothing to count in this month."
    )

    _score_uniq = models.Constraint(
        "UNIQUE (company_id, partner_id, month)",
        "A supplier has one score a month.",
    )

    @api.depends("month")
    def _compute_period(self):
        for row in self:
            row.period = row.month and row.month.strftime("%Y-%m")

    @api.depends(*COUNTS)
    def _compute_rates(self):
        for row in self:
            rates = row._get_rates()
            row.quality = rates["quality"] or 0.0
            row.delivery = rates["delivery"] or 0.0
            row.price = rates["price"] or 0.0

    def _get_rates(self):
        """Percent 0 to 100 per criterion; None where there is nothing to divide by."""
        self.ensure_one()

        def rate(part, whole):
            return min(100.0, round(part * 100 / whole, 2)) if whole else None

        return {
            "quality": rate(self.accepted_lots, self.lots),
            "delivery": rate(self.on_time_lines, self.delivered_lines),
            "price": rate(self.framework_amount, self.paid_amount),
        }

    @api.depends(*COUNTS)
    def _compute_not_available(self):
        for row in self:
            missing = [
                row._fields[name]._description_string(self.env)
                for name, rate in row._get_rates().items()
                if rate is None
            ]
            row.not_available = ", ".join(missing)

    def _get_score(self):
        """Mean of the available rates by the company's weights, 0 if none weighs."""
        self.ensure_one()
        company = self.company_id
        rates = self._get_rates()
        weights = {
            name: company[f"aftersales_score_{name}"]
            for name, rate in rates.items()
            if rate is not None
        }
        total = sum(weights.values())
        points = sum(rates[name] * weight for name, weight in weights.items())
        return round(points / total, 2) if total else 0.0

    # RECOMPUTING

    def action_recompute(self):
        """Count the last twelve months anew, with today's weights.

        :raises AccessError: neither keeper nor manager
        """
        if not self.env.user.has_group(KEEPER):
            raise AccessError(
                self.env._("The parts keeper or the manager counts the scores anew.")
            )
        # sudo: scores are counted, never entered; nobody has the right to write them
        self.sudo()._recompute(self.env.company, MONTHS)

    @api.model
    def _cron_recompute(self):
        """Count this month and the last one anew, for all companies."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            self.with_company(company)._recompute(company, 2)

    @api.model
    def _recompute(self, company, months):
        """Rows of the last ``months``: made, corrected, or gone if nothing is left."""
        this_month = fields.Date.context_today(self).replace(day=1)
        for back in range(months):
            self._recompute_month(company, this_month - relativedelta(months=back))

    @api.model
    def _recompute_month(self, company, month):
        counts = self._count_month(company, month)
        rows = self.search([("company_id", "=", company.id), ("month", "=", month)])
        known = rows.grouped("partner_id")
        rows.filtered(lambda row: row.partner_id not in counts).unlink()
        for partner, values in counts.items():
            row = known.get(partner) or self.create(
                {
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "month": month,
                }
            )
            row.write(values)
            row.score = row._get_score()

    @api.model
    def _count_month(self, company, month):
        """What each supplier delivered in the month.

        :return: dict of partner to dict of the counted fields
        """
        counts = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
        end = month + relativedelta(months=1)
        own = Domain("company_id", "=", company.id)
        decided = Domain("decided_on", ">=", month) & Domain("decided_on", "<", end)
        self._count_lots(counts, own & decided)
        came = Domain("delivered_on", ">=", month) & Domain("delivered_on", "<", end)
        for line in self.env["purchase.order.line"].search(own & came):
            self._count_line(counts[line.partner_id.commercial_partner_id], line)
        return counts

    @api.model
    def _count_lots(self, counts, domain):
        lots = self.env["aftersales.incoming.inspection"]._read_group(
            domain & Domain("state", "in", ("accepted", "rejected", "conceded")),
            ["partner_id", "state"],
            ["__count"],
        )
        for partner, state, count in lots:
            counts[partner]["lots"] += count
            counts[partner]["accepted_lots"] += count if state == "accepted" else 0

    @api.model
    def _count_line(self, count, line):
        count["delivered_lines"] += 1
        count["on_time_lines"] += 1 if line.delivery_result == "on_time" else 0
        if line.framework_price:
            pieces = line.product_qty
            rate = line.order_id.currency_rate or 1.0
            count["framework_amount"] += line.framework_price * pieces / rate
            count["paid_amount"] += line.price_unit_discounted * pieces / rate
