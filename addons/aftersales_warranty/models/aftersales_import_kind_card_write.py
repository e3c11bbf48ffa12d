from odoo import api, models

from odoo.addons.aftersales_import.utils.bulk import next_numbers
from odoo.addons.aftersales_import.utils.clone import clone

CARD_COLUMNS = (
    "name",
    "dealer_id",
    "company_id",
    "product_id",
    "serial",
    "lot_id",
    "partner_id",
    "sale_date",
    "delivery_date",
    "acceptance_date",
    "invoice_ref",
    "returned_on",
    "policy_id",
    "registration",
    "reimbursable",
    "on_time_rate",
    "start_date",
    "end_date",
    "usage",
    "access_token",
)
REPORT_STEPS = 4


class AftersalesImportKindCard(models.AbstractModel):
    """Writing cards: customers, serial numbers, cards and first readings.

    Each model makes its first record by ``create()``; the others are clones of it, see
    ``aftersales_import.utils.clone``.
    """

    _inherit = "aftersales.import.kind.card"

    @api.model
    def write_rows(self, job, table, indexes):
        if not indexes:
            return 0
        partner_ids = self._write_partners(job, table, indexes)
        job._report(1, REPORT_STEPS)
        lot_ids = self._write_lots(table, indexes)
        job._report(2, REPORT_STEPS)
        card_ids = self._write_cards(job, table, indexes, partner_ids, lot_ids)
        job._report(3, REPORT_STEPS)
        self._write_readings(table, indexes, card_ids)
        return len(card_ids)

    def _write_partners(self, job, table, indexes):
        """Customer of each row: known by dealer, name and phone, or made."""
        values = table.values
        keys = [
            (values["dealer_id"][i], values["customer"][i], values["phone"][i])
            for i in indexes
        ]
        known = self._get_known_partners(set(keys))
        streets = {}
        for index, key in zip(indexes, keys, strict=True):
            if key not in known and not streets.get(key):
                streets[key] = values["address"][index]
        (first, street), *others = list(streets.items()) or [(None, None)]
        if first:
            vals = self._prepare_partner_vals(job, *first, street)
            pilot = self.env["res.partner"].create(vals)
            known[first] = pilot.id
            rows = [
                (name, name, phone, street, dealer)
                for (dealer, name, phone), street in others
            ]
            known.update(
                zip(dict(others), self._clone_partners(pilot, rows), strict=True)
            )
        return [known[key] for key in keys]

    def _get_known_partners(self, keys):
        partners = self.env["res.partner"].search_fetch(
            [
                ("dealer_id", "in", list({dealer for dealer, _name, _phone in keys})),
                ("name", "in", list({name for _dealer, name, _phone in keys})),
            ],
            ["dealer_id", "name", "phone"],
        )
        return {(p.dealer_id.id, p.name, p.phone or None): p.id for p in partners}

    def _prepare_partner_vals(self, job, dealer_id, name, phone, street):
        return {
            "name": name,
            "phone": phone,
            "street": street,
            "dealer_id": dealer_id,
            "import_job_id": job.id,
        }

    def _clone_partners(self, pilot, rows):
        columns = ("name", "complete_name", "phone", "street", "dealer_id")
        return clone(
            pilot,
            (*columns, "phone_sanitized"),
            [(*row, pilot._phone_format(number=row[2]) or None) for row in rows],
            derived=("commercial_company_name",),
            own_id="commercial_partner_id",
        )

    def _write_lots(self, table, indexes):
        """Serial record of each row: known, or made."""
        values = table.values
        pairs = [(values["product_id"][i], values["serial"][i]) for i in indexes]
        # sudo: a dealer may register a machine whose serial record he cannot see yet
        lots = self.env["stock.lot"].sudo()
        known = {
            (lot.product_id.id, lot.name): lot.id
            for lot in lots.search_fetch(
                [
                    ("product_id", "in", list({product for product, _name in pairs})),
                    ("name", "in", list({name for _product, name in pairs})),
                ],
                ["name", "product_id"],
            )
        }
        missing = {}
        for product_id, name in dict.fromkeys(pairs):
            if (product_id, name) not in known:
                missing.setdefault(product_id, []).append(name)
        for product_id, names in missing.items():
            # a pilot per product: company and properties are the product's
            pilot = lots.create({"product_id": product_id, "name": names[0]})
            ids = clone(pilot, ("name",), [(name,) for name in names[1:]])
            for name, lot_id in zip(names, [pilot.id, *ids], strict=True):
                known[product_id, name] = lot_id
        return [known[pair] for pair in pairs]

    def _write_cards(self, job, table, indexes, partner_ids, lot_ids):
        # sudo: a card that comes with its slip is made submitted; the user's right to
        # import, and his dealer, were checked
        cards = self.env["aftersales.warranty.card"].sudo()
        pilot = cards.create(
            self._prepare_card_vals(job, table, indexes[0], partner_ids[0], lot_ids[0])
        )
        numbers = next_numbers(cards.env, cards._name, len(indexes) - 1)
        companies = {
            dealer.id: dealer.company_id.id
            for dealer in cards.env["aftersales.dealer"].browse(
                set(table.values["dealer_id"]) - {None}
            )
        }
        columns = self._get_card_columns(table, companies)
        token = cards._default_access_token
        rows = [
            (
                number,
                *[column[index] for column in columns[:4]],
                lot_id,
                partner_id,
                *[column[index] for column in columns[4:]],
                *table.values["cover"][index],
                table.values["usage"][index] or 0.0,
                token(),
            )
            for index, number, lot_id, partner_id in zip(
                indexes[1:], numbers, lot_ids[1:], partner_ids[1:], strict=True
            )
        ]
        ids = clone(pilot, CARD_COLUMNS, rows, derived=("stopped_days",))
        return [pilot.id, *ids]

    def _get_card_columns(self, table, companies):
        """The columns of a card that stand in the table, in the order of the card's."""
        values = table.values
        return [
            values["dealer_id"],
            [companies.get(dealer_id) for dealer_id in values["dealer_id"]],
            values["product_id"],
            values["serial"],
            values["sale_date"],
            values["delivery_date"],
            values["acceptance_date"],
            values["invoice"],
            values["returned_on"],
        ]

    def _prepare_card_vals(self, job, table, index, partner_id, lot_id):
        """Values with which ``create()`` makes the card of a row."""
        row = {key: column[index] for key, column in table.values.items()}
        return {
            "dealer_id": row["dealer_id"],
            "lot_id": lot_id,
            "partner_id": partner_id,
            "sale_date": row["sale_date"],
            "delivery_date": row["delivery_date"],
            "acceptance_date": row["acceptance_date"],
            "invoice_ref": row["invoice"],
            "returned_on": row["returned_on"],
            "state": "submitted",
            "import_job_id": job.id,
        }

    def _write_readings(self, table, indexes, card_ids):
        """The meter as the slip shows it, on the day the slip came back."""
        values = table.values
        rows = [
            (
                card_id,
                values["dealer_id"][i],
                values["returned_on"][i],
                values["usage"][i],
            )
            for i, card_id in zip(indexes, card_ids, strict=True)
            if values["usage"][i] is not None
        ]
        if not rows:
            return
        (card_id, _dealer, day, usage), *others = rows
        # sudo: as for the card
        card = self.env["aftersales.warranty.card"].sudo().browse(card_id)
        pilot = card._record_usage(usage, day, "import")
        clone(
            pilot,
            ("card_id", "dealer_id", "date", "value", "total"),
            [(*row, row[-1]) for row in others],
        )
