from odoo import fields, models
from odoo.exceptions import UserError

from .aftersales_stocking_plan import DEALER_MANAGER, KEEPER, MANAGER


class AftersalesStockingPlan(models.Model):
    """Handing in, refusing, approving, sending back, closing."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.stocking.plan"

    def _is_transition_allowed(self, name):
        allowed = super()._is_transition_allowed(name)
        if name == "approve" and self.needs_manager and not self.env.su:
            return allowed and self.env.user.has_group(MANAGER)
        if name == "order":
            return allowed and not self.live_order_id
        return allowed

    def action_submit(self):
        """The dealer hands his quantities in.

        :raises UserError: nothing to stock, or less than proposed without a reason;
            names the parts
        """
        self._ensure_can("submit")
        for plan in self:
            plan._ensure_complete()
        today = fields.Date.context_today(self)
        for plan in self:
            first = {}
            if not plan.submitted_on:
                first = {"submitted_on": today, "submitted_by": self.env.uid}
            plan._transition("submit", first)
        # sudo: what the company is asked to approve is what the dealer entered
        for line in self.sudo().line_ids:
            line.approved_quantity = line.quantity
        self._end_tasks()
        self._plan_task(self._get_keepers, "approve")

    def _ensure_complete(self):
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%(plan)s has no line. Press “Propose”, or add the parts you will "
                    "stock.",
                    plan=self.name,
                )
            )
        silent = self.line_ids.filtered(
            lambda line: line.is_lowered and not (line.dealer_reason or "").strip()
        )
        if silent:
            raise UserError(
                self.env._(
                    "%(plan)s: less than proposed of %(parts)s. Enter the reason on "
                    "these lines, or the proposed quantity.",
                    plan=self.name,
                    parts=", ".join(silent.mapped("product_id.display_name")),
                )
            )

    def action_refuse(self):
        """Open the dialog that asks why the dealer does not plan."""
        self._ensure_can("refuse")
        return self._ask_reason("refuse")

    def action_send_back(self):
        """Open the dialog that asks what the dealer shall change."""
        self._ensure_can("send_back")
        return self._ask_reason("send_back")

    def _ask_reason(self, step):
        names = {
            "refuse": self.env._("Refuse the Plan"),
            "send_back": self.env._("Send Back"),
        }
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_stocking.aftersales_stocking_reason_action"
            ),
            "name": names[step],
            "context": {"default_plan_ids": self.ids, "default_step": step},
        }

    def _refuse(self, reason):
        """The dealer does not plan: on record, with who said so and why."""
        self._transition(
            "refuse",
            {
                "refused_on": fields.Date.context_today(self),
                "refused_by": self.env.uid,
                "refuse_reason": reason,
            },
        )
        self._end_tasks()

    def _send_back(self, reason):
        """The dealer shall change it, by the reason given."""
        self._transition(
            "send_back",
            {
                "sent_back_on": fields.Date.context_today(self),
                "send_back_reason": reason,
            },
        )
        self._end_tasks()
        self._plan_task(self._get_dealer_people, "change")

    def action_reopen(self):
        """Take the refusal back; that there was one stays in the chatter."""
        self._transition(
            "reopen",
            {"refused_on": False, "refused_by": False, "refuse_reason": False},
        )

    def action_approve(self):
        """Approve what the dealer will stock.

        :raises UserError: worth more than the keeper may approve
        """
        self._ensure_can("approve")
        for plan in self:
            if plan.needs_manager and not self.env.user.has_group(MANAGER):
                raise UserError(plan._get_limit_refusal())
        self._transition(
            "approve",
            {
                "approved_on": fields.Date.context_today(self),
                "approved_by": self.env.uid,
            },
        )
        self._end_tasks()
        self._plan_task(self._get_dealer_people, "order")

    def _get_limit_refusal(self):
        self.ensure_one()
        # sudo: a setting of the company
        limit = self.sudo().company_id.aftersales_stocking_limit
        return self.env._(
            "%(plan)s is worth %(value)s; you may approve up to %(limit)s. Ask the "
            "after-sales manager to approve it.",
            plan=self.name,
            value=self.currency_id.format(self.value),
            limit=self.currency_id.format(limit),
        )

    def action_close(self):
        """Close the plan; its figures stay."""
        self._transition("close", {"closed_on": fields.Date.context_today(self)})
        self._end_tasks()

    # TASKS

    def _get_task_texts(self):
        """Summaries of the tasks, in the language of the environment."""
        return {
            "approve": self.env._("Approve the stocking plan"),
            "change": self.env._("Change the stocking plan and hand it in again"),
            "order": self.env._("Order the parts of the stocking plan"),
            "before": self.env._("Hand in the stocking plan"),
            "due": self.env._("Today is the last day: hand in the stocking plan"),
            "late": self.env._(
                "The stocking plan is late: cases that wait for these parts are yours "
                "to answer for"
            ),
        }

    def _get_dealer_people(self):
        """The dealer's managers, or somebody of his."""
        self.ensure_one()
        users = self.dealer_id.user_ids
        managers = users.filtered(lambda user: user.has_group(DEALER_MANAGER))
        return managers or users[:1]

    def _get_keepers(self):
        """Who may approve this plan."""
        self.ensure_one()
        group = self.env.ref(MANAGER if self.needs_manager else KEEPER)
        return group.all_user_ids.filtered(
            lambda user: (
                not user.is_dealer
                and user.active
                and self.company_id in user.company_ids
            )
        )[:5]

    def _plan_task(self, get_users, kind):
        """One activity per person, in his language.

        :param get_users: method that gives a plan's people
        :param kind: key of :meth:`_get_task_texts`
        """
        # sudo: people of the other side are hidden from whoever takes the step
        for plan in self.sudo():
            for user in getattr(plan, get_users.__name__)():
                translated = plan.with_context(lang=user.lang or self.env.lang)
                plan.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    date_deadline=plan._get_task_deadline(kind),
                    summary=translated._get_task_texts()[kind],
                )

    def _get_task_deadline(self, kind):
        self.ensure_one()
        today = fields.Date.context_today(self)
        return max(self.due_date, today) if kind in ("before", "due") else today

    def _end_tasks(self):
        # sudo: done is done, whoever's task it was
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
