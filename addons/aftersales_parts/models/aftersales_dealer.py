from odoo import api, fields, models


class AftersalesDealer(models.Model):
    _inherit = "aftersales.dealer"

    location_id = fields.Many2one(
        "stock.location",
        string="Parts Location",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Where the dealer's own parts lie. It belongs to no company, so that what "
        "he holds and uses never changes the value of our stock.",
    )

    old_part_due_count = fields.Integer(compute="_compute_old_part_due_count")

    _location_uniq = models.Constraint(
        "UNIQUE (location_id)", "This location belongs to another dealer."
    )

    def _compute_old_part_due_count(self):
        groups = self.env["aftersales.old.part"]._read_group(
            [("dealer_id", "in", self.ids), ("state", "=", "recovered")],
            ["dealer_id"],
            ["__count"],
        )
        counts = {dealer.id: count for dealer, count in groups}
        for dealer in self:
            dealer.old_part_due_count = counts.get(dealer.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        dealers = super().create(vals_list)
        dealers._create_locations()
        return dealers

    def write(self, vals):
        res = super().write(vals)
        if "code" in vals:
            # sudo: the place is named after the dealer, whoever renames him
            for dealer in self.sudo().filtered("location_id"):
                dealer.location_id.name = dealer.code
        return res

    def unlink(self):
        # sudo: the place goes with the dealer; where goods ever moved, the movements
        # hold it and the dealer stays as well
        locations = self.sudo().location_id
        res = super().unlink()
        locations.unlink()
        return res

    def _create_locations(self):
        """Create the parts locations of the dealers that have none, in one batch."""
        # sudo: locations are the company's configuration; whoever may register a
        # dealer gets the dealer's place with him
        missing = self.sudo().filtered(lambda dealer: not dealer.location_id)
        if not missing:
            return
        locations = (
            self.env["stock.location"]
            .sudo()
            .create([dealer._prepare_location_vals() for dealer in missing])
        )
        for dealer, location in zip(missing, locations, strict=True):
            dealer.location_id = location

    def _prepare_location_vals(self):
        self.ensure_one()
        return {
            "name": self.code,
            "location_id": self.env.ref("stock.stock_location_customers").id,
            "usage": "internal",
            "company_id": False,
            "dealer_id": self.id,
            "replenish_location": False,
        }

    def _get_stock_location(self):
        """The dealer's parts location, created at first need.

        Returned under sudo, because a dealer's user has no right on stock itself.
        """
        self.ensure_one()
        if not self.sudo().location_id:
            # sudo: lock and create on behalf of the dealer, once
            self.sudo().lock_for_update(allow_referencing=True)
            self._create_locations()
        return self.sudo().location_id

    def action_open_stock(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.stock_quant_action_dealer_all"
            ),
            "domain": [("dealer_id", "=", self.id)],
            "context": {"search_default_on_hand": 1},
        }

    def action_open_old_parts(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_old_part_action"
            ),
            "domain": [("dealer_id", "=", self.id)],
            "context": {"search_default_to_send": 1},
        }
