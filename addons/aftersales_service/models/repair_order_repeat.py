from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class RepairOrder(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    first_time_fix = fields.Boolean(
        compute="_compute_first_time_fix",
        store=True,
        help="Finished, and the same fault has not come back on the same machine "
        "within the time set for repeat repairs.",
    )

    _first_time_fix_idx = models.Index(
        "(lot_id, symptom_id, finished_at) WHERE state = 'done' AND lot_id IS NOT NULL"
    )

    @api.depends("state", "lot_id", "symptom_id", "finished_at")
    def _compute_first_time_fix(self):
        known = self.filtered(lambda r: r.state == "done" and r.lot_id)
        (self - known).first_time_fix = False
        for repair in known:
            repair.first_time_fix = not repair._search_repeats(limit=1)

    def _search_repeats(self, limit=None):
        """Later finished repairs of the same fault within the repeat time."""
        self.ensure_one()
        if not self.symptom_id or not self.finished_at:
            return self.browse()
        days = timedelta(days=self.company_id.aftersales_repeat_days)
        # sudo: whoever repairs it again
        return self.sudo().search(
            [
                ("state", "=", "done"),
                ("lot_id", "=", self.lot_id.id),
                ("symptom_id", "=", self.symptom_id.id),
                ("finished_at", ">", self.finished_at),
                ("finished_at", "<=", self.finished_at + days),
            ],
            limit=limit,
        )

    def _search_repeated(self):
        """Earlier finished repairs whose fault this one shows to have come back."""
        self.ensure_one()
        if not (self.lot_id and self.symptom_id and self.finished_at):
            return self.browse()
        days = timedelta(days=self.company_id.aftersales_repeat_days)
        # sudo: whoever repaired it before
        return self.sudo().search(
            [
                ("state", "=", "done"),
                ("lot_id", "=", self.lot_id.id),
                ("symptom_id", "=", self.symptom_id.id),
                ("finished_at", "<", self.finished_at),
                ("finished_at", ">=", self.finished_at - days),
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
