from odoo import api, fields, models
from odoo.exceptions import LockError, UserError


class RepairOrder(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "repair.order"

    can_start = fields.Boolean(compute="_compute_can_act")
    can_finish = fields.Boolean(compute="_compute_can_act")
    can_cancel = fields.Boolean(compute="_compute_can_act")

    @api.depends("state", "ticket_id")
    def _compute_can_act(self):
        for repair in self:
            ours = bool(repair.ticket_id)
            repair.can_start = ours and repair.state in ("draft", "confirmed")
            repair.can_finish = ours and repair._is_open()
            repair.can_cancel = ours and repair._is_open()

    def action_start(self):
        """Begin the work: parts are reserved from now on.

        :raises UserError: the repair is not open
        """
        self._ensure_can_work()
        for repair in self._lock():
            repair._start()

    def _start(self):
        """Core's confirmation and start, without its question about the machine.

        The machine is at the customer's, so that the warning that it is not in stock
        says nothing.
        """
        self.ensure_one()
        if self.state == "draft":
            self._action_repair_confirm()
        if self.state == "confirmed":
            self.action_repair_start()
            self.started_at = self.started_at or fields.Datetime.now()
        self.move_ids._action_assign()

    def action_finish(self):
        """Finish repairs: move the parts, note the facts, resolve their cases.

        :raises UserError: names what is missing, or says that it is finished already
        """
        self._ensure_can_work()
        for repair in self:
            repair._ensure_complete()
        locked = self._lock()
        self._ensure_can_work()
        for repair in locked:
            repair._finish()
        locked._note_facts()
        self._on_finished()

    def _ensure_can_work(self):
        """:raises UserError: not a case's repair, or not open any more"""
        self.check_access("write")
        for repair in self:
            if not repair.ticket_id:
                raise UserError(
                    self.env._(
                        "Repair %(repair)s belongs to no case; use the buttons of "
                        "the Repairs app.",
                        repair=repair.name,
                    )
                )
        self._ensure_lines_editable()

    def _lock(self):
        """The repairs under sudo, locked and fresh.

        Of two who press at once one wins and the other is told.
        """
        # sudo: a dealer's user has no stock rights; his right was checked before
        locked = self.sudo()
        try:
            locked.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%(repairs)s: somebody else is working on it at this moment. "
                    "Reload and try again.",
                    repairs=", ".join(self.mapped("name")),
                )
            ) from error
        locked.invalidate_recordset(["state"])
        return locked

    def _ensure_complete(self):
        """:raises UserError: names the first thing that is missing"""
        self.ensure_one()
        for is_missing, what in self._get_missing():
            if is_missing:
                raise UserError(
                    self.env._(
                        "Repair %(repair)s cannot be finished: %(what)s",
                        repair=self.name,
                        what=what,
                    )
                )

    def _get_missing(self):
        """Pairs of (is missing, sentence); extension point."""
        self.ensure_one()
        staff = self.sudo().staff_id  # sudo: company staff is hidden from dealers
        return [
            (not staff, self.env._("name the technician who did it.")),
            (
                bool(staff) and not staff.active,
                self.env._("its technician no longer works in service."),
            ),
            (
                not (self.labour_ids or self.move_ids),
                self.env._("add at least one labour or part line."),
            ),
            (
                not self._is_signed(),
                self.env._("let the customer sign, and write down his name."),
            ),
        ]

    def _finish(self):
        """Take the parts out of stock by core's own steps (runs under sudo)."""
        self.ensure_one()
        self._start()
        for move in self.move_ids:
            if move.product_uom.compare(move.quantity, move.product_uom_qty) != 0:
                move.quantity = move.product_uom_qty
            move.picked = True
        self.action_repair_end()
        self.finished_at = fields.Datetime.now()

    def _note_facts(self):
        """Tell card, job and case what the repair means (runs under sudo)."""
        for repair in self:
            moment = repair.finished_at
            if repair.card_id and repair.usage:
                repair.card_id._record_usage(
                    repair.usage, fields.Date.to_date(moment), "repair"
                )
            if repair.card_id:
                repair.card_id._stop_clock(
                    repair._get_report_date(),
                    fields.Date.to_date(moment),
                    repair._get_stop_reason(),
                )
            repair._finish_job()
            repeated = repair._search_repeated()
            for name in ("first_time_fix", "first_time_rate"):
                self.env.add_to_compute(self._fields[name], repeated)

    def _get_stop_reason(self):
        self.ensure_one()
        return self.env._("Repair %(repair)s", repair=self.name)

    def _finish_job(self):
        """End the visit and resolve the case, unless other work is open."""
        self.ensure_one()
        job, ticket = self.dispatch_id, self.ticket_id
        if job.state == "accepted":
            job.action_arrive()
        if job.state == "on_site" and not job.repair_ids.filtered(
            lambda r: r._is_open()
        ):
            job.action_finish()
        if not ticket._get_open_work():
            ticket._stamp("replied_at")
            ticket._stamp("resolved_at")

    def _on_finished(self):
        """Extension point: what follows from finished repairs, as the user."""

    def _get_delivery_blockers(self):
        """Sentences that say why the machine is not handed over yet; extension point.

        :return: list of str, empty when nothing stands against the delivery
        """
        self.ensure_one()
        return []

    def action_cancel_repair(self):
        """Give up repairs that were not finished; reserved parts are released."""
        self._ensure_can_work()
        for repair in self._lock():
            repair.action_repair_cancel()

    def _get_form_action(self):
        self.ensure_one()
        view = self.env.ref("aftersales_service.repair_order_view_form_aftersales")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Repair Record"),
            "res_model": "repair.order",
            "res_id": self.id,
            "views": [(view.id, "form")],
        }

    def action_open_ticket(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.ticket_id.id,
            "view_mode": "form",
        }
