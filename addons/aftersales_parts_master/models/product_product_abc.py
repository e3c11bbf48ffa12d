from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.aftersales_dealer.models.product_template import COST_GROUPS

MONTHS = 12


class ProductProduct(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "product.product"

    abc_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")],
        string="ABC",
        readonly=True,
        index=True,
        help="By the value issued from the company's stock in the last twelve months: "
        "the parts that make up most of it are A, those that add little are C. Empty "
        "while nothing was issued.",
    )
    abc_value = fields.Float(
        string="Value Issued",
        readonly=True,
        groups=COST_GROUPS,
        help="At today's cost, in the last twelve months.",
    )

    @api.model
    def _cron_compute_abc(self):
        """Class all parts anew; monthly, and whenever the keeper asks."""
        self._compute_abc(fields.Date.context_today(self))

    def action_compute_abc(self):
        """Class all parts anew now.

        :raises AccessError: the user does not keep the parts master
        """
        self.check_access("write")
        # sudo: what was issued and what it cost is the company's; classes are for all
        self.sudo()._compute_abc(fields.Date.context_today(self))

    @api.model
    def _compute_abc(self, today):
        """Pareto classes by value of issue.

        A part is A while the parts before it make up less than the company's share A of
        the whole, then B below share B, then C: the part that crosses a border belongs
        to the better class.

        :param today: the twelve months before this day count
        """
        issued = self._get_issued_quantities(today)
        parts = self.browse(issued).exists()
        values = {p: issued[p.id] * p.standard_price for p in parts}
        total = sum(values.values())
        classes = {"a": self.browse(), "b": self.browse(), "c": self.browse()}
        running = 0.0
        for part in sorted(values, key=lambda p: (-values[p], p.id)):
            share = running * 100 / total if total else 100.0
            classes[self._get_abc_class(share)] += part
            running += values[part]
        self._write_abc(classes, values)

    @api.model
    def _get_abc_class(self, share):
        """The class of a part when the parts before it make up ``share`` percent."""
        company = self.env.company
        if share < company.aftersales_abc_share_a:
            return "a"
        return "b" if share < company.aftersales_abc_share_b else "c"

    @api.model
    def _write_abc(self, classes, values):
        idle = self.with_context(active_test=False).search(
            [("abc_class", "!=", False), ("id", "not in", [p.id for p in values])]
        )
        idle.write({"abc_class": False, "abc_value": 0.0})
        for name, parts in classes.items():
            parts.filtered(lambda p, name=name: p.abc_class != name).abc_class = name
        for part, value in values.items():
            if part.abc_value != value:
                part.abc_value = value

    @api.model
    def _get_issued_quantities(self, today):
        """Pieces that left the company's stock for customers and dealers, less returns.

        :return: dict of product id to quantity above zero, in the product's own unit
        """
        first = fields.Datetime.to_datetime(today - relativedelta(months=MONTHS))
        self.env["stock.move.line"].flush_model()
        self.env.cr.execute(
            """
            SELECT line.product_id,
                   SUM(CASE WHEN origin.usage = 'internal'
                            THEN line.quantity_product_uom
                            ELSE -line.quantity_product_uom END)
              FROM stock_move_line line
              JOIN stock_location origin ON origin.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE line.state = 'done' AND line.date >= %(first)s
               AND template.is_storable AND template.is_machine IS NOT TRUE
               AND ((origin.usage = 'internal' AND origin.company_id = %(company)s
                     AND target.usage = 'customer')
                 OR (target.usage = 'internal' AND target.company_id = %(company)s
                     AND origin.usage = 'customer'))
          GROUP BY line.product_id
            """,
            {"first": first, "company": self.env.company.id},
        )
        return {product: qty for product, qty in self.env.cr.fetchall() if qty > 0}
