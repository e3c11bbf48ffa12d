from odoo import api, fields, models
from odoo.exceptions import UserError


class RepairOrder(models.Model):
    """Nothing leaves the workshop unchecked where a plan demands checks."""

    _inherit = "repair.order"

    quality_check_ids = fields.One2many(
        "aftersales.quality.check", "repair_id", string="Quality Checks", readonly=True
    )
    quality_state = fields.Selection(
        selection=[
            ("to_check", "To Check"),
            ("checking", "Being Checked"),
            ("redo", "To Redo"),
            ("passed", "Passed"),
        ],
        string="Quality",
        compute="_compute_quality",
        store=True,
    )
    quality_redo_count = fields.Integer(
        string="Redone",
        compute="_compute_quality",
        store=True,
        help="How many times a quality check sent the work back.",
    )
    can_withdraw_check = fields.Boolean(compute="_compute_can_withdraw_check")

    @api.depends("quality_check_ids.state")
    def _compute_quality(self):
        for repair in self:
            checks = repair.quality_check_ids
            states = set(repair._get_last_round().mapped("state"))
            repair.quality_redo_count = len(
                checks.filtered(lambda check: check.state == "failed")
            )
            if not states:
                repair.quality_state = False
            elif states == {"passed"}:
                repair.quality_state = "passed"
            elif "passed" in states:
                repair.quality_state = "checking"
            else:
                redo = repair.quality_redo_count
                repair.quality_state = "redo" if redo else "to_check"

    @api.depends("state", "quality_state")
    def _compute_can_withdraw_check(self):
        for repair in self:
            repair.can_withdraw_check = (
                repair._is_open() and repair._is_in_quality_check()
            )

    def _get_last_round(self):
        """The checks of the round that counts."""
        self.ensure_one()
        checks = self.quality_check_ids
        last = max(checks.mapped("round"), default=0)
        return checks.filtered(lambda check: check.round == last)

    @api.model_create_multi
    def create(self, vals_list):
        repairs = super().create(vals_list)
        repairs._start_missing_rounds()
        return repairs

    def _start_missing_rounds(self):
        """Ask for the checks of open repairs that a plan demands and none has yet."""
        for repair in self.sudo():  # sudo: plans are the company's
            if repair.ticket_id and repair._is_open() and not repair.quality_check_ids:
                repair._start_quality_round()

    def _get_quality_plan(self):
        """The plan that holds for this repair; extension point."""
        self.ensure_one()
        # sudo: plans are the company's
        return self.env["aftersales.quality.plan"].sudo()._find(self.sudo())

    def _start_quality_round(self):
        """Lay out one check per level demanded; the first one is open at once.

        Runs under sudo. A repair that was begun under a plan stays with its levels'
        present rules: the plan is looked up anew each round.
        """
        self.ensure_one()
        plan = self._get_quality_plan()
        number = max(self.quality_check_ids.mapped("round"), default=0) + 1
        checks = self.env["aftersales.quality.check"].create(
            [
                self._prepare_quality_check_vals(plan, level, rank, number)
                for rank, level in enumerate(plan._get_levels(), start=1)
            ]
        )
        checks.item_ids._copy_wording()

    def _prepare_quality_check_vals(self, plan, level, rank, number):
        self.ensure_one()
        items = plan.item_ids.filtered(lambda item: item.level in (level, False))
        return {
            "repair_id": self.id,
            "plan_id": plan.id,
            "level": level,
            "rank": rank,
            "round": number,
            "state": "open" if rank == 1 else "waiting",
            "opened_at": fields.Datetime.now() if rank == 1 else False,
            "item_ids": [
                fields.Command.create(
                    {
                        "plan_item_id": item.id,
                        "name": item.name,
                        "sequence": item.sequence,
                    }
                )
                for item in items
            ],
        }

    # WHAT IT STOPS

    def _get_missing(self):
        sentence = self._get_quality_missing()
        return [*super()._get_missing(), (bool(sentence), sentence)]

    def _get_delivery_blockers(self):
        blockers = super()._get_delivery_blockers()
        sentence = self._is_open() and self._get_quality_missing()
        return [*blockers, sentence] if sentence else blockers

    def _get_quality_missing(self):
        """What the quality check still wants, as a sentence; empty if nothing."""
        self.ensure_one()
        repair = self.sudo()  # sudo: the checks of all levels count
        checks = repair._get_last_round()
        if not checks:
            if not repair.ticket_id or not repair._get_quality_plan():
                return ""
            return self.env._("open its quality checks and have them passed.")
        for check in checks.sorted("rank"):
            if check.state != "passed":
                return self.env._(
                    "its quality check is not passed: %(check)s is to be done by "
                    "%(who)s.",
                    check=check.display_name,
                    who=check._get_checker_text(),
                )
        return ""

    # ACTIONS

    def action_open_quality_checks(self):
        """Show the checks; those that a plan demands meanwhile are laid out first."""
        self.ensure_one()
        self.check_access("read")
        self._start_missing_rounds()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_quality.aftersales_quality_check_action"
        )
        open_check = self.quality_check_ids.filtered("is_mine")[:1]
        if open_check:
            form = [view for view in action["views"] if view[1] == "form"]
            action.update(res_id=open_check.id, views=form)
        return {**action, "domain": [("repair_id", "=", self.id)], "context": {}}

    def action_withdraw_check(self):
        """Take the work back from the check to change it; all levels check again.

        :raises UserError: it is not being checked
        """
        self._ensure_can_work()
        for repair in self._lock():
            if not repair._is_in_quality_check():
                raise UserError(
                    self.env._(
                        "Repair %(repair)s is not being checked; change what you like.",
                        repair=repair.name,
                    )
                )
            checks = repair._get_last_round()
            checks._transition("void")
            repair._start_quality_round()
            repair.message_post(body=self.env._("Taken back from the quality check."))
