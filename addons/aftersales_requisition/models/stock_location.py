from odoo import api, fields, models


class StockLocation(models.Model):
    """A technician's bag: the place below a store for what he was issued."""

    _inherit = "stock.location"

    staff_id = fields.Many2one(
        "aftersales.staff",
        string="Technician",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The person who carries what lies here.",
    )

    _staff_uniq = models.UniqueIndex(
        "(location_id, staff_id) WHERE staff_id IS NOT NULL",
        "This technician has a place below this store already.",
    )

    @api.model
    def _get_bag(self, store, staff):
        """The place of ``staff`` below ``store``, created at first need.

        Returned under sudo: locations are the company's configuration, and whoever
        may issue parts puts them into the technician's place.
        """
        locations = self.sudo().with_context(active_test=False)
        domain = [("location_id", "=", store.id), ("staff_id", "=", staff.id)]
        bag = locations.search(domain)
        if not bag:
            # of two clerks who issue to a new technician the second waits
            store.sudo().lock_for_update(allow_referencing=True)
            bag = locations.search(domain)
        return bag or locations.create(self._prepare_bag_vals(store, staff))

    @api.model
    def _prepare_bag_vals(self, store, staff):
        # sudo: a company technician is hidden from the dealer whom he helps
        return {
            "name": staff.sudo().name,
            "location_id": store.id,
            "usage": "internal",
            "company_id": store.sudo().company_id.id,
            "staff_id": staff.id,
            "replenish_location": False,
        }
