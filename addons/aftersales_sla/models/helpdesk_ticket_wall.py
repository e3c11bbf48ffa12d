from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

WALL_LIMIT = 60


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    @api.model
    @api.readonly
    def get_clock_wall(self, limit=WALL_LIMIT):
        """What the wall of clocks shows: the promises that are due next.

        :return: dict with ``now`` (the server's), ``counts`` per kind and ``tiles``,
            the most urgent first
        """
        running = Domain("next_deadline", "!=", False)
        tickets = self.search(running, order="next_deadline, id", limit=limit)
        return {
            "now": fields.Datetime.to_string(fields.Datetime.now()),
            "counts": self._get_wall_counts(),
            "tiles": [ticket._prepare_wall_tile() for ticket in tickets],
        }

    @api.model
    def _get_wall_counts(self):
        now = fields.Datetime.now()
        soon = now + timedelta(hours=1)
        due = Domain("next_deadline", ">", now)
        domains = {
            "late": Domain("next_deadline", "<=", now),
            "soon": due & Domain("next_deadline", "<=", soon),
            "later": Domain("next_deadline", ">", soon),
            "paused": Domain("sla_state", "=", "paused"),
        }
        return {name: self.search_count(domain) for name, domain in domains.items()}

    def _prepare_wall_tile(self):
        """What one tile says; extension point."""
        self.ensure_one()
        targets = dict(self._fields["next_target"]._description_selection(self.env))
        return {
            "id": self.id,
            "number": self.number,
            "title": self.name,
            "who": " · ".join(filter(None, (self.partner_name, self.dealer_id.name))),
            "level": self.service_level_id.code or "",
            "severity": self.severity,
            "target": targets[self.next_target],
            "deadline": fields.Datetime.to_string(self.next_deadline),
            "state": self.sla_state,
        }
