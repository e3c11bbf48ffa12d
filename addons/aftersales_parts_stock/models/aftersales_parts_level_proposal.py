import math

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class AftersalesPartsLevel(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.level"

    def action_propose_all(self):
        """The button above the list: all dealers that the user may see."""
        self.browse().action_propose()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def action_propose(self, dealer_ids=None):
        """Propose levels for every part that a dealer used, or that he keeps.

        Pieces a day = used in the look-back days ÷ these days, or, if more, the peers'
        use per machine × the dealer's own machines that the part fits. Times the season
        of the days to come. Minimum = pieces a day × lead time; maximum adds the days
        between two orders. Both are rounded up.

        :param dealer_ids: ids; all that the user may see by default
        """
        dealers = self._get_proposal_dealers(dealer_ids)
        today = fields.Date.context_today(self)
        facts = self._get_facts(today)
        existing = self.search([("dealer_id", "in", dealers.ids)])
        levels = {(level.dealer_id, level.product_id): level for level in existing}
        vals_list = []
        for dealer, part in self._get_proposal_keys(dealers, facts, levels):
            vals = self._prepare_proposal(dealer, part, today, facts)
            level = levels.get((dealer, part))
            if level:
                # sudo: a proposal is the system's word; levels are the dealer's
                level.sudo().write(vals)
            elif vals["proposed_maximum"]:
                own = {"dealer_id": dealer.id, "product_id": part.id}
                vals_list.append({**own, "minimum": 0.0, "maximum": 0.0, **vals})
        # sudo: see above
        self.sudo().create(vals_list)
        return True

    @api.model
    def _get_proposal_dealers(self, dealer_ids):
        dealers = self.env["aftersales.dealer"].browse(dealer_ids or [])
        dealers = dealers or dealers.search([("state", "!=", "terminated")])
        dealers.check_access("read")
        return dealers

    @api.model
    def _get_proposal_keys(self, dealers, facts, levels):
        """Pairs of dealer and part to reckon with: kept, used, or used by peers."""
        keys = {key for key in facts["used"] if key[0] in dealers} | set(levels)
        keys |= self._get_peer_keys(dealers, facts)
        return sorted(keys, key=lambda key: (key[0].id, key[1].id))

    @api.model
    def _get_facts(self, today):
        """What the proposals of all dealers look at, each read once."""
        return {
            "used": self._get_used(today),
            "machines": self._get_machines_in_the_field(),
            "seasons": self.env["aftersales.parts.season"].search(
                [("active", "=", True)]
            ),
        }

    @api.model
    def _get_used(self, today):
        """Pieces used in repairs in the look-back days, by dealer and part.

        :return: dict of (dealer, part) to float, of all dealers: peers are compared
        """
        first = today - relativedelta(days=self.env.company.aftersales_level_days)
        # sudo: what peers use is counted, never shown
        moves = self.env["stock.move"].sudo()
        groups = moves._read_group(
            [
                ("state", "=", "done"),
                ("repair_line_type", "=", "add"),
                ("repair_id.ticket_id", "!=", False),
                ("repair_id.dealer_id", "!=", False),
                ("date", ">=", fields.Datetime.to_datetime(first)),
            ],
            ["repair_id", "product_id"],
            ["product_qty:sum"],
        )
        used = {}
        for repair, part, quantity in groups:
            key = (repair.dealer_id.sudo(False), part.sudo(False))
            used[key] = used.get(key, 0.0) + quantity
        return used

    @api.model
    def _get_machines_in_the_field(self):
        """Machines with a live card, by dealer and model.

        :return: dict of dealer to dict of product.template to count
        """
        # sudo: how many machines peers have is counted, never shown
        groups = (
            self.env["aftersales.warranty.card"]
            .sudo()
            ._read_group(
                [("state", "=", "active"), ("dealer_id", "!=", False)],
                ["dealer_id", "product_id"],
                ["__count"],
            )
        )
        found = {}
        for dealer, product, count in groups:
            models_of_dealer = found.setdefault(dealer.sudo(False), {})
            model = product.product_tmpl_id.sudo(False)
            models_of_dealer[model] = models_of_dealer.get(model, 0) + count
        return found

    @api.model
    def _get_peer_keys(self, dealers, facts):
        """Parts that peers use, for dealers who have a machine that they fit."""
        keys = set()
        used, machines = facts["used"], facts["machines"]
        for part in {part for _dealer, part in used}:
            fitting = part.fit_ids.machine_id
            for dealer in dealers:
                if any(model in machines.get(dealer, {}) for model in fitting):
                    keys.add((dealer, part))
        return keys

    @api.model
    def _prepare_proposal(self, dealer, part, today, facts):
        """Values of a level's proposal with its arithmetic.

        :param facts: dict with ``used``, ``machines`` and ``seasons``
        """
        company = self.env.company
        days, lead = company.aftersales_level_days, company.aftersales_level_lead_days
        order = company.aftersales_level_order_days
        used = facts["used"].get((dealer, part), 0.0)
        peers, count = self._get_peer_rate(dealer, part, facts)
        factor = facts["seasons"]._get_factor(part, today + relativedelta(days=lead))
        daily = max(used, peers * count) / days * factor
        return {
            "proposed_minimum": _round_up(daily * lead),
            "proposed_maximum": _round_up(daily * (lead + order)),
            "proposed_on": today,
            "used_quantity": used,
            "used_days": days,
            "peer_rate": peers,
            "machine_count": count,
            "season_factor": factor,
            "lead_days": lead,
            "order_days": order,
        }

    @api.model
    def _get_peer_rate(self, dealer, part, facts):
        """Peers' use per machine in the look-back days, and the dealer's machines."""
        used, machines = facts["used"], facts["machines"]
        fitting = part.fit_ids.machine_id
        own = sum(machines.get(dealer, {}).get(model, 0) for model in fitting)
        if not own:
            return 0.0, 0
        peers = [peer for peer in machines if peer != dealer]
        park = sum(machines[p].get(model, 0) for p in peers for model in fitting)
        total = sum(used.get((peer, part), 0.0) for peer in peers)
        return (total / park if park else 0.0), own


def _round_up(quantity):
    """Whole pieces, with a hair's breadth of tolerance for floats.

    >>> _round_up(2.0000000001), _round_up(2.1), _round_up(0)
    (2.0, 3.0, 0.0)
    """
    return float(math.ceil(round(quantity, 6)))
