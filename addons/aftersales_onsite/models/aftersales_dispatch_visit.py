from odoo import api, fields, models
from odoo.exceptions import UserError


class AftersalesDispatch(models.Model):
    """The visit: check-in and check-out with time and place."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.dispatch"

    stamp_ids = fields.One2many(
        "aftersales.dispatch.stamp", "dispatch_id", readonly=True
    )
    checked_in_at = fields.Datetime(
        string="Checked In",
        compute="_compute_visit",
        store=True,
        help="First check-in at the customer's.",
    )
    checked_out_at = fields.Datetime(
        string="Checked Out",
        compute="_compute_visit",
        store=True,
        help="Last check-out; empty while the technician is there.",
    )
    is_inside = fields.Boolean(
        string="At the Customer's", compute="_compute_visit", store=True
    )
    can_check_in = fields.Boolean(compute="_compute_can_visit")
    can_check_out = fields.Boolean(compute="_compute_can_visit")

    @api.depends("stamp_ids.kind", "stamp_ids.moment")
    def _compute_visit(self):
        for job in self:
            stamps = job.stamp_ids.sorted(lambda s: (s.moment, s.id))
            last = stamps[-1:]
            job.checked_in_at = stamps[:1].moment
            job.is_inside = last.kind == "in"
            job.checked_out_at = last.moment if last.kind == "out" else False

    @api.depends_context("uid")
    @api.depends("state", "staff_id", "is_inside")
    def _compute_can_visit(self):
        for job in self:
            job.can_appoint = job._is_appointable()
            job.can_check_in = job._is_check_possible("in")
            job.can_check_out = job._is_check_possible("out")

    def _is_check_possible(self, kind):
        self.ensure_one()
        if not self._is_performer():
            return False
        if kind == "out":
            return self.is_inside
        return self.state in ("accepted", "on_site") and not self.is_inside

    def action_check_in(self, position=None):
        """Begin a visit: the technician is at the customer's.

        :param dict position: what the device says: latitude and longitude in degrees
            (WGS 84), accuracy in metres; or ``{"unplaced": reason}``
        :raises UserError: not accepted, checked in already, or no place on earth
        """
        self._ensure_can_check("in")
        vals = self._prepare_position_vals(position)
        self.filtered(lambda job: job.state == "accepted").action_arrive()
        self._create_stamps("in", vals)
        return True

    def action_check_out(self, position=None):
        """End a visit; the job stays open when its repair does.

        :param dict position: see :meth:`action_check_in`
        :raises UserError: not checked in, or no place on earth
        """
        self._ensure_can_check("out")
        self._create_stamps("out", self._prepare_position_vals(position))
        return True

    def _ensure_can_check(self, kind):
        self.check_access("write")
        # sudo: a lock needs no more than the right that was checked
        self.sudo()._lock_for_transition()
        self.invalidate_recordset(["is_inside"])
        for job in self:
            if not job._is_check_possible(kind):
                raise UserError(job._get_check_refusal(kind))

    def _get_check_refusal(self, kind):
        self.ensure_one()
        if not self._is_performer():
            return self.env._(
                "Only %(staff)s or a dispatcher can do this on job %(job)s.",
                staff=self.sudo().staff_id.name,  # sudo: hidden company staff
                job=self.name,
            )
        if kind == "out":
            return self.env._(
                "Nobody is checked in on job %(job)s. Check in first.", job=self.name
            )
        if self.is_inside:
            return self.env._(
                "Job %(job)s is checked in already. Check out when you leave.",
                job=self.name,
            )
        return self.env._(
            "Accept job %(job)s before you check in; a finished one is not visited "
            "again.",
            job=self.name,
        )

    @api.model
    def _prepare_position_vals(self, position):
        """Values of a stamp's place, from what the device says."""
        position = position or {}
        if "latitude" not in position:
            reasons = self.env["aftersales.dispatch.stamp"]._fields["unplaced_reason"]
            reason = position.get("unplaced")
            known = reason in dict(reasons.selection)
            return {
                "is_placed": False,
                "unplaced_reason": reason if known else "unsupported",
            }
        try:
            latitude, longitude, accuracy = (
                float(position.get(name) or 0)
                for name in ("latitude", "longitude", "accuracy")
            )
        except (TypeError, ValueError):
            latitude = longitude = accuracy = float("nan")
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and accuracy >= 0):
            raise UserError(
                self.env._(
                    "The device tells a place that does not exist. Switch its location "
                    "off and on, or check in without a place."
                )
            )
        return {
            "latitude": latitude,
            "longitude": longitude,
            "accuracy": min(accuracy, 99999999.0),
            "is_placed": True,
        }

    def _create_stamps(self, kind, vals):
        moment = fields.Datetime.now()
        # sudo: stamps are facts that nobody writes by hand
        self.env["aftersales.dispatch.stamp"].sudo().create(
            [
                {**vals, "dispatch_id": job.id, "kind": kind, "moment": moment}
                for job in self
            ]
        )

    def action_onsite(self):
        """Open the job as the technician sees it on his telephone."""
        self.ensure_one()
        view = self.env.ref("aftersales_onsite.aftersales_dispatch_view_form_onsite")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("On Site"),
            "res_model": "aftersales.dispatch",
            "res_id": self.id,
            "views": [(view.id, "form")],
        }

    def action_onsite_repair(self):
        """Open the repair record of the visit, created when there is none yet.

        :raises UserError: the job was not accepted
        """
        self.ensure_one()
        self.action_create_repair()
        repair = self.repair_ids.filtered(lambda r: r.state != "cancel")[:1]
        return repair.action_onsite()
