from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

from .aftersales_parts_return import ASKED, DEALER_MANAGER, MANAGER

OPEN = ("warned", "due")
BATCH = 500


class AftersalesPartsDeemedSale(models.Model):
    """Stock that a dealer neither sold nor returned in two seasons (视同已销售).

    Made by a daily look at what dealers hold, by receipt: first the warning, then, when
    the seasons are over, the question to the after-sales manager. Once he confirms, the
    pieces cannot be returned any more.
    """

    _name = "aftersales.parts.deemed.sale"
    _description = "Deemed sale"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "deadline, id"

    _transitions = {
        "fall_due": Transition(("warned",), "due", MANAGER),
        "clear": Transition(OPEN, "cleared", MANAGER),
        "reopen": Transition(("cleared",), "warned", MANAGER),
        "confirm": Transition(("due",), "confirmed", MANAGER),
        "dismiss": Transition((*OPEN, "confirmed"), "dismissed", MANAGER),
    }
    _protected_fields = (
        "name", "dealer_id", "location_id", "product_id", "lot_id", "move_line_id",
        "quantity", "received_on", "seasons", "season_end", "warned_on", "deadline",
        "confirmed_on", "confirmed_by",
    )  # fmt: skip
    _editable_states = OPEN
    _always_editable_fields = ("note",)

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    location_id = fields.Many2one(
        "stock.location", required=True, readonly=True, ondelete="restrict"
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict", index=True
    )
    uom_id = fields.Many2one(related="product_id.uom_id")
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial", readonly=True, ondelete="restrict"
    )
    move_line_id = fields.Many2one(
        "stock.move.line",
        string="Receipt",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="stock.group_stock_user",
        help="The movement that brought the pieces to the dealer.",
    )
    quantity = fields.Float(digits="Product Unit", readonly=True)
    received_on = fields.Datetime(readonly=True)
    seasons = fields.Integer(string="Seasons Passed", readonly=True, aggregator=None)
    season_end = fields.Date(
        string="Seasons Over on",
        readonly=True,
        help="Last day of the last of these seasons.",
    )
    warned_on = fields.Date(string="Notice Date", readonly=True)
    deadline = fields.Date(
        readonly=True,
        index=True,
        help="Until then the dealer may still return them: the end of the seasons, but "
        "never sooner than the days of notice after the warning.",
    )
    state = fields.Selection(
        [
            ("warned", "Dealer Warned"),
            ("due", "To Confirm"),
            ("confirmed", "Deemed Sold"),
            ("dismissed", "Dismissed"),
            ("cleared", "Sold or Returned"),
        ],
        string="Status",
        default="warned",
        required=True,
        index=True,
        tracking=True,
    )
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    confirmed_by = fields.Many2one("res.users", readonly=True, copy=False)
    note = fields.Text(
        string="Remarks", help="Why it was dismissed, or what was agreed."
    )
    can_confirm = fields.Boolean(compute="_compute_can")
    can_dismiss = fields.Boolean(compute="_compute_can")

    _receipt_uniq = models.Constraint(
        "UNIQUE (move_line_id)", "The pieces of this receipt are on record already."
    )

    # THE DAILY LOOK (as the scheduler's superuser)

    @api.model
    def _cron_look(self):
        """Warn of what gets old, ask about what is too old; running again is idle.

        The holdings come with one query, records are looked up and made in batches.
        """
        holdings = self.env["aftersales.parts.holding"]._get_held()
        left = {holding.line_id: holding.left for holding in holdings}
        self._follow(left)
        old = self._get_old(holdings)
        known = self.search([("move_line_id", "in", [h.line_id for h, _day in old])])
        taken = set(known.move_line_id.ids)
        vals_list = [
            self._prepare_warning_vals(holding, day)
            for holding, day in old
            if holding.line_id not in taken
        ]
        created = self.browse()
        for start in range(0, len(vals_list), BATCH):
            created |= self.create(vals_list[start : start + BATCH])
        created._warn_dealers()

    @api.model
    def _get_old(self, holdings):
        """Holdings whose seasons are over within the days of notice.

        :return: list of (holding, day on which the seasons are over)
        """
        today, seasons, ends, old = fields.Date.context_today(self), {}, {}, []
        products = self.env["product.product"].browse({h.product_id for h in holdings})
        categories = {product.id: product.categ_id for product in products}
        dealers = self.env["aftersales.dealer"]
        for holding in holdings:
            company = dealers.browse(holding.dealer_id).company_id or self.env.company
            category = categories[holding.product_id]
            if category not in seasons:
                seasons[category] = self.env[
                    "aftersales.parts.season"
                ]._get_for_category(category)
            received = fields.Datetime.context_timestamp(self, holding.received).date()
            key = (seasons[category], received, company)
            if key not in ends:
                ends[key] = seasons[category]._get_end_of(
                    company.aftersales_unsold_seasons,
                    received,
                    company.aftersales_season_months,
                )
            notice = timedelta(days=company.aftersales_unsold_notice_days)
            if ends[key] - notice <= today:
                old.append((holding, ends[key]))
        return old

    @api.model
    def _prepare_warning_vals(self, holding, season_end):
        today = fields.Date.context_today(self)
        dealer = self.env["aftersales.dealer"].browse(holding.dealer_id)
        company = dealer.company_id or self.env.company
        notice = timedelta(days=company.aftersales_unsold_notice_days)
        return {
            "dealer_id": dealer.id,
            "company_id": company.id,
            "location_id": holding.location_id,
            "product_id": holding.product_id,
            "lot_id": holding.lot_id or False,
            "move_line_id": holding.line_id,
            "quantity": holding.left,
            "received_on": holding.received,
            "seasons": company.aftersales_unsold_seasons,
            "season_end": season_end,
            "warned_on": today,
            "deadline": max(season_end, today + notice),
        }

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"]
        for vals in vals_list:
            vals["name"] = sequence.next_by_code("aftersales.parts.deemed.sale") or "/"
        return super().create(vals_list)

    def _warn_dealers(self):
        """One task per dealer about all that is new, for one of his managers."""
        for dealer, sales in self.grouped("dealer_id").items():
            users = dealer.user_ids.filtered(
                lambda user: user.has_group(DEALER_MANAGER)
            )
            for user in (users or dealer.user_ids)[:1]:
                translated = self.with_context(lang=user.lang)
                dealer.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=min(sales.mapped("deadline")),
                    user_id=user.id,
                    summary=translated.env._(
                        "%(count)s receipts unsold for two seasons: return or sell",
                        count=len(sales),
                    ),
                    note=", ".join(sales.mapped("product_id.display_name")),
                )

    @api.model
    def _follow(self, left):
        """Keep the open records true to what is left of their receipts.

        :param dict left: pieces by id of the movement that brought them
        """
        today = fields.Date.context_today(self)
        followed = self.search([("state", "in", (*OPEN, "cleared"))])
        held = followed.filtered(lambda sale: left.get(sale.move_line_id.id))
        (followed - held).filtered(lambda sale: sale.state in OPEN)._transition(
            "clear", {"quantity": 0.0}
        )
        held.filtered(lambda sale: sale.state == "cleared")._transition("reopen")
        for sale in held:
            rest = left[sale.move_line_id.id]
            if rest != sale.quantity:
                sale.quantity = rest
        held.filtered(
            lambda sale: sale.state == "warned" and sale.deadline < today
        )._transition("fall_due")

    # THE MANAGER'S ANSWER

    def action_confirm(self):
        """The pieces are deemed sold; from now on they cannot be returned.

        :raises UserError: sold or returned meanwhile, or a return of them is open
        """
        for sale in self:
            sale._ensure_can("confirm")
            # sudo: stock and the dealer's papers decide, not the manager's rights
            sale.sudo()._ensure_still_held()
        self._transition(
            "confirm",
            {"confirmed_on": fields.Datetime.now(), "confirmed_by": self.env.uid},
        )
        # sudo: a note on the machine; serial numbers are not the manager's to write
        self.sudo()._note_on_machines()

    def _ensure_still_held(self):
        """:raises UserError: names what happened to the pieces"""
        self.ensure_one()
        held = self.env["aftersales.parts.holding"]._get_held(
            self.location_id, self.product_id, self.lot_id
        )
        left = sum(one.left for one in held if one.line_id == self.move_line_id.id)
        if not left:
            raise UserError(
                self.env._(
                    "%(sale)s: nothing of this receipt is left with the dealer. It is "
                    "closed with the next daily look.",
                    sale=self.name,
                )
            )
        lines = self.env["aftersales.parts.return.line"].search(
            [
                ("dealer_id", "=", self.dealer_id.id),
                ("product_id", "=", self.product_id.id),
                ("lot_id", "=", self.lot_id.id),
                ("state", "in", ASKED),
            ],
            limit=1,
        )
        if lines:
            raise UserError(
                self.env._(
                    "%(sale)s: the dealer asked in %(paper)s to return %(part)s. "
                    "Answer him first, or wait for the parcel.",
                    sale=self.name,
                    paper=lines.return_id.name,
                    part=self.product_id.display_name,
                )
            )
        self.quantity = left

    def _note_on_machines(self):
        """Write on a machine without a card that it counts as sold.

        The warranty itself begins as its policy says, with an event that a card knows;
        whoever registers the machine later reads here since when the dealer had it.
        """
        for sale in self:
            lot = sale.lot_id
            if not (lot and sale.product_id.is_machine) or lot.card_ids:
                continue
            lot.message_post(
                body=self.env._(
                    "Deemed sold by %(dealer)s on %(day)s (%(sale)s), received on "
                    "%(received)s. No warranty card yet.",
                    dealer=sale.dealer_id.display_name,
                    day=fields.Date.to_string(sale.confirmed_on),
                    sale=sale.name,
                    received=fields.Date.to_string(sale.received_on),
                ),
                message_type="comment",
            )

    def action_dismiss(self):
        """The pieces are not deemed sold, or no longer.

        :raises UserError: the reason is not written down
        """
        for sale in self:
            if not sale.note:
                raise UserError(
                    self.env._(
                        "%(sale)s: write under Remarks why it is dismissed.",
                        sale=sale.name,
                    )
                )
        self._transition("dismiss")
