from datetime import date

from odoo.tests import freeze_time, tagged

from .common_card_import import HEADER, MODEL, CardImportCommon

# Columns that are other values by their nature: identity, the file it came with, and
# whoever's environment the ORM happens to flush computed fields in.
IDENTITY = {"id", "access_token", "import_job_id", "message_id", "write_uid"}


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01")
class TestCardImportEqual(CardImportCommon):
    """An imported card is column by column what ``create()`` makes of the same row."""

    ROWS = (
        # sold, delivered, returned, usage
        ("2026-03-01", None, "2026-03-10", None),
        ("2026-03-01", "2026-03-05", "2026-03-21", 12.5),
        ("2026-03-01", None, "2026-03-22", 0.0),
        ("2024-02-29", "2024-03-05", "2024-03-10", 300.0),
        ("2025-12-31", None, None, None),
        ("2026-01-31", "2026-02-01", "2026-02-10", 7.0),
    )

    def _make_rows(self, prefix):
        header = [*HEADER, "交付日期"]
        rows = []
        for number, (sold, delivered, returned, usage) in enumerate(self.ROWS):
            row = self._row(
                f"{prefix}{number}",
                sold,
                returned,
                用户姓名=f"客户{number % 4}",
                电话=None if number == 3 else f"1380013800{number % 4}",
                发票号=None if number == 2 else f"F{number}",
                产品型号=("H1", "S1")[number % 2],
                经销商代码=("A01", "B01")[number % 3 == 2],
            )
            rows.append([*row[:8], usage, row[9], delivered])
        return header, rows

    def _create_by_hand(self, prefix):
        """The same rows by ``create()``, in the same order."""
        by_code = {MODEL: self.machine, "S1": self.other_machine}
        dealers = {"A01": self.dealer_a, "B01": self.dealer_b}
        partners = {}
        cards = self.env["aftersales.warranty.card"].with_user(self.user_support).sudo()
        made = cards.browse()
        for row in self._make_rows(prefix)[1]:
            model, serial, sold, invoice, name, phone, street = row[:7]
            dealer = dealers[row[9]]
            key = (dealer, name, phone)
            if key not in partners:
                partners[key] = (
                    self.env["res.partner"]
                    .with_user(self.user_support)
                    .create(
                        {
                            "name": name,
                            "phone": phone,
                            "street": street,
                            "dealer_id": dealer.id,
                        }
                    )
                )
            returned = row[7] or "2026-06-01"
            card = cards.create(
                {
                    "dealer_id": dealer.id,
                    "product_id": by_code[model].id,
                    "serial": serial,
                    "partner_id": partners[key].id,
                    "sale_date": sold,
                    "delivery_date": row[10],
                    "invoice_ref": invoice,
                    "returned_on": returned,
                    "state": "submitted",
                }
            )
            if row[8] is not None:
                card._record_usage(row[8], returned, "import")
            made |= card
        return made

    def _import_rows(self, prefix):
        header, rows = self._make_rows(prefix)
        job = self._create_job(rows, header=header)
        job.action_preview()
        job.action_import()
        return job

    def _read_table(self, table, ids, order="id", without=()):
        """All columns of the rows, with links and serials told apart by position."""
        self.env.flush_all()
        self.env.cr.execute(
            f'SELECT * FROM "{table}" WHERE id = ANY(%s) ORDER BY {order}', [list(ids)]
        )
        return [
            {k: v for k, v in row.items() if k not in IDENTITY | set(without)}
            for row in self.env.cr.dictfetchall()
        ]

    def _get_sides(self):
        self.policy.start_event = "delivery"
        created = self._create_by_hand("C")
        self._import_rows("I")
        imported = self._get_cards(*[f"I{i}" for i in range(len(self.ROWS))])
        self.assertEqual(len(imported), len(self.ROWS))
        return created, imported

    def test_cards_are_equal_in_all_columns(self):
        created, imported = self._get_sides()
        links = ("name", "serial", "lot_id", "partner_id")
        left, right = (
            self._read_table("aftersales_warranty_card", cards.ids, "serial", links)
            for cards in (created, imported)
        )
        self.assertEqual(left, right)
        self.assertEqual(
            [row["start_date"] for row in right[:2]],
            [date(2026, 3, 1), date(2026, 3, 5)],
        )
        self.assertEqual(len(set(imported.mapped("access_token"))), len(self.ROWS))
        for mine, other in zip(created, imported, strict=True):
            self.assertEqual(mine.partner_id.name, other.partner_id.name)
            self.assertEqual(other.lot_id.name, other.serial)
        self.assertEqual(
            len(created.mapped("partner_id")), len(imported.mapped("partner_id"))
        )

    def test_customers_serials_and_readings_are_equal_in_all_columns(self):
        created, imported = self._get_sides()
        for table, left, right, without in (
            (
                "res_partner",
                created.partner_id,
                imported.partner_id,
                {"commercial_partner_id"},
            ),
            ("stock_lot", created.lot_id, imported.lot_id, {"name"}),
            (
                "aftersales_warranty_reading",
                created.reading_ids,
                imported.reading_ids,
                {"card_id"},
            ),
        ):
            with self.subTest(table):
                self.assertTrue(left)
                self.assertEqual(
                    self._read_in_order(table, left, without),
                    self._read_in_order(table, right, without),
                )
        for partner in imported.partner_id:
            self.assertEqual(partner.commercial_partner_id, partner)

    def _read_in_order(self, table, records, without):
        """Rows in the order of ``records``, which is that of the cards."""
        rows = {
            record.id: self._read_table(table, record.ids, "id", without)[0]
            for record in records
        }
        return [rows[record.id] for record in records]

    def test_messages_and_followers_are_equal(self):
        created, imported = self._get_sides()
        for name in ("lot_id", "partner_id", False):
            left, right = (
                cards.mapped(name) if name else cards for cards in (created, imported)
            )
            with self.subTest(left._name):
                self.assertTrue(left.message_ids)
                self.assertEqual(self._read_chatter(left), self._read_chatter(right))

    def _read_chatter(self, records):
        messages = self.env["mail.message"].search(
            [("model", "=", records._name), ("res_id", "in", records.ids)], order="id"
        )
        followers = self.env["mail.followers"].search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)],
            order="id",
        )
        rows = self._read_table("mail_message", messages.ids, "res_id, id", {"res_id"})
        found = [
            (records.ids.index(f.res_id), f.partner_id.id, sorted(f.subtype_ids.ids))
            for f in followers.sorted("res_id")
        ]
        return rows, found

    def test_nothing_is_left_to_recompute(self):
        _created, imported = self._get_sides()
        fields = [f for f in imported._fields.values() if f.store and f.compute]
        before = [imported.mapped(field.name) for field in fields]
        for field in fields:
            self.env.add_to_compute(field, imported)
        imported.flush_recordset()
        imported.invalidate_recordset()
        for field, values in zip(fields, before, strict=True):
            with self.subTest(field.name):
                self.assertEqual(imported.mapped(field.name), values)
