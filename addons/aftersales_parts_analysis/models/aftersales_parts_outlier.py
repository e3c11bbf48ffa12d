from odoo import api, fields, models

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from ..utils.limit import say

DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
KEEPER = "aftersales_dealer.group_parts_keeper"
QUALITY = "aftersales_dealer.group_quality"
COMPANY = f"{KEEPER},{QUALITY}"
OPEN_STATES = ("new", "asked", "answered")


class AftersalesPartsOutlier(models.Model):
    """A dealer or technician who uses more of a part than his peers (配件消耗异常).

    Compared are like with like. For each machine model that a dealer has in his park,
    and on which anybody used the part in the window:

    * peers' rate = pieces the other dealers used ÷ their machines of the model
    * expected = Σ over the models of peers' rate × own machines
    * limit = expected + factor × √expected (parts fail independently of each other, so
      their number is Poisson distributed and its variance is its mean)

    Above the limit, and from the minimum number of pieces, it is an outlier. Models
    that fewer than the minimum of peers have are not compared: neither their machines
    nor what was used on them counts. Of a technician the finished repairs take the
    place of the machines.

    Rows are found each night. Once somebody asked the dealer or decided, the figures
    stay as they were, and what they were made of is not counted against him again.
    """

    _name = "aftersales.parts.outlier"
    _description = "Outlier of parts use"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "excess_amount desc, id desc"

    _transitions = {
        "ask": Transition(("new",), "asked", COMPANY),
        "answer": Transition(("asked",), "answered", DEALER_MANAGER),
        "explain": Transition(OPEN_STATES, "explained", COMPANY),
        "confirm": Transition(OPEN_STATES, "confirmed", COMPANY),
        "reopen": Transition(("explained", "confirmed"), "new", COMPANY),
    }
    _protected_fields = (
        "kind",
        "company_id",
        "dealer_id",
        "staff_id",
        "product_id",
        "date_from",
        "date_to",
        "used",
        "machine_count",
        "expected",
        "factor",
        "limit",
        "excess",
        "price_unit",
        "excess_amount",
        "strata",
        "asked_by",
        "asked_on",
        "answered_by",
        "answered_on",
        "decided_by",
        "decided_on",
    )

    kind = fields.Selection(
        [("dealer", "Dealer"), ("staff", "Technician")],
        string="Compared",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("new", "New"),
            ("asked", "Dealer Asked"),
            ("answered", "Answered"),
            ("explained", "Explained"),
            ("confirmed", "Confirmed"),
        ],
        default="new",
        required=True,
        tracking=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    # only a company technician has no dealer
    dealer_id = fields.Many2one(readonly=True, default=None)
    staff_id = fields.Many2one(
        "aftersales.staff",
        string="Technician",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Part",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    # The figures
    date_from = fields.Date(required=True, readonly=True)
    date_to = fields.Date(required=True, readonly=True)
    used = fields.Float(digits="Product Unit", readonly=True)
    machine_count = fields.Integer(
        string="Machines / Repairs",
        readonly=True,
        aggregator=None,
        help="Machines of the dealer, or finished repairs of the technician.",
    )
    expected = fields.Float(
        digits=(16, 2), readonly=True, help="At the peers' rate on the same machines."
    )
    factor = fields.Float(readonly=True, aggregator=None)
    limit = fields.Float(
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="Expected + factor × √expected.",
    )
    excess = fields.Float(
        digits=(16, 2), readonly=True, help="Used above what was expected."
    )
    price_unit = fields.Float(
        string="Price", digits="Product Price", readonly=True, aggregator=None
    )
    excess_amount = fields.Monetary(
        readonly=True, help="The excess at the dealer's price."
    )
    strata = fields.Json(readonly=True)
    arithmetic = fields.Text(compute="_compute_arithmetic")
    # What people say about it
    question = fields.Text(help="What the dealer is asked.")
    answer = fields.Text(string="Dealer's Answer")
    reason = fields.Text(help="Why it is explained, or what was found.")
    asked_by = fields.Many2one("res.users", readonly=True)
    asked_on = fields.Datetime(readonly=True)
    answered_by = fields.Many2one("res.users", readonly=True)
    answered_on = fields.Datetime(readonly=True)
    decided_by = fields.Many2one("res.users", string="Looked at by", readonly=True)
    decided_on = fields.Datetime(string="Looked at on", readonly=True)
    can_ask = fields.Boolean(compute="_compute_can")
    can_answer = fields.Boolean(compute="_compute_can")
    can_explain = fields.Boolean(compute="_compute_can")
    can_confirm = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _open_uniq = models.UniqueIndex(
        "(company_id, kind, COALESCE(dealer_id, 0), COALESCE(staff_id, 0), product_id)"
        " WHERE state IN ('new', 'asked', 'answered')",
        "This part is under discussion already; decide on that row first.",
    )

    @api.depends("product_id", "dealer_id", "staff_id", "kind")
    def _compute_display_name(self):
        for row in self:
            who = row.staff_id if row.kind == "staff" else row.dealer_id
            # sudo: a company technician is hidden from the dealer
            name = who.sudo().display_name
            row.display_name = f"{row.product_id.display_name} – {name}"

    @api.depends("strata", "used", "expected", "factor", "limit", "kind")
    @api.depends_context("lang")
    def _compute_arithmetic(self):
        ids = {s["machine_id"] for row in self for s in row.strata or []}
        # sudo: a model that is no longer in the catalogue is named all the same
        machines = self.env["product.product"].sudo().browse(ids)
        names = {machine.id: machine.display_name for machine in machines}
        for row in self:
            lines = [
                row._say_stratum(stratum, names[stratum["machine_id"]])
                for stratum in row.strata or []
            ]
            row.arithmetic = "\n".join([*lines, row._say_total()])

    def _say_stratum(self, stratum, model):
        """One sentence per machine model."""
        figures = {
            "used": say(stratum["used"]),
            "own": stratum["number"],
            "model": model,
            "peers": stratum["peers"],
            "peer_used": say(stratum["peer_used"]),
            "peer_own": stratum["peer_number"],
            "rate": say(stratum["peer_used"] * 100 / stratum["peer_number"]),
            "expected": say(
                stratum["peer_used"] * stratum["number"] / stratum["peer_number"]
            ),
        }
        if self.kind == "staff":
            return self.env._(
                "%(used)s pieces in %(own)s repairs of %(model)s; %(peers)s other "
                "technicians used %(peer_used)s in %(peer_own)s = %(rate)s per 100 "
                "repairs; expected %(expected)s.",
                **figures,
            )
        return self.env._(
            "%(used)s pieces on %(own)s machines %(model)s; %(peers)s peers used "
            "%(peer_used)s on %(peer_own)s = %(rate)s per 100 machines; expected "
            "%(expected)s.",
            **figures,
        )

    def _say_total(self):
        return self.env._(
            "Limit %(expected)s + %(factor)s × √%(expected)s = %(limit)s; used "
            "%(used)s, %(excess)s more than expected.",
            expected=say(self.expected),
            factor=say(self.factor),
            limit=say(self.limit),
            used=say(self.used),
            excess=say(self.excess),
        )

    def action_open_consumption(self):
        """The repairs that used the part in the window."""
        self.ensure_one()
        return self.env["aftersales.parts.consumption"]._get_window_action(
            self.company_id,
            days=(self.date_from, self.date_to),
            dealer=self.dealer_id if self.kind == "dealer" else self.staff_id.browse(),
            staff=self.staff_id,
            part=self.product_id,
        )
