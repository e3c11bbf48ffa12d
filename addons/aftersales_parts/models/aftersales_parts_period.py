from datetime import datetime, time, timedelta

from pytz import UTC, timezone

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

CLOSERS = (
    "aftersales_dealer.group_dealer_manager,"
    "aftersales_dealer.group_parts_keeper,"
    "aftersales_dealer.group_warranty_accountant"
)

# One row per part and place that has stock or moved until now.
FIGURES = """
   WITH place AS (
       SELECT location.id, location.dealer_id
         FROM stock_location location
    LEFT JOIN aftersales_dealer dealer ON dealer.id = location.dealer_id
        WHERE location.usage IN ('internal', 'transit')
          AND COALESCE(location.company_id, dealer.company_id) = %(company)s
          AND (%(dealer)s IS NULL OR location.dealer_id = %(dealer)s)
   ), moved AS (
       SELECT product_id, location_id,
              SUM(quantity) FILTER (WHERE date < %(begin)s) AS opening,
              SUM(quantity) FILTER (WHERE date >= %(begin)s
                  AND date < %(end)s AND direction = 'in') AS incoming,
              -SUM(quantity) FILTER (WHERE date >= %(begin)s
                  AND date < %(end)s AND direction = 'out') AS outgoing,
              SUM(quantity) FILTER (WHERE date >= %(end)s) AS later
         FROM aftersales_parts_ledger
        WHERE location_id IN (SELECT id FROM place)
     GROUP BY product_id, location_id
   ), stocked AS (
       SELECT quant.product_id, quant.location_id,
              SUM(quant.quantity) AS on_hand
         FROM stock_quant quant
        WHERE quant.location_id IN (SELECT id FROM place)
     GROUP BY quant.product_id, quant.location_id
   )
   SELECT product_id, location_id,
          COALESCE(opening, 0) AS opening,
          COALESCE(incoming, 0) AS incoming,
          COALESCE(outgoing, 0) AS outgoing,
          COALESCE(later, 0) AS later,
          COALESCE(on_hand, 0) AS on_hand
     FROM moved
FULL JOIN stocked USING (product_id, location_id)
    WHERE COALESCE(opening, incoming, outgoing) IS NOT NULL
       OR COALESCE(later, 0) != COALESCE(on_hand, 0)
"""


