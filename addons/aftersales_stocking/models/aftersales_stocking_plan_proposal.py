from collections import defaultdict

from odoo import api, models
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.aftersales_parts_stock.models.aftersales_parts_level_proposal import (
    _round_up,
)

# Pieces used in repairs between two moments, by dealer and part.
USED = """
    SELECT repair.dealer_id, move.product_id, SUM(move.product_qty)
      FROM stock_move move
      JOIN repair_order repair ON repair.id = move.repair_id
     WHERE move.state = 'done'
       AND move.repair_line_type = 'add'
       AND repair.ticket_id IS NOT NULL
       AND repair.dealer_id IS NOT NULL
       AND move.date >= %(begin)s
       AND move.date < %(end)s
  GROUP BY repair.dealer_id, move.product_id
"""


class AftersalesStockingPlan(models.Model):
    """What a dealer will need in the season, with the figures it comes from."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.stocking.plan"

    def action_propose(self):
        """Propose quantities; what the dealer entered himself stays.

        Needed = the better of the last two seasons, or, if more, the peers' use per
        machine in the better of theirs × the dealer's own machines that the part fits.
        Less what he has and what is on its way to him, rounded up.
        """
        self._transition("propose")
        # sudo: peers' use and stock are counted, never shown
        self.sudo()._propose()

    def _propose(self):
        """Write the proposals of all plans; facts are read once per season."""
        groups = self.grouped(lambda plan: (plan.season_id, plan.year, plan.company_id))
        for plans in groups.values():
            facts = plans._get_facts()
            for plan in plans:
                plan._write_proposal(facts)

    def _get_facts(self):
        """What the proposals of these plans of one season look at.

        :return: dict with ``years`` (last two, the latest first), ``used`` (year to
            dict of (dealer, part) to pieces), ``machines``, ``on_hand``, ``on_order``
        """
        plan = self[:1]
        years = (plan.year - 1, plan.year - 2)
        levels = self.env["aftersales.parts.level"]
        return {
            "years": years,
            "used": {year: self._get_used(*plan._get_moments(year)) for year in years},
            "machines": levels._get_machines_in_the_field(),
            "on_hand": self._get_on_hand(),
            "on_order": self._get_on_order(),
        }

    @api.model
    def _get_used(self, begin, end):
        """Pieces used in repairs of cases, of all dealers: peers are compared.

        :return: dict of (dealer, part) to float
        """
        self.env["stock.move"].flush_model()
        self.env["repair.order"].flush_model()
        dealers = self.env["aftersales.dealer"]
        parts = self.env["product.product"]
        rows = self.env.execute_query(SQL(USED, begin=begin, end=end))
        parts.browse({row[1] for row in rows}).fetch(["part_class_id", "categ_id"])
        return {
            (dealers.browse(dealer), parts.browse(part)): quantity
            for dealer, part, quantity in rows
        }

    def _get_on_hand(self):
        """Pieces at the dealers' places, by dealer and part."""
        groups = self.env["stock.quant"]._read_group(
            [("dealer_id", "in", self.dealer_id.ids)],
            ["dealer_id", "product_id"],
            ["quantity:sum"],
        )
        return {(dealer, part): quantity for dealer, part, quantity in groups}

    def _get_on_order(self):
        """Pieces on their way to the dealers, by dealer and part; extension point."""
        groups = self.env["aftersales.parts.receipt.line"]._read_group(
            [
                ("dealer_id", "in", self.dealer_id.ids),
                ("receipt_id.state", "=", "to_receive"),
            ],
            ["dealer_id", "product_id"],
            ["shipped:sum"],
        )
        found = defaultdict(float)
        for dealer, part, quantity in groups:
            found[dealer, part] += quantity
        return found

    # WRITING

    def _write_proposal(self, facts):
        """Bring the lines in line with the facts; entered quantities stay."""
        self.ensure_one()
        by_part = {line.product_id: line for line in self.line_ids}
        commands = []
        for part in self._get_parts(facts):
            vals = self._prepare_line_vals(part, facts)
            line = by_part.pop(part, None)
            if line:
                if not line.is_changed:
                    vals["quantity"] = vals["proposed"]
                commands.append(Command.update(line.id, vals))
            elif vals["need"]:
                vals.update(product_id=part.id, quantity=vals["proposed"])
                commands.append(Command.create(vals))
        stale = [line for line in by_part.values() if not line.is_added]
        commands += [Command.delete(line.id) for line in stale]
        self.write({"line_ids": commands})

    def _get_parts(self, facts):
        """Parts that the season asks for: used before, or by peers on such machines."""
        self.ensure_one()
        merged = {}
        for used in facts["used"].values():
            merged.update(used)
        levels = self.env["aftersales.parts.level"]
        keys = levels._get_peer_keys(
            self.dealer_id, {"used": merged, "machines": facts["machines"]}
        )
        keys |= {key for key in merged if key[0] == self.dealer_id}
        parts = {part for _dealer, part in keys} | set(
            self.line_ids.filtered("is_added").product_id
        )
        fitting = (part for part in parts if self._is_stocked(part))
        return sorted(fitting, key=lambda part: part.id)

    def _is_stocked(self, part):
        """Whether dealers have to keep this part for the season; extension point."""
        self.ensure_one()
        categories = self.season_id.category_ids
        return (
            part.active
            and part.is_storable
            and not part.is_machine
            and part.part_class_id.is_stocked
            and (not categories or part.categ_id in categories)
        )

    def _prepare_line_vals(self, part, facts):
        """The proposal of one part with the figures it comes from."""
        self.ensure_one()
        levels = self.env["aftersales.parts.level"]
        key = (self.dealer_id, part)
        own = [facts["used"][year].get(key, 0.0) for year in facts["years"]]
        rates = [
            levels._get_peer_rate(
                *key, {"used": facts["used"][year], "machines": facts["machines"]}
            )
            for year in facts["years"]
        ]
        rate, machines = max(rates)
        on_hand = facts["on_hand"].get(key, 0.0)
        on_order = facts["on_order"].get(key, 0.0)
        need = max(*own, rate * machines)
        return {
            "used_last": own[0],
            "used_before": own[1],
            "peer_rate": rate,
            "machine_count": machines,
            "need": need,
            "on_hand": on_hand,
            "on_order": on_order,
            "proposed": max(_round_up(need - on_hand - on_order), 0.0),
        }
