from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class RepairOrder(models.Model):
    """Whether a repair held: same serial number, same fault, within the days set.

    Whoever did the first and the second repair. What counts is when the customer
    reported the fault again, not when somebody got round to it.
    """

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    first_time_fix = fields.Boolean(
        compute="_compute_first_time_fix",
        store=True,
        help="Finished, and the same fault has not come back on the same machine "
        "within the time set for repeat repairs.",
    )
    first_time_rate = fields.Float(
        string="First-Time Fix (%)",
        compute="_compute_first_time_fix",
        store=True,
        aggregator="avg",
        help="100 when the fault did not come back, else 0: its average is the rate.",
    )
    repeat_of_id = fields.Many2one(
        "repair.order",
        string="Repeat of Repair",
        compute="_compute_repeat_of_id",
        store=True,
        index="btree_not_null",
        groups="base.group_user,!aftersales_dealer.group_dealer_user",
        help="The last earlier repair of this fault on this machine, whoever did it.",
    )
    is_repeat = fields.Boolean(
        string="Repeat Repair",
        compute="_compute_repeat_of_id",
        store=True,
        help="The same fault was repaired on this machine before, within the time set.",
    )

    _first_time_fix_idx = models.Index(
        "(lot_id, symptom_id, finished_at) WHERE state = 'done' AND lot_id IS NOT NULL"
    )

    @api.depends("state", "lot_id", "symptom_id", "finished_at")
    def _compute_first_time_fix(self):
        known = self.filtered(lambda r: r.state == "done" and r.lot_id)
        (self - known).first_time_fix = False
        (self - known).first_time_rate = 0.0
        for repair in known:
            repair.first_time_fix = not repair._search_repeats(limit=1)
            repair.first_time_rate = 100.0 if repair.first_time_fix else 0.0

    @api.depends("state", "lot_id", "symptom_id", "finished_at")
    def _compute_repeat_of_id(self):
        known = self.filtered(lambda r: r.state == "done" and r._has_known_fault())
        (self - known).repeat_of_id = False
        (self - known).is_repeat = False
        repairs = self._group_finished_repairs(known.lot_id, known.symptom_id)
        for repair in known:
            since = repair._get_repeat_start()
            earlier = [
                other
                for other in repairs.get((repair.lot_id.id, repair.symptom_id.id), [])
                if since <= other.finished_at < repair.finished_at
            ]
            repair.repeat_of_id = earlier[-1] if earlier else False
            repair.is_repeat = bool(earlier)

    def _has_known_fault(self):
        """Whether the repair can be compared: machine, symptom and end are known."""
        self.ensure_one()
        return bool(self.lot_id and self.symptom_id and self.finished_at)

    def _get_repeat_start(self):
        """The first moment at which an earlier repair of the fault should have held."""
        self.ensure_one()
        # sudo: the case may be hidden from whoever finishes a later repair
        reported = self.sudo().ticket_id.reported_at or self.finished_at
        return reported - timedelta(days=self.company_id.aftersales_repeat_days)

    @api.model
    def _group_finished_repairs(self, lots, symptoms):
        """Finished repairs of these machines and symptoms, oldest first.

        :return: dict of (lot id, symptom id) to a list of repairs
        """
        grouped = {}
        if not lots or not symptoms:
            return grouped
        # sudo: whoever repaired it; what a user may see of it the reader decides
        repairs = self.env["repair.order"].sudo()
        domain = [
            ("state", "=", "done"),
            ("lot_id", "in", lots.ids),
            ("symptom_id", "in", symptoms.ids),
            ("finished_at", "!=", False),
        ]
        for repair in repairs.search(domain, order="finished_at, id"):
            key = (repair.lot_id.id, repair.symptom_id.id)
            grouped.setdefault(key, []).append(repair)
        return grouped

    def _search_repeats(self, limit=None):
        """Later finished repairs of the same fault, reported within the repeat time."""
        self.ensure_one()
        if not self._has_known_fault():
            return self.browse()
        until = self.finished_at + timedelta(
            days=self.company_id.aftersales_repeat_days
        )
        again = (
            Domain("ticket_id", "!=", False)
            & Domain("ticket_id.reported_at", "<=", until)
        ) | (Domain("ticket_id", "=", False) & Domain("finished_at", "<=", until))
        # sudo: whoever repairs it again
        return self.sudo().search(
            Domain("state", "=", "done")
            & Domain("lot_id", "=", self.lot_id.id)
            & Domain("symptom_id", "=", self.symptom_id.id)
            & Domain("finished_at", ">", self.finished_at)
            & again,
            limit=limit,
        )

    def _search_repeated(self):
        """Earlier finished repairs whose fault this one shows to have come back."""
        self.ensure_one()
        if not self._has_known_fault():
            return self.browse()
        # sudo: whoever repaired it before
        return self.sudo().search(
            [
                ("state", "=", "done"),
                ("lot_id", "=", self.lot_id.id),
                ("symptom_id", "=", self.symptom_id.id),
                ("finished_at", "<", self.finished_at),
                ("finished_at", ">=", self._get_repeat_start()),
            ]
        )

    @api.model
    def _search_recent_repairs(self, domain):
        """The last three repairs finished within the repeat time."""
        days = self.env.company.aftersales_repeat_days
        since = fields.Datetime.now() - timedelta(days=days)
        return self.search(
            domain & Domain("state", "=", "done") & Domain("finished_at", ">=", since),
            order="finished_at desc",
            limit=3,
        )
