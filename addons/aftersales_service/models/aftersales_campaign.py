from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class AftersalesCampaign(models.Model):
    """A measure that is taken on every machine concerned, when it is seen next.

    A hose to be exchanged, a program to be loaded: who takes a case of such a machine
    down is told, and the repair record says that it was done.
    """

    _name = "aftersales.campaign"
    _description = "Campaign"
    _order = "date_from desc, code"
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", help="Last day; empty means no end.")
    product_ids = fields.Many2many(
        "product.product",
        string="Machines",
        required=True,
        domain=[("is_machine", "=", True)],
    )
    lot_ids = fields.Many2many(
        "stock.lot",
        string="Serial Numbers",
        domain="[('product_id', 'in', product_ids)]",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="Only these machines; empty means all of the products.",
    )
    measure = fields.Text(
        required=True, translate=True, help="What the technician does on the machine."
    )
    repair_ids = fields.Many2many(
        "repair.order", "aftersales_campaign_repair_rel", string="Done by"
    )
    done_count = fields.Integer(
        string="Machines Done",
        compute="_compute_done_count",
        help="Machines on which a finished repair record says that it was done.",
    )

    _code_uniq = models.Constraint("UNIQUE (code)", "A campaign with this code exists.")

    @api.depends("repair_ids.state", "repair_ids.lot_id")
    def _compute_done_count(self):
        for campaign in self:
            done = campaign.repair_ids.filtered(lambda repair: repair.state == "done")
            campaign.done_count = len(done.lot_id)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for campaign in self:
            if campaign.date_to and campaign.date_to < campaign.date_from:
                raise ValidationError(
                    self.env._(
                        "Campaign %(campaign)s ends before it begins. Correct “Until”.",
                        campaign=campaign.display_name,
                    )
                )

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for campaign in self:
            campaign.display_name = f"[{campaign.code}] {campaign.name or ''}".strip()

    @api.model
    def _search_open(self, lots, on_date):
        """Campaigns that are still to be done on these machines.

        :param lots: serial numbers of machines
        :return: dict of serial number to campaigns, in their order
        """
        # sudo: which machines a campaign concerns is hidden from dealers
        campaigns = self.sudo().search(
            Domain("product_ids", "in", lots.product_id.ids)
            & Domain("date_from", "<=", on_date)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", on_date))
        )
        found = {}
        for lot in lots:
            found[lot] = campaigns.filtered(
                lambda campaign, lot=lot: campaign._is_open_for(lot)
            ).sudo(False)
        return found

    def _is_open_for(self, lot):
        """Whether the machine is concerned and nobody has finished the measure."""
        self.ensure_one()
        if lot.product_id not in self.product_ids:
            return False
        if self.lot_ids and lot not in self.lot_ids:
            return False
        done = self.repair_ids.filtered(lambda repair: repair.state == "done")
        return lot not in done.lot_id

    def action_open_repairs(self):
        """The repair records that say that the measure was taken."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_service.repair_order_action"
        )
        return {
            **action,
            "domain": list(Domain("campaign_ids", "in", self.ids)),
            "context": {},
        }
