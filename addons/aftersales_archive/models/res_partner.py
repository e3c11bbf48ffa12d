from odoo import api, fields, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "aftersales.archive.page.mixin"]

    _archive_field = "partner_id"

    archive_machine_count = fields.Integer(
        string="Machines", compute="_compute_archive_machine_count"
    )
    archive_last_contact = fields.Datetime(
        string="Last Contact",
        compute="_compute_archive_last_contact",
        help="When the customer's latest case was reported.",
    )

    @api.depends_context("uid")
    def _compute_archive_machine_count(self):
        counts = self._get_archive_groups(
            "aftersales.warranty.card", "lot_id:count_distinct"
        )
        for partner in self:
            partner.archive_machine_count = counts.get(partner, 0)

    @api.depends_context("uid")
    def _compute_archive_last_contact(self):
        latest = self._get_archive_groups("helpdesk.ticket", "reported_at:max")
        for partner in self:
            partner.archive_last_contact = latest.get(partner)

    def action_open_archive_machines(self):
        """The customer's machines."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_warranty.stock_lot_action_machine"
        )
        return {
            **action,
            "domain": [("card_ids.partner_id", "=", self.id)],
            "context": {"create": False},
        }
