from odoo import api, models
from odoo.exceptions import AccessError

# Facts that only an act may state; nobody writes them by hand.
FACT_FIELDS = (
    "replied_at",
    "arranged_at",
    "contacted_at",
    "arrived_at",
    "resolved_at",
    "reopen_count",
)


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_facts({name for vals in vals_list for name in vals})
            self.env.user.dealer_id._ensure_may_operate()
        for vals in vals_list:
            self._complete_serial(vals)
        tickets = super().create(vals_list)
        unassigned = [
            ticket.id
            for ticket, vals in zip(tickets, vals_list, strict=True)
            if "dealer_id" not in vals
        ]
        tickets.browse(unassigned)._assign_dealer()
        tickets._complete_intake()
        tickets._plan_promised_reply()
        return tickets

    def write(self, vals):
        if not self.env.su:
            self._check_facts(vals)
        vals = dict(vals)
        self._complete_serial(vals)
        result = True
        for tickets, values in self._split_by_stage(vals):
            result = super(HelpdeskTicket, tickets).write(values)
        if {"promised_at", "user_id"} & vals.keys():
            self._plan_promised_reply()
        return result

    def _split_by_stage(self, vals):
        """Pairs of cases and values, so that only those that change stage are moved.

        Mends helpdesk_mgmt, which takes every write of a stage for a move and never
        clears the day of closing when a case is opened again.
        """
        if not vals.get("stage_id"):
            return [(self, vals)]
        stage = self.env["helpdesk.ticket.stage"].browse(vals["stage_id"])
        moved = self.filtered(lambda ticket: ticket.stage_id != stage)
        reopened = moved.filtered("closed") if not stage.closed else self.browse()
        moved._ensure_can_move(stage)
        reopened._ensure_can_reopen()
        rest = {name: value for name, value in vals.items() if name != "stage_id"}
        pairs = [(self - moved, rest)] if rest else []
        pairs.append((moved - reopened, dict(vals)))
        pairs += [(case, {**vals, **case._prepare_reopen_vals()}) for case in reopened]
        return [(tickets, values) for tickets, values in pairs if tickets]

    @api.model
    def _get_fact_fields(self):
        """Fields that only an act may state; extension point."""
        return FACT_FIELDS

    @api.model
    def _check_facts(self, names):
        facts = [name for name in self._get_fact_fields() if name in names]
        if facts:
            labels = (self._fields[n]._description_string(self.env) for n in facts)
            raise AccessError(
                self.env._(
                    "%(fields)s of a case cannot be set by hand; the buttons of the "
                    "case and of its jobs do it.",
                    fields=", ".join(labels),
                )
            )
