from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesDispatchPart(models.Model):
    """A part that the technician takes along."""

    _name = "aftersales.dispatch.part"
    _description = "Part to bring"
    _inherit = ["aftersales.dealer.mixin"]
    _order = "dispatch_id, sequence, id"
    _rec_name = "product_id"

    dispatch_id = fields.Many2one(
        "aftersales.dispatch",
        string="Job",
        required=True,
        index=True,
        ondelete="cascade",
    )
    dealer_id = fields.Many2one(
        related="dispatch_id.dealer_id", store=True, precompute=True, default=None
    )
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_machine", "=", False), ("type", "=", "consu")],
    )
    quantity = fields.Float(default=1.0, digits="Product Unit", required=True)
    uom_id = fields.Many2one(related="product_id.uom_id")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Enter how many pieces to bring, more than 0."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._ensure_editable()
        return lines

    def write(self, vals):
        self._ensure_editable()
        result = super().write(vals)
        self._ensure_editable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self._ensure_editable()

    def _ensure_editable(self):
        """:raises UserError: the technician has the order already"""
        if self.env.su:
            return
        for job in self.dispatch_id:
            if job.state != "draft":
                raise UserError(
                    self.env._(
                        "The parts of job %(job)s were sent to the technician. Take "
                        "the job back before you change them.",
                        job=job.display_name,
                    )
                )
