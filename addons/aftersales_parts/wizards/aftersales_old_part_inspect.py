from odoo import api, fields, models


class AftersalesOldPartInspect(models.TransientModel):
    """One decision of the technical department on one or many old parts."""

    _name = "aftersales.old.part.inspect"
    _description = "Inspect old parts"

    old_part_ids = fields.Many2many(
        "aftersales.old.part", string="Old Parts", required=True
    )
    old_part_count = fields.Integer(compute="_compute_old_part_count")
    finding = fields.Text(required=True, help="What was looked at and what was seen.")
    cause = fields.Selection(
        selection=lambda self: self._get_selection("cause"), required=True
    )
    responsibility = fields.Selection(
        selection=lambda self: self._get_selection("responsibility"), required=True
    )
    disposition = fields.Selection(
        selection=lambda self: self._get_selection("disposition"), required=True
    )
    image = fields.Image(string="Photo", max_width=1920, max_height=1920)

    @api.model
    def _get_selection(self, name):
        field = self.env["aftersales.old.part"]._fields[name]
        return field._description_selection(self.env)

    @api.depends("old_part_ids")
    def _compute_old_part_count(self):
        for wizard in self:
            wizard.old_part_count = len(wizard.old_part_ids)

    def action_apply(self):
        self.ensure_one()
        self.old_part_ids._inspect(self._prepare_decision())
        return {"type": "ir.actions.act_window_close"}

    def _prepare_decision(self):
        names = ("finding", "cause", "responsibility", "disposition")
        decision = {name: self[name] for name in names}
        if self.image:
            decision["image"] = self.image
        return decision
