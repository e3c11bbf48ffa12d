from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "aftersales_dealer.group_manager"
DESIGNATION = {
    "is_designated",
    "designated_from",
    "designated_to",
    "designated_by",
    "designated_on",
}
# What was agreed with a designated supplier: his framework price.
AGREED = {
    "partner_id",
    "product_tmpl_id",
    "product_id",
    "product_uom_id",
    "company_id",
    "currency_id",
    "price",
    "discount",
    "min_qty",
    "date_start",
    "date_end",
}


class ProductSupplierinfo(models.Model):
    """A supplier's price of a part, and whether he is designated for it (定点供应商).

    The price of a designated supplier is the framework price: it is the after-sales
    manager's, the keeper orders by it.
    """

    _inherit = "product.supplierinfo"

    is_designated = fields.Boolean(string="Designated", readonly=True, copy=False)
    designated_from = fields.Date(copy=False)
    designated_to = fields.Date(copy=False, help="Last day; empty: until withdrawn.")
    designated_by = fields.Many2one("res.users", readonly=True, copy=False)
    designated_on = fields.Date(readonly=True, copy=False)
    can_designate = fields.Boolean(compute="_compute_can_designate")

    _designated_dates = models.Constraint(
        "CHECK (designated_to >= designated_from)",
        "The designation ends before it begins.",
    )

    @api.depends_context("uid")
    def _compute_can_designate(self):
        self.can_designate = self.env.user.has_group(MANAGER)

    def _is_designated_for(self, product, partner, date):
        """Whether this row designates ``partner`` for ``product`` on ``date``."""
        self.ensure_one()
        return (
            self.is_designated
            and self.partner_id.commercial_partner_id == partner.commercial_partner_id
            and self.product_id in (product, product.browse())
            and self.company_id in (self.env.company, self.env["res.company"])
            and (not self.designated_from or self.designated_from <= date)
            and (not self.designated_to or date <= self.designated_to)
        )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        given = {name for vals in vals_list for name, value in vals.items() if value}
        self._ensure_manager_if(given & DESIGNATION)
        return super().create(vals_list)

    def write(self, vals):
        agreed = AGREED & vals.keys() if any(self.mapped("is_designated")) else set()
        self._ensure_manager_if(agreed | (DESIGNATION & vals.keys()))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_not_designated(self):
        for seller in self:
            if seller.is_designated:
                raise UserError(
                    self.env._(
                        "%(supplier)s is designated for %(part)s. Withdraw that first.",
                        supplier=seller.partner_id.display_name,
                        part=seller.product_tmpl_id.display_name,
                    )
                )

    @api.model
    def _ensure_manager_if(self, names):
        """Refuse to set these fields, if any, unless the user is the manager."""
        if not names or self.env.su or self.env.user.has_group(MANAGER):
            return
        labels = [self._fields[n]._description_string(self.env) for n in sorted(names)]
        raise AccessError(
            self.env._(
                "Designated suppliers and their framework prices are the after-sales "
                "manager's (field: %(fields)s). Ask him to change it.",
                fields=", ".join(labels),
            )
        )

    # ACTIONS

    def action_designate(self):
        """Designate the supplier for the part, from today unless dated otherwise.

        :raises AccessError: not the after-sales manager
        """
        today = fields.Date.context_today(self)
        for seller in self.filtered(lambda s: not s.is_designated):
            seller.write(
                {
                    "is_designated": True,
                    "designated_from": seller.designated_from or today,
                    "designated_by": self.env.uid,
                    "designated_on": today,
                }
            )

    def action_withdraw(self):
        """Take the designation back; the price stays as information.

        :raises AccessError: not the after-sales manager
        """
        self.write(
            {
                "is_designated": False,
                "designated_by": False,
                "designated_on": False,
            }
        )
