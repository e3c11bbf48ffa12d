from odoo import fields, models
from odoo.exceptions import AccessError, UserError

REDO_ACTIVITY = "aftersales_quality.mail_activity_type_redo"


class AftersalesQualityCheck(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.quality.check"

    def _ensure_can(self, name):
        result = super()._ensure_can(name)
        for check in self:
            if not check._is_checker():
                raise AccessError(check._get_checker_refusal())
        return result

    def _get_checker_refusal(self):
        self.ensure_one()
        if self.level != "self" and self._is_own_work():
            return self.env._(
                "%(check)s: nobody checks his own work on this level. Ask %(who)s.",
                check=self.display_name,
                who=self._get_checker_text(),
            )
        return self.env._(
            "%(check)s is to be done by %(who)s.",
            check=self.display_name,
            who=self._get_checker_text(),
        )

    def _get_checker_text(self):
        """Who does this check, in words."""
        self.ensure_one()
        check = self.sudo()  # sudo: hidden company staff
        if self.level == "self":
            return check.staff_id.name or self.env._("the technician")
        if self.level == "inspector":
            return self.env._("an inspector")
        if check.dealer_id:
            return self.env._("the service manager of %s", check.dealer_id.name)
        return self.env._("the service manager")

    def action_pass(self):
        """Say that the work is good; the next level is asked, if there is one.

        :raises AccessError: not the user's check, or his own work
        :raises UserError: an item was not looked at or is not in order; names it
        """
        self._ensure_can("pass")
        for check in self:
            check._ensure_items_good()
        self._transition("pass", self._prepare_checked_vals())
        for check in self.sudo():  # sudo: the next level is another's
            check._end_redo()
            check._open_next()

    def action_fail(self):
        """Send the work back to the technician; he presents it again.

        :raises AccessError: not the user's check, or his own work
        :raises UserError: neither a defect nor what is to be done again is named
        """
        self._ensure_can("fail")
        for check in self:
            check._ensure_defect_named()
        self._transition("fail", self._prepare_checked_vals())
        for check in self.sudo():  # sudo: the other levels are others'
            check._send_back()

    def _prepare_checked_vals(self):
        return {"checked_at": fields.Datetime.now(), "checked_by_id": self.env.uid}

    def _ensure_items_good(self):
        self.ensure_one()
        unseen = self.item_ids.filtered(lambda item: not item.result)
        if unseen:
            raise UserError(
                self.env._(
                    "%(check)s: look at these first: %(items)s.",
                    check=self.display_name,
                    items=", ".join(unseen.mapped("name")),
                )
            )
        bad = self.item_ids.filtered(lambda item: item.result == "bad")
        if bad or self.defect_ids:
            raise UserError(
                self.env._(
                    "%(check)s cannot pass with a defect: %(items)s. Press “Failed”, "
                    "or correct what you noted.",
                    check=self.display_name,
                    items=", ".join(
                        bad.mapped("name") + self.defect_ids.mapped("display_name")
                    ),
                )
            )

    def _ensure_defect_named(self):
        self.ensure_one()
        if not self.defect_ids or not (self.redo or "").strip():
            raise UserError(
                self.env._(
                    "%(check)s: name the defect, and write down what is to be done "
                    "again.",
                    check=self.display_name,
                )
            )

    def _get_round(self):
        """All checks of this one's round."""
        self.ensure_one()
        return self.repair_id.quality_check_ids.filtered(
            lambda check: check.round == self.round
        )

    def _end_redo(self):
        """What was to be redone is done once the first check of it passes."""
        self.ensure_one()
        self.repair_id.activity_feedback(
            [REDO_ACTIVITY],
            feedback=self.env._("%(check)s passed.", check=self.display_name),
        )

    def _open_next(self):
        """Put the next level of the round into its queue (runs under sudo)."""
        self.ensure_one()
        waiting = self._get_round().filtered(lambda check: check.state == "waiting")
        following = waiting.sorted("rank")[:1]
        following._transition("open", {"opened_at": fields.Datetime.now()})
        if not following:
            self.repair_id.message_post(
                body=self.env._("The quality check is passed on all levels.")
            )

    def _send_back(self):
        """End the round, tell the technician, begin the next (runs under sudo)."""
        self.ensure_one()
        self._get_round().filtered(lambda c: c.state == "waiting")._transition("void")
        repair = self.repair_id
        body = self.env._(
            "%(check)s failed (%(defects)s). To do again: %(redo)s",
            check=self.display_name,
            defects=", ".join(self.defect_ids.mapped("name")),
            redo=self.redo,
        )
        repair.message_post(body=body)
        user = repair.staff_id.user_id
        if user:
            repair.activity_schedule(
                REDO_ACTIVITY,
                summary=self.env._("Redo repair %s", repair.name),
                note=body,
                user_id=user.id,
            )
        repair._start_quality_round()
