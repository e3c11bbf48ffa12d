import re

from odoo import api, models
from odoo.tools import groupby

from odoo.addons.aftersales_import.utils.bulk import copy_rows, draw_numbers
from odoo.addons.aftersales_import.utils.clone import clone

REPAIR_COLUMNS = (
    "name",
    "product_id",
    "product_uom",
    "schedule_date",
    "finished_at",
    "history_result",
    "result",
    "history_ref",
    "history_problem",
    "history_brand",
    "history_year",
    "history_age",
    "history_barrier",
    "history_country",
)
# Computed, and the same for all past repairs of a dealer: they move nothing.
DERIVED = (
    "location_id",
    "is_parts_available",
    "is_parts_late",
    "product_qty",
    "lot_id",
    "first_time_fix",
)
_NOT_CODE = re.compile(r"[^A-Z0-9]+")
CODE_LENGTH = 16


class AftersalesImportKindHistory(models.AbstractModel):
    """Writing past repairs: dealers and machines that are new, then closed records."""

    _inherit = "aftersales.import.kind.history"

    @api.model
    def write_rows(self, job, table, indexes):
        if not indexes:
            return 0
        self._create_missing_dealers(table, indexes)
        self._create_missing_products(table, indexes)
        dealer_ids = table.values["dealer_id"]
        # a pilot per dealer: what depends on the dealer is his pilot's
        for dealer_id, group in groupby(indexes, key=lambda index: dealer_ids[index]):
            self._write_repairs(job, table, dealer_id, group)
        return len(indexes)

    def _create_missing_dealers(self, table, indexes):
        """Replace names by ids; the dealer's code is made from his name."""
        names = self._get_new_names(table, "dealer", indexes)
        if not names:
            return
        dealers = self.env["aftersales.dealer"]
        # codes of dealers who are archived count as well
        known = dealers.with_context(active_test=False)._read_group([], ["code"])
        taken = {code for (code,) in known}
        partners = self.env["res.partner"].create(
            [{"name": text, "is_company": True} for text in names.values()]
        )
        vals_list = []
        for partner in partners:
            code = self._get_new_code(partner.name, taken)
            taken.add(code)
            vals_list.append({"partner_id": partner.id, "code": code})
        self._replace(table, "dealer", names, dealers.create(vals_list).ids)

    def _get_new_code(self, name, taken):
        code = _NOT_CODE.sub("-", name.upper()).strip("-")[:CODE_LENGTH].strip("-")
        code = code or "H"
        candidate, number = code, 1
        while candidate in taken:
            number += 1
            candidate = f"{code}-{number}"
        return candidate

    def _create_missing_products(self, table, indexes):
        names = self._get_new_names(table, "product", indexes)
        if not names:
            return
        # sudo: whoever may import history with new machines may name them
        products = (
            self.env["product.product"]
            .sudo()
            .create([self._prepare_product_vals(text) for text in names.values()])
        )
        self._replace(table, "product", names, products.ids)

    def _prepare_product_vals(self, name):
        """Values of a machine that only past repairs know; extension point."""
        return {
            "name": name,
            "type": "consu",
            "is_storable": True,
            "tracking": "serial",
            "is_machine": True,
        }

    def _get_new_names(self, table, key, indexes):
        """Normalised name -> name as written, of what these rows bring anew."""
        ids, texts = table.values[f"{key}_id"], table.values[key]
        return {ids[i]: texts[i] for i in indexes if isinstance(ids[i], str)}

    def _replace(self, table, key, names, record_ids):
        known = dict(zip(names, record_ids, strict=True))
        column = table.values[f"{key}_id"]
        column[:] = [known.get(value, value) for value in column]

    def _write_repairs(self, job, table, dealer_id, indexes):
        # sudo: a closed record of the past needs no stock rights, it moves nothing; the
        # right to import history was checked
        repairs = self.env["repair.order"].sudo()
        pilot = repairs.create(self._prepare_vals(job, table, dealer_id, indexes[0]))
        names = draw_numbers(pilot.picking_type_id.sequence_id, len(indexes) - 1)
        rows = self._get_rows(table, indexes[1:], names)
        ids = clone(pilot, REPAIR_COLUMNS, rows, derived=DERIVED)
        self._link_references(pilot, ids, names)

    def _prepare_vals(self, job, table, dealer_id, index):
        """Values with which ``create()`` makes the record of a row."""
        row = table.get_row(index)
        moment = self._to_moment(row["event_date"])
        return {
            "is_history": True,
            "state": "done",
            "dealer_id": dealer_id,
            "product_id": row["product_id"],
            "user_id": False,
            "schedule_date": moment,
            "finished_at": moment,
            "history_result": row["result"],
            "history_ref": row["reference"],
            "history_problem": row["problem"],
            "history_brand": row["brand"],
            "history_year": row["year"],
            "history_age": row["age"],
            "history_barrier": row["barrier"],
            "history_country": row["country"],
            "import_job_id": job.id,
        }

    def _get_rows(self, table, indexes, names):
        values = table.values
        products = self.env["product.product"].browse(
            {values["product_id"][index] for index in indexes}
        )
        units = {product.id: product.uom_id.id for product in products}
        rows = []
        for index, name in zip(indexes, names, strict=True):
            product_id = values["product_id"][index]
            moment = self._to_moment(values["event_date"][index])
            result = values["result"][index]
            rows.append(
                (
                    name,
                    product_id,
                    units[product_id],
                    moment,
                    moment,
                    result,
                    result,
                    values["reference"][index],
                    values["problem"][index],
                    values["brand"][index],
                    int(values["year"][index] or 0),
                    values["age"][index] or 0.0,
                    values["barrier"][index],
                    values["country"][index],
                )
            )
        return rows

    def _link_references(self, pilot, ids, names):
        """Each repair has a stock reference of its number, as ``create()`` makes it."""
        if not ids:
            return
        field = pilot._fields["reference_ids"]
        reference_ids = clone(
            pilot.reference_ids[:1], ("name",), [(name,) for name in names]
        )
        copy_rows(
            self.env.cr,
            field.relation,
            (field.column1, field.column2),
            list(zip(ids, reference_ids, strict=True)),
        )
        self.env.invalidate_all()
