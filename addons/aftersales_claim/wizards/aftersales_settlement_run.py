from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesSettlementRun(models.TransientModel):
    """Settle a period: one notice per dealer from his approved claims."""

    _name = "aftersales.settlement.run"
    _description = "Settle a period"

    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._default_date_from()
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: self._default_date_to()
    )
    dealer_ids = fields.Many2many(
        "aftersales.dealer", string="Dealers", help="Empty: all dealers."
    )
    claim_count = fields.Integer(string="Claims", compute="_compute_claims")
    amount = fields.Monetary(string="Approved Amount", compute="_compute_claims")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )

    @api.model
    def _default_date_from(self):
        return self._default_date_to().replace(day=1)

    @api.model
    def _default_date_to(self):
        today = fields.Date.context_today(self)
        return today.replace(day=1) - relativedelta(days=1)

    @api.depends("date_to", "dealer_ids")
    def _compute_claims(self):
        claims = self.env["aftersales.claim"]
        for wizard in self:
            domain = claims._get_unsettled_domain(wizard.date_to)
            if wizard.dealer_ids:
                domain &= fields.Domain("dealer_id", "in", wizard.dealer_ids.ids)
            [(count, amount)] = claims._read_group(
                domain, aggregates=["__count", "approved:sum"]
            )
            wizard.claim_count = count
            wizard.amount = amount or 0.0

    def action_run(self):
        """:raises UserError: nothing is left to settle"""
        self.ensure_one()
        settlements = self.env["aftersales.settlement"]._run(
            self.date_from, self.date_to, self.dealer_ids or None
        )
        if not settlements:
            raise UserError(
                self.env._(
                    "There is no approved claim left to settle for this period. Claims "
                    "of a dealer whose notice is out go into the next one."
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_claim.aftersales_settlement_action"
        )
        return {**action, "domain": [("id", "in", settlements.ids)], "context": {}}
