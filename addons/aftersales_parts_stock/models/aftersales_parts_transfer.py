from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.aftersales_dealer.models.aftersales_transition_mixin import Transition

DEALER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"
KEEPER = "aftersales_dealer.group_parts_keeper"


class AftersalesPartsTransfer(models.Model):
    """Pieces that go from one dealer to another (调拨单).

    The company's keeper brings both together: dealers do not see each other's stock.
    The giving dealer's manager agrees and ships, the receiving dealer confirms what
    came. On the way the pieces lie in a place between dealers; what is lost there goes
    back to the giver's books or is written off by the keeper.
    """

    _name = "aftersales.parts.transfer"
    _description = "Parts transfer between dealers"
    _inherit = [
        "aftersales.dealer.mixin",
        "aftersales.transition.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "id desc"

    _transitions = {
        "request": Transition(("draft",), "requested", KEEPER),
        "ship": Transition(("requested",), "shipped", DEALER_MANAGER),
        "refuse": Transition(("requested",), "refused", DEALER_MANAGER),
        "receive": Transition(("shipped",), "received", DEALER),
        "settle": Transition(("received",), "done", KEEPER),
        "cancel": Transition(("draft", "requested", "refused"), "cancelled", KEEPER),
    }
    _editable_states = ("draft", "requested", "shipped")
    _protected_fields = ("name", "shipped_on", "received_on", "received_by")
    _always_editable_fields = ("waybill", "note")

    name = fields.Char(readonly=True, copy=False, default="/")
    dealer_id = fields.Many2one(string="From Dealer", required=True)
    target_dealer_id = fields.Many2one(
        "aftersales.dealer",
        string="To Dealer",
        required=True,
        index=True,
        ondelete="restrict",
    )
    counterpart_name = fields.Char(
        string="With",
        compute="_compute_counterpart_name",
        help="The other dealer, as either side needs his name on the parcel.",
    )
    direction = fields.Char(compute="_compute_direction")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "To Ship"),
            ("shipped", "On the Way"),
            ("received", "Received"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        tracking=True,
        index=True,
    )
    reason = fields.Char(help="Why the pieces are wanted there.")
    waybill = fields.Char()
    note = fields.Text()
    line_ids = fields.One2many("aftersales.parts.transfer.line", "transfer_id")
    shipped_on = fields.Datetime(readonly=True, copy=False)
    received_on = fields.Datetime(readonly=True, copy=False)
    received_by = fields.Many2one("res.users", readonly=True, copy=False)
    is_giver = fields.Boolean(compute="_compute_side")
    is_taker = fields.Boolean(compute="_compute_side")
    can_request = fields.Boolean(compute="_compute_can")
    can_ship = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")
    can_receive = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _dealers_differ = models.Constraint(
        "CHECK (dealer_id != target_dealer_id)",
        "A transfer goes from one dealer to another one.",
    )

    # COMPUTES

    @api.depends_context("uid")
    @api.depends("dealer_id", "target_dealer_id")
    def _compute_side(self):
        own = self.env.user.dealer_id
        for transfer in self:
            transfer.is_giver = bool(own) and transfer.dealer_id == own
            transfer.is_taker = bool(own) and transfer.target_dealer_id == own

    @api.depends_context("uid")
    @api.depends("dealer_id", "target_dealer_id")
    def _compute_counterpart_name(self):
        own = self.env.user.dealer_id
        for transfer in self:
            # sudo: either side learns the other's name, and nothing else of him
            paper = transfer.sudo()
            giver, taker = paper.dealer_id, paper.target_dealer_id
            transfer.counterpart_name = giver.name if own == taker else taker.name

    @api.depends_context("uid", "lang")
    @api.depends("dealer_id", "target_dealer_id")
    def _compute_direction(self):
        """Where the parcel goes, as the reader sees it."""
        for transfer in self:
            if transfer.is_giver:
                text = self.env._("To %(dealer)s", dealer=transfer.counterpart_name)
            elif transfer.is_taker:
                text = self.env._("From %(dealer)s", dealer=transfer.counterpart_name)
            else:
                names = (transfer.dealer_id.name, transfer.target_dealer_id.name)
                text = " → ".join(name or "" for name in names)
            transfer.direction = text

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name in ("ship", "refuse"):
            return allowed and self.is_giver
        if name == "receive":
            return allowed and self.is_taker
        return allowed

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        transfers = super().create(vals_list)
        # sudo: everybody who may make one draws a number, which is protected
        sequence = self.env["ir.sequence"].sudo()
        for transfer in transfers.sudo():
            transfer.name = sequence.next_by_code("aftersales.parts.transfer") or "/"
        return transfers

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for transfer in self:
            if transfer.state != "draft":
                raise UserError(
                    self.env._(
                        "%(transfer)s is known to the dealers and cannot be deleted; "
                        "cancel it.",
                        transfer=transfer.name,
                    )
                )

    # ACTIONS

    def action_request(self):
        """Ask the giving dealer to ship.

        :raises UserError: no line, or more wanted than he has
        """
        for transfer in self:
            transfer._ensure_lines()
            transfer.line_ids._ensure_available()
        self._transition("request")
        self._notify(self.env._("Ship the parts"), "dealer_id")

    def _ensure_lines(self):
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%(transfer)s has no line. Enter the parts first.",
                    transfer=self.name,
                )
            )

    def _notify(self, summary, field):
        """Plan an activity for the manager of a dealer, if he has one."""
        # the system plans it: one dealer's people may not read who of the other did
        for transfer in self.with_user(SUPERUSER_ID):
            managers = transfer[field].user_ids.filtered(
                lambda user: user.has_group(DEALER_MANAGER)
            )
            for user in managers[:1]:
                transfer.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=user.id, summary=summary
                )

    def action_ship(self):
        """The giving dealer hands the pieces to the carrier.

        :raises UserError: another dealer's transfer, or the pieces are used meanwhile
        """
        self._ensure_side("is_giver")
        self._transition("ship", {"shipped_on": fields.Datetime.now()})
        # sudo: the dealer shipped; the stock work follows from it
        transfers = self.sudo()
        transfers.line_ids._post_shipment()
        transfers.activity_unlink(["mail.mail_activity_data_todo"])
        self._notify(self.env._("Confirm what arrived"), "target_dealer_id")

    def action_refuse(self):
        """The giving dealer needs the pieces himself."""
        self._ensure_side("is_giver")
        self._transition("refuse")
        # sudo: the activity was planned for him by the keeper
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_receive(self):
        """The receiving dealer confirms the pieces that came.

        :raises UserError: another dealer's transfer
        """
        self._ensure_side("is_taker")
        self._transition(
            "receive",
            {"received_on": fields.Datetime.now(), "received_by": self.env.uid},
        )
        # sudo: the dealer confirmed; the stock work follows from it
        for transfer in self.sudo():
            transfer.line_ids._post_receipt()
            transfer.activity_unlink(["mail.mail_activity_data_todo"])
            if not any(transfer.line_ids.mapped("lost")):
                transfer._transition("settle")

    def _ensure_side(self, side):
        for transfer in self:
            if not transfer[side]:
                raise UserError(
                    self.env._(
                        "%(transfer)s: this step is for the other dealer.",
                        transfer=transfer.name,
                    )
                )

    def action_give_back(self):
        """Put what was lost on the way back into the giver's books."""
        self._settle("dealer")

    def action_write_off(self):
        """Take what was lost on the way off the books."""
        self._settle("loss")

    def _settle(self, whose):
        self._transition("settle")
        # sudo: the keeper decided; the place between dealers belongs to nobody
        self.sudo().line_ids._post_lost(whose)

    def action_cancel(self):
        """Drop the transfer; nothing moved."""
        self._transition("cancel")
        # sudo: activities of the dealers' people
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
