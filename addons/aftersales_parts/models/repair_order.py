from odoo import api, fields, models


class RepairOrder(models.Model):
    _inherit = "repair.order"

    old_part_ids = fields.One2many(
        "aftersales.old.part", "repair_id", string="Old Parts"
    )
    old_part_count = fields.Integer(compute="_compute_old_part_count")

    @api.depends("old_part_ids")
    def _compute_old_part_count(self):
        for repair in self:
            repair.old_part_count = len(repair.old_part_ids)

    @api.depends("dealer_id")
    def _compute_location_id(self):
        """A dealer's repair takes its parts from the dealer's own place."""
        res = super()._compute_location_id()
        for repair in self.filtered("dealer_id"):
            repair.location_id = repair.dealer_id._get_stock_location()
        return res

    def _on_finished(self):
        res = super()._on_finished()
        self._create_old_parts()
        return res

    def _create_old_parts(self):
        """Tag each recovered piece of the covered parts that have to come back."""
        # sudo: the tags follow from the finished repair, whoever finished it
        repairs = self.sudo().filtered(lambda repair: not repair.is_history)
        return (
            self.env["aftersales.old.part"]
            .sudo()
            .create(
                [
                    vals
                    for move in repairs.move_ids
                    if move._is_old_part_due()
                    for vals in move._prepare_old_part_vals_list()
                ]
            )
        )

    def action_open_old_parts(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_old_part_action"
            ),
            "domain": [("repair_id", "=", self.id)],
        }
