from odoo import api, fields, models
from odoo.exceptions import AccessError

# Follow from cards, cases and deliveries; nobody types them.
CLOSED = {
    "state",
    "plan_id",
    "card_id",
    "due_date",
    "due_usage",
    "notified_days",
    "notified_on",
    "ticket_id",
    "done_on",
}


class AftersalesServiceReminder(models.Model):
    """How reminders come into being and are closed, for many machines at once."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.service.reminder"

    @api.model
    def _plan(self, cards, from_date, case_type=None, due_date=False, due_usage=0.0):
        """Plan the next service of machines, counted from a day.

        One reminder is open per machine and plan. An open one is moved only by the
        service itself (a case of the plan's type), or by another day agreed on.

        :param case_type: what the visit was for; empty for a new machine
        :param due_date: day agreed with the customer instead of the plan's
        :param due_usage: reading agreed with the customer instead of the plan's
        :return: the reminders that were planned or moved
        """
        plans = self.env["aftersales.service.plan"]._get_for_products(cards.product_id)
        open_ones = {
            (reminder.card_id, reminder.plan_id): reminder
            for reminder in self.search(
                [("card_id", "in", cards.ids), ("state", "=", "planned")]
            )
        }
        moved, vals_list = self.browse(), []
        for card in cards:
            plan = plans[card.product_id]
            if not plan:
                continue
            vals = self._prepare_due_vals(plan, card, from_date, due_date, due_usage)
            reminder = open_ones.get((card, plan))
            if not reminder:
                vals_list.append({"card_id": card.id, "plan_id": plan.id, **vals})
            elif case_type == plan.case_type_id or (
                due_date and due_date != reminder.due_date
            ):
                reminder.write(vals)
                moved |= reminder
        return moved | self.create(vals_list)

    @api.model
    def _prepare_due_vals(self, plan, card, from_date, due_date, due_usage):
        due = plan._get_due(from_date, card)
        return {
            "due_date": due_date or due.date,
            "due_usage": due_usage or due.usage,
            "notified_days": -1,
            "notified_on": False,
        }

    @api.model
    def _close_by_cases(self, tickets):
        """Close the reminders that these cases serve, and plan the next ones."""
        tickets = tickets.filtered("lot_id")
        if not tickets:
            return self.browse()
        by_machine = {(case.lot_id, case.case_type_id): case for case in tickets}
        served = self.search(
            [("lot_id", "in", tickets.lot_id.ids), ("state", "=", "planned")]
        ).filtered(lambda r: (r.lot_id, r.plan_id.case_type_id) in by_machine)
        today = fields.Date.context_today(self)
        for reminder in served:
            case = by_machine[reminder.lot_id, reminder.plan_id.case_type_id]
            reminder.write({"state": "done", "ticket_id": case.id, "done_on": today})
        if served:
            served.activity_unlink(["mail.mail_activity_data_call"])
            self._plan(served.card_id, today)
        return served

    @api.model
    def _note_readings(self, cards):
        """A machine that has reached its reading is due now, whatever the date."""
        today = fields.Date.context_today(self)
        reached = self.search(
            [
                ("card_id", "in", cards.ids),
                ("state", "=", "planned"),
                ("due_usage", ">", 0),
            ]
        ).filtered(
            lambda r: (
                r.card_id.usage >= r.due_usage
                and (not r.due_date or r.due_date > today)
            )
        )
        reached.write({"due_date": today})
        return reached

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._ensure_open({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._ensure_open(vals)
        return super().write(vals)

    @api.model
    def _ensure_open(self, names):
        closed = [name for name in CLOSED if name in names]
        if closed:
            labels = (self._fields[n]._description_string(self.env) for n in closed)
            raise AccessError(
                self.env._(
                    "%(fields)s of a service reminder follow from cards, cases and "
                    "deliveries.",
                    fields=", ".join(sorted(labels)),
                )
            )
