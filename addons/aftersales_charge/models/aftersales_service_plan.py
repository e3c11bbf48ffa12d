from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError


class Due(NamedTuple):
    """When a service is due: on a day, at a reading; empty values for neither."""

    date: object = False
    usage: float = 0.0


class AftersalesServicePlan(models.Model):
    """Every how many months or how much use machines of a kind want their service."""

    _name = "aftersales.service.plan"
    _description = "Service plan"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        required=True,
        help="Machines of these categories and those below. The nearest category "
        "wins; of several plans for one category the first.",
    )
    months = fields.Integer(help="Months from one service to the next.")
    usage = fields.Float(
        string="Use between Services",
        help="In the unit of the machine's warranty policy: hours or kilometres.",
    )
    case_type_id = fields.Many2one(
        "aftersales.case.type",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "aftersales_charge.case_type_maintenance", raise_if_not_found=False
        ),
        help="A case of this type means that the service is being done.",
    )
    notice_ids = fields.One2many(
        "aftersales.service.notice",
        "plan_id",
        string="Reminders",
        copy=True,
        default=lambda self: [
            Command.create({"days": 30}),
            Command.create({"days": 7}),
        ],
    )

    _interval_given = models.Constraint(
        "CHECK (months > 0 OR usage > 0)",
        "A service plan needs months or use between two services.",
    )
    _interval_positive = models.Constraint(
        "CHECK (COALESCE(months, 0) >= 0 AND COALESCE(usage, 0) >= 0)",
        "The interval of a service plan cannot be below zero.",
    )

    @api.constrains("category_ids")
    def _check_categories(self):
        for plan in self:
            if not plan.category_ids:
                raise ValidationError(
                    self.env._(
                        "Give service plan %(plan)s at least one product category.",
                        plan=plan.name,
                    )
                )

    @api.model
    def _get_for_products(self, products):
        """The plan of each product, by the nearest category: dict, one query."""
        by_category = {}
        categories = products.categ_id.ids
        for plan in self.search([("category_ids", "parent_of", categories)]):
            for category in plan.category_ids:
                by_category.setdefault(category, plan)
        return {
            product: self._get_nearest(product.categ_id, by_category)
            for product in products
        }

    @api.model
    def _get_nearest(self, category, by_category):
        while category:
            if category in by_category:
                return by_category[category]
            category = category.parent_id
        return self.browse()

    def _get_due(self, from_date, card=None):
        """When the next service of a machine is due.

        :param from_date: day of the last service, or of the sale
        :param card: its warranty card, for the last reading
        """
        if not self:
            return Due()
        self.ensure_one()
        date = self.months and from_date + relativedelta(months=self.months)
        usage = self.usage and (card.usage if card else 0.0) + self.usage
        return Due(date or False, usage or 0.0)
