from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .aftersales_warranty_period import USAGE_UNITS
from .aftersales_warranty_statute import INDUSTRIES, START_EVENTS


class AftersalesWarrantyPolicy(models.Model):
    """What the maker promises for a family of products, over the statute's floor.

    A card keeps the promise of the day it was sold: once submitted cards stand on a
    policy its promise is closed, and a change is a new version for later sales.
    """

    _name = "aftersales.warranty.policy"
    _description = "Warranty policy"
    _inherit = ["mail.thread"]
    _order = "sequence, name, date_from desc, id"

    # What cards rely on; closed as soon as a card relies on it.
    _promise_fields = frozenset(
        (
            "start_event",
            "registration_days",
            "stop_clock",
            "restart_on_exchange",
            "usage_unit",
        )
    )

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company")
    industry = fields.Selection(
        selection=INDUSTRIES,
        required=True,
        compute="_compute_industry",
        store=True,
        readonly=False,
        precompute=True,
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Product Categories",
        help="Products of these categories and of those below them; the nearest "
        "category with a policy wins.",
    )
    statute_id = fields.Many2one(
        "aftersales.warranty.statute", ondelete="restrict", tracking=True
    )
    kind_id = fields.Many2one(
        "aftersales.warranty.kind",
        string="Kind of Goods",
        ondelete="restrict",
        domain="[('statute_id', '=', statute_id)]",
        tracking=True,
        help="Its minimum periods are the floor under this policy.",
    )
    start_event = fields.Selection(
        selection=START_EVENTS,
        required=True,
        default="invoice",
        tracking=True,
        help="What starts the cover. As long as the event's date is not on the card, "
        "the invoice date counts.",
    )
    registration_days = fields.Integer(
        default=20,
        tracking=True,
        help="Calendar days after the sale within which the slip must reach the "
        "company, the last one included. A late slip costs the dealer its "
        "reimbursement, never the customer the cover.",
    )
    stop_clock = fields.Boolean(
        string="Clock Stops in Repair",
        default=True,
        tracking=True,
        help="Days in repair are added to the end of the cover.",
    )
    restart_on_exchange = fields.Boolean(
        default=True,
        tracking=True,
        help="A machine given in exchange gets the whole period again.",
    )
    usage_unit = fields.Selection(selection=USAGE_UNITS, tracking=True)
    date_from = fields.Date(string="For Sales from", tracking=True)
    date_to = fields.Date(string="For Sales until", tracking=True)
    term_ids = fields.One2many(
        "aftersales.warranty.term", "policy_id", string="Terms", copy=True
    )
    floor_ids = fields.One2many(related="kind_id.period_ids", string="Statutory Floor")
    floor_warning = fields.Text(compute="_compute_floor_warning")
    card_count = fields.Integer(compute="_compute_card_count")
    note = fields.Html(translate=True)

    _registration_days_valid = models.Constraint(
        "CHECK (registration_days >= 0)", "The registration days cannot be negative."
    )
    _dates_valid = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "A policy cannot end before it begins.",
    )

    @api.depends("statute_id")
    def _compute_industry(self):
        for policy in self:
            policy.industry = policy.statute_id.industry or policy.industry or "farm"

    def _compute_card_count(self):
        # sudo: whether the promise is closed does not depend on who asks
        groups = (
            self.env["aftersales.warranty.card"]
            .sudo()
            ._read_group([("policy_id", "in", self.ids)], ["policy_id"], ["__count"])
        )
        counts = {policy.id: count for policy, count in groups}
        for policy in self:
            policy.card_count = counts.get(policy.id, 0)

    @api.onchange("statute_id")
    def _onchange_statute_id(self):
        if self.kind_id.statute_id != self.statute_id:
            self.kind_id = False
        if self.statute_id:
            self.start_event = self.statute_id.start_event
            self.stop_clock = self.stop_clock or self.statute_id.stop_clock

    @api.onchange("kind_id")
    def _onchange_kind_id(self):
        if self.kind_id and not self._origin.card_count:
            self.update(self._prepare_statutory_vals())

    def write(self, vals):
        if self._promise_fields & vals.keys():
            self._ensure_unused()
        return super().write(vals)

    def _ensure_unused(self):
        """Raise when cards rely on the promise.

        :raises UserError: names the policy and the way out
        """
        # sudo: a card of any dealer closes the policy
        card = (
            self.env["aftersales.warranty.card"]
            .sudo()
            .search(
                Domain("policy_id", "in", self.ids)
                & Domain("state", "in", ("submitted", "active", "void")),
                limit=1,
            )
        )
        if card:
            raise UserError(
                self.env._(
                    "Policy “%(policy)s” is what the warranty cards already sold under "
                    "it promise; its terms cannot change any more. Make a new version "
                    "for later sales.",
                    policy=card.policy_id.name,
                )
            )

    def action_new_version(self):
        """Copy the policy for sales from today on, and end this one yesterday."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        if self.date_from and self.date_from >= today:
            raise UserError(
                self.env._(
                    "Policy “%(policy)s” holds only for sales from %(date)s on; change "
                    "it, or set its dates by hand.",
                    policy=self.name,
                    date=self.date_from,
                )
            )
        self.date_to = fields.Date.subtract(today, days=1)
        version = self.copy(
            {
                "name": self.name,
                "date_from": today,
                "date_to": False,
                "category_ids": [(6, 0, self.category_ids.ids)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": version.id,
            "views": [(False, "form")],
        }

    def action_open_cards(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_warranty.aftersales_warranty_card_action"
        )
        return {**action, "domain": [("policy_id", "=", self.id)], "context": {}}

    @api.constrains("category_ids", "date_from", "date_to", "company_id", "active")
    def _check_overlap(self):
        """Two policies for one category and one day would make the cover a guess."""
        for policy in self.filtered("active"):
            others = self.search(
                Domain("id", "!=", policy.id)
                & Domain("category_ids", "in", policy.category_ids.ids)
            )
            for other in others:
                if policy._is_overlapping(other):
                    raise ValidationError(
                        self.env._(
                            "Policies “%(policy)s” and “%(other)s” hold for the same "
                            "sales of category %(category)s. Set the date from or "
                            "until which each one holds.",
                            policy=policy.name,
                            other=other.name,
                            category=(policy.category_ids & other.category_ids)[
                                0
                            ].display_name,
                        )
                    )

    def _is_overlapping(self, other):
        self.ensure_one()
        if self.company_id and other.company_id and self.company_id != other.company_id:
            return False
        after = self.date_from and other.date_to and other.date_to < self.date_from
        before = other.date_from and self.date_to and self.date_to < other.date_from
        return not after and not before

    @api.model
    def _get_for_sales(self, sales):
        """The policies of many sales at once.

        :param sales: list of (product category, day of sale, company)
        :return: list of policies in the same order; an empty one where none holds
        """
        policies = self.search([("category_ids", "!=", False)])
        by_category = {}
        for policy in policies:
            for category in policy.category_ids:
                by_category.setdefault(category.id, []).append(policy)
        found = {}
        for sale in sales:
            if sale not in found:
                found[sale] = self._get_nearest(by_category, *sale)
        return [found[sale] for sale in sales]

    @api.model
    def _get_nearest(self, by_category, category, on_date, company):
        path = (category.parent_path or "").split("/")
        for category_id in reversed([int(part) for part in path if part]):
            for policy in by_category.get(category_id, ()):
                if policy._is_valid_on(on_date, company):
                    return policy
        return self.browse()

    def _is_valid_on(self, on_date, company):
        self.ensure_one()
        return (
            (not self.date_from or self.date_from <= on_date)
            and (not self.date_to or self.date_to >= on_date)
            and (not self.company_id or not company or self.company_id == company)
        )

    def _get_machine_term(self):
        """The term of the whole machine."""
        return self.term_ids.filtered("part_class_id.is_machine")[:1]

    def _get_term(self, part=None):
        """The term that covers ``part``; empty when its class is excluded.

        :param part: ``product.product``, ``aftersales.part.class`` or None
        """
        part_class = part
        if part is not None and part._name == "product.product":
            part_class = part.product_tmpl_id._get_part_class()
        if part_class and not part_class.is_machine:
            term = self.term_ids.filtered(lambda t: t.part_class_id == part_class)[:1]
            if term or part_class.fallback == "none":
                return term
        return self._get_machine_term()
