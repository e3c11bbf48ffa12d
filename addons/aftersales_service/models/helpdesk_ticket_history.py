from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    dispatch_count = fields.Integer(compute="_compute_counts")

    repair_count = fields.Integer(compute="_compute_counts")

    followup_count = fields.Integer(compute="_compute_counts")

    lot_case_count = fields.Integer(
        string="Cases of This Machine", compute="_compute_lot_history"
    )

    lot_repair_count = fields.Integer(
        string="Repairs of This Machine", compute="_compute_lot_history"
    )

    @api.depends("dispatch_ids", "repair_ids", "followup_ids")
    def _compute_counts(self):
        for name, model in (
            ("dispatch_count", "aftersales.dispatch"),
            ("repair_count", "repair.order"),
            ("followup_count", "aftersales.followup"),
        ):
            groups = self.env[model]._read_group(
                [("ticket_id", "in", self.ids)], ["ticket_id"], ["__count"]
            )
            counts = {ticket.id: count for ticket, count in groups}
            for ticket in self:
                ticket[name] = counts.get(ticket._origin.id, 0)

    @api.depends("lot_id")
    def _compute_lot_history(self):
        cases = self._count_by_lot("helpdesk.ticket")
        repairs = self._count_by_lot("repair.order")
        for ticket in self:
            lot = ticket.lot_id._origin.id
            own = 1 if ticket._origin else 0
            ticket.lot_case_count = max(cases.get(lot, 0) - own, 0)
            ticket.lot_repair_count = repairs.get(lot, 0)

    def _count_by_lot(self, model):
        groups = self.env[model]._read_group(
            [("lot_id", "in", self.lot_id._origin.ids)], ["lot_id"], ["__count"]
        )
        return {lot.id: count for lot, count in groups}
