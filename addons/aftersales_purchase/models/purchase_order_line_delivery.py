from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

DELIVERY_FACTS = (
    "first_promised_date",
    "delivered_on",
    "delivery_result",
    "overdue_reminded_for",
)


class PurchaseOrderLine(models.Model):
    """When the supplier promised the parts, and when they came."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "purchase.order.line"

    promised_date = fields.Date(
        copy=False, help="The day of delivery that the supplier confirmed."
    )
    first_promised_date = fields.Date(
        string="First Promise",
        readonly=True,
        copy=False,
        help="Whether he was on time is measured by his first promise; without any, "
        "by the day that was ordered.",
    )
    due_date = fields.Date(compute="_compute_due_date", store=True)
    delivered_on = fields.Date(
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The day on which the last good piece came.",
    )
    delivery_result = fields.Selection(
        [("on_time", "On Time"), ("late", "Late")], readonly=True, copy=False
    )
    overdue_reminded_for = fields.Date(readonly=True, copy=False)
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_overdue")

    # COMPUTES

    @api.depends("promised_date", "date_planned")
    def _compute_due_date(self):
        for line in self:
            line.due_date = line.promised_date or line._get_ordered_date()

    def _get_ordered_date(self):
        self.ensure_one()
        return self.date_planned and (
            fields.Datetime.context_timestamp(self, self.date_planned).date()
        )

    @api.depends("state", "due_date", "delivered_on")
    def _compute_is_overdue(self):
        overdue = self.filtered_domain(self._get_overdue_domain())
        for line in self:
            line.is_overdue = line in overdue

    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain(self._get_overdue_domain())
        return domain if True in value else ~domain

    @api.model
    def _get_overdue_domain(self):
        """Lines of parts that should have come, and have not all come."""
        return [
            ("state", "=", "purchase"),
            ("due_date", "<", fields.Date.context_today(self)),
            ("delivered_on", "=", False),
            ("product_id.is_storable", "=", True),
            ("product_id.is_machine", "=", False),
        ]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._ensure_no_delivery_facts(
                [name for name in DELIVERY_FACTS if vals.get(name)]
            )
        lines = super().create(vals_list)
        lines._keep_first_promise()
        return lines

    def write(self, vals):
        self._ensure_no_delivery_facts([n for n in DELIVERY_FACTS if n in vals])
        result = super().write(vals)
        if vals.get("promised_date"):
            self._keep_first_promise()
        return result

    def _keep_first_promise(self):
        # sudo: the first promise is closed to direct writes, it is no right of its own
        for line in self.sudo():
            if line.promised_date and not line.first_promised_date:
                line.first_promised_date = line.promised_date

    def _ensure_no_delivery_facts(self, names):
        if names and not self.env.su:
            labels = [self._fields[n]._description_string(self.env) for n in names]
            raise AccessError(
                self.env._(
                    "%(fields)s are kept by the system and cannot be set by hand.",
                    fields=", ".join(labels),
                )
            )

    # DELIVERY

    def _stamp_delivery(self):
        """Record when the last good piece came, and whether that was in time."""
        today = fields.Date.context_today(self)
        # sudo: what was received decides, whoever books it; the stamp is protected
        for line in self.sudo():
            if line.delivered_on or not line._is_delivered():
                continue
            promise = line.first_promised_date or line._get_ordered_date()
            line.write(
                {
                    "delivered_on": today,
                    "delivery_result": "on_time" if today <= promise else "late",
                }
            )

    def _is_delivered(self):
        """Whether all pieces came that were not rejected."""
        self.ensure_one()
        rejected = self.company_id.aftersales_rejected_location_id
        good = self.move_ids.filtered(
            lambda move: (
                move.state == "done"
                and move.location_id.usage == "supplier"
                and move.location_dest_id != rejected
            )
        )
        pieces = sum(good.move_line_ids.mapped("quantity_product_uom"))
        return self.product_id.uom_id.compare(pieces, self.product_uom_qty) >= 0

    @api.model
    def _cron_remind_overdue(self):
        """Tell the buyer once per date that was missed."""
        lines = self.search(self._get_overdue_domain()).filtered(
            lambda line: line.overdue_reminded_for != line.due_date
        )
        for order, overdue in lines.grouped("order_id").items():
            order.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=order.user_id.id or self.env.uid,
                summary=self.env._("Delivery overdue: ask the supplier"),
                note=", ".join(overdue.product_id.mapped("display_name")),
            )
            for line in overdue:
                line.overdue_reminded_for = line.due_date
