from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class AftersalesPartsRequisitionReturn(models.TransientModel):
    """What a technician brings back."""

    _name = "aftersales.parts.requisition.return"
    _description = "Return unused parts"

    requisition_id = fields.Many2one(
        "aftersales.parts.requisition", required=True, readonly=True
    )
    line_ids = fields.One2many(
        "aftersales.parts.requisition.return.line",
        "return_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("requisition_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(vals)
                    for line in wizard.requisition_id.line_ids
                    for vals in wizard._prepare_lines_vals(line)
                ),
            ]

    @api.model
    def _prepare_lines_vals(self, line):
        """One row per lot that is out; what is not on the repair record is proposed."""
        propose = line.unused
        rows = []
        for lot, out in line._get_open_by_lot().items():
            quantity = max(min(propose, out), 0.0)
            propose -= quantity
            rows.append(
                {
                    "line_id": line.id,
                    "lot_id": lot.id,
                    "open_quantity": out,
                    "quantity": quantity,
                }
            )
        return rows

    def action_apply(self):
        """Bring the pieces back.

        :raises UserError: nothing is entered, or more than is out
        """
        self.ensure_one()
        pieces = {}
        for row in self.line_ids.filtered(lambda row: row.quantity > 0):
            row._ensure_out()
            # sudo: the lot was issued to this technician
            pieces[row.line_id, row.sudo().lot_id or False] = row.quantity
        if not pieces:
            raise UserError(
                self.env._(
                    "Enter how many pieces of %(requisition)s come back.",
                    requisition=self.requisition_id.name,
                )
            )
        self.requisition_id._take_back(pieces)
        return {"type": "ir.actions.act_window_close"}
