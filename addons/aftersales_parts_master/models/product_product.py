from odoo import api, fields, models
from odoo.fields import Domain


class ProductProduct(models.Model):
    _inherit = "product.product"

    fit_ids = fields.One2many("aftersales.part.fit", "part_id", string="Fits")
    supersession_ids = fields.One2many("aftersales.part.supersession", "old_id")
    predecessor_ids = fields.One2many(
        "aftersales.part.supersession", "new_id", string="Supersedes"
    )
    superseded_by_id = fields.Many2one(
        "product.product",
        compute="_compute_superseded_by_id",
        search="_search_superseded_by_id",
    )
    current_part_id = fields.Many2one(
        "product.product",
        compute="_compute_current_part_id",
        help="The last of the numbers that followed this one.",
    )

    @api.depends("supersession_ids.new_id")
    def _compute_superseded_by_id(self):
        for part in self:
            part.superseded_by_id = part.supersession_ids.new_id

    def _search_superseded_by_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        if operator == "in" and False in value:
            linked = [number for number in value if number]
            domain = Domain("supersession_ids", "=", False)
            return domain | Domain("supersession_ids.new_id", "in", linked)
        return Domain("supersession_ids.new_id", operator, value)

    @api.depends("supersession_ids.new_id", "supersession_ids.date")
    def _compute_current_part_id(self):
        today = fields.Date.context_today(self)
        for part in self:
            part.current_part_id = part._get_current_part(today)

    def _get_current_part(self, on_date):
        """The number that is valid on ``on_date``: itself or who followed it last."""
        self.ensure_one()
        part = self
        while step := part.supersession_ids.filtered(lambda s: s.date <= on_date):
            part = step.new_id
        return part

    def _get_part_blockers(self, machine, quantity, on_date=None):
        """Why so many pieces of this part cannot go into one machine.

        A part that is listed for no machine at all fits every one: oil, bolts.

        :param machine: product.product of the machine; empty when it is not known
        :param quantity: pieces for this machine in one repair, in the part's own unit
        :return: list of str that say what to do, empty when nothing speaks against it
        """
        self.ensure_one()
        day = on_date or fields.Date.context_today(self)
        blockers = self._get_supersession_blockers(day)
        if machine and self.fit_ids:
            blockers += self._get_fit_blockers(machine, quantity)
        return blockers

    def _get_supersession_blockers(self, day):
        step = self.supersession_ids.filtered(lambda s: s.date <= day and not s.use_up)
        if not step:
            return []
        return [
            self.env._(
                "%(part)s is not used any more since %(date)s. Take %(new)s instead.",
                part=self.display_name,
                date=fields.Date.to_string(step.date),
                new=self._get_current_part(day).display_name,
            )
        ]

    def _get_fit_blockers(self, machine, quantity):
        fit = self.fit_ids.filtered(lambda f: f.machine_id == machine.product_tmpl_id)
        if not fit:
            return [
                self.env._(
                    "%(part)s does not fit %(machine)s. Look up the machine under "
                    "Parts ▸ Machines and Their Parts.",
                    part=self.display_name,
                    machine=machine.display_name,
                )
            ]
        if self.uom_id.compare(quantity, fit.quantity) > 0:
            return [
                self.env._(
                    "One %(machine)s has %(count)s of %(part)s, and %(quantity)s are "
                    "wanted. Correct the quantity, or the number per machine in the "
                    "parts master.",
                    machine=machine.display_name,
                    count=f"{fit.quantity:g}",
                    part=self.display_name,
                    quantity=f"{quantity:g}",
                )
            ]
        return []