class AftersalesPartsPeriod(models.Model):
    """The parts account of a period: opening, in, out, closing per part and place.

    The figures come from the ledger and are held against the stock: closing plus what
    moved since has to be what lies there. Closing keeps them as they are.
    """

    _name = "aftersales.parts.period"
    _description = "Parts period"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_to desc, id desc"

    _transitions = {
        "refresh": Transition(("open",), "open", CLOSERS),
        "close": Transition(("open",), "closed", CLOSERS),
    }
    _protected_fields = ("closed_by", "closed_on", "refreshed_on", "line_ids")
    _editable_states = ("open",)

    name = fields.Char(compute="_compute_name", store=True)
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        default="open",
        required=True,
        tracking=True,
        index=True,
    )
    dealer_id = fields.Many2one(
        help="Empty: the company's own places and those of all its dealers."
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._default_date_from()
    )
    date_to = fields.Date(
        string="To", required=True, default=lambda self: self._default_date_to()
    )
    line_ids = fields.One2many("aftersales.parts.period.line", "period_id")
    line_count = fields.Integer(compute="_compute_counts", string="Parts and Places")
    difference_count = fields.Integer(compute="_compute_counts", string="Differences")
    blockers = fields.Text(
        string="Still Open",
        compute="_compute_blockers",
        help="What has to be finished before the period can be closed.",
    )
    refreshed_on = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    can_refresh = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")

    _days = models.Constraint(
        "CHECK (date_from <= date_to)", "A period ends on or after the day it begins."
    )

    @api.model
    def _default_date_to(self):
        return fields.Date.context_today(self).replace(day=1) - timedelta(days=1)

    @api.model
    def _default_date_from(self):
        return self._default_date_to().replace(day=1)

    @api.depends("dealer_id.code", "date_from", "date_to")
    def _compute_name(self):
        for period in self:
            owner = period.dealer_id.code or period.company_id.name
            period.name = f"{owner} {period.date_from} – {period.date_to}"

    @api.depends("line_ids.difference")
    def _compute_counts(self):
        for period in self:
            period.line_count = len(period.line_ids)
            period.difference_count = len(
                period.line_ids.filtered(lambda line: line.difference)
            )

    @api.depends("state", "date_from", "date_to", "dealer_id", "line_ids")
    def _compute_blockers(self):
        for period in self:
            texts = [] if period.state == "closed" else period._get_blockers()
            period.blockers = "\n".join(texts)

    @api.constrains("date_from", "date_to", "dealer_id", "company_id")
    def _check_overlap(self):
        for period in self:
            other = self.search(
                [
                    ("id", "!=", period.id),
                    ("company_id", "=", period.company_id.id),
                    ("dealer_id", "=", period.dealer_id.id),
                    ("date_from", "<=", period.date_to),
                    ("date_to", ">=", period.date_from),
                ],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "%(period)s overlaps %(other)s. Begin on the day after it "
                        "ends.",
                        period=period.name,
                        other=other.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        closed = self.filtered(lambda period: period.state == "closed")
        if closed:
            raise UserError(
                self.env._(
                    "%(period)s is closed and stays on record.", period=closed[0].name
                )
            )

    # FIGURES

    def action_refresh(self):
        """Take the figures from the ledger and the stock as they are now."""
        self._transition("refresh", {"refreshed_on": fields.Datetime.now()})
        # sudo: the figures are closed to hand-editing; they are the owner's own
        for period in self.sudo():
            period._rebuild()

    def _rebuild(self):
        """Replace the lines by what ledger and stock say (runs under sudo)."""
        self.ensure_one()
        self.line_ids.unlink()
        rows = self.env.execute_query_dict(self._get_figures_sql())
        self.env["aftersales.parts.period.line"].create(
            [{**row, "period_id": self.id} for row in rows]
        )

    def _get_moments(self):
        """Begin and end of the period as UTC moments; the end is not part of it."""
        self.ensure_one()
        zone = timezone(self.env.user.tz or "UTC")
        return tuple(
            zone.localize(datetime.combine(day, time()))
            .astimezone(UTC)
            .replace(tzinfo=None)
            for day in (self.date_from, self.date_to + timedelta(days=1))
        )

    def _get_figures_sql(self):
        """The query of :data:`FIGURES` for this period."""
        self.ensure_one()
        self.env["aftersales.parts.ledger"]._flush_sources()
        self.env["stock.quant"].flush_model()
        begin, end = self._get_moments()
        return SQL(
            FIGURES,
            company=self.company_id.id,
            dealer=self.dealer_id.id or None,
            begin=begin,
            end=end,
        )

    # CLOSING

    def action_close(self):
        """Keep the figures of the period for good.

        :raises UserError: the period is not over, something in it is still open, or
            ledger and stock differ; says what
        """
        self._ensure_can("close")
        for period in self:
            blockers = period._get_blockers()
            if blockers:
                raise UserError(
                    self.env._(
                        "%(period)s cannot be closed. %(why)s",
                        period=period.name,
                        why=" ".join(blockers),
                    )
                )
        self.action_refresh()
        for period in self:
            period._ensure_agrees()
        self._transition(
            "close", {"closed_by": self.env.uid, "closed_on": fields.Datetime.now()}
        )

    def _ensure_agrees(self):
        """:raises UserError: the ledger differs from the stock; names the first part"""
        # sudo: the full name of a place names the places above it
        wrong = self.sudo().line_ids.filtered("difference")[:1]
        if wrong:
            raise UserError(
                self.env._(
                    "%(period)s cannot be closed: the ledger of %(part)s at %(place)s "
                    "differs from the stock by %(difference)g. Have the stock counted.",
                    period=self.name,
                    part=wrong.product_id.display_name,
                    place=wrong.location_id.display_name,
                    difference=wrong.difference,
                )
            )

    def _get_blockers(self):
        """Sentences that say what keeps the period open; extension point.

        :return: list of str, empty when it may be closed
        """
        self.ensure_one()
        blockers = []
        if self.date_to >= fields.Date.context_today(self):
            blockers.append(
                self.env._(
                    "It ends on %(day)s only.", day=format_date(self.env, self.date_to)
                )
            )
        _begin, end = self._get_moments()
        receipts = self.env["aftersales.parts.receipt"].search(
            [
                *self._get_owner_domain(),
                ("state", "=", "to_receive"),
                ("shipped_on", "<", end),
            ]
        )
        if receipts:
            blockers.append(
                self.env._(
                    "Deliveries wait to be received: %(names)s. Confirm or cancel "
                    "them.",
                    names=", ".join(receipts.mapped("name")),
                )
            )
        return blockers

    def _get_owner_domain(self):
        """Documents whose pieces this period accounts for."""
        self.ensure_one()
        if self.dealer_id:
            return [("dealer_id", "=", self.dealer_id.id)]
        return [("company_id", "=", self.company_id.id)]

    # OUTPUT

    def action_print(self):
        report = self.env.ref("aftersales_parts.aftersales_parts_period_report")
        return report.report_action(self)

    def action_export(self):
        """Download the figures as a workbook."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/aftersales/parts-period/{self.id}.xlsx",
            "target": "download",
        }

    def action_open_lines(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_parts_period_line_action"
            ),
            "domain": [("period_id", "=", self.id)],
        }
