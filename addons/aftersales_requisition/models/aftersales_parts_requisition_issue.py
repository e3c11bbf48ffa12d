import re
from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

TIMES = re.compile(r"^(\d+)[*xX×](.+)$")


class AftersalesPartsRequisition(models.Model):
    """Handing over: from the store to the technician, and back."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.requisition"

    def _get_store(self):
        """Where the parts are taken from; under sudo, see ``_get_stock_location``."""
        self.ensure_one()
        if self.dealer_id:
            return self.dealer_id._get_stock_location()
        # sudo: the company's warehouse serves the company's own technicians
        warehouse = self.env["stock.warehouse"].sudo()
        return warehouse.search(
            [("company_id", "=", self.company_id.id)], limit=1
        ).lot_stock_id

    def _get_bag(self):
        """Where the issued parts lie until they are used or returned."""
        self.ensure_one()
        # sudo: a company technician is hidden from the dealer whom he helps
        staff = self.sudo().staff_id
        return self.env["stock.location"]._get_bag(self._get_store(), staff)

    # ISSUE

    def action_issue_scanned(self):
        """Issue what was scanned, all of it or nothing.

        :raises UserError: names the barcode that is unknown, scanned twice or too many
        """
        for requisition in self:
            requisition._issue(requisition._read_scan())

    def action_issue_all(self):
        """Issue all that is still wanted; tracked parts have to be scanned.

        :raises UserError: names a part whose lot or serial number is needed
        """
        for requisition in self:
            requisition._issue(requisition._get_wanted())

    def _get_wanted(self):
        self.ensure_one()
        wanted = {}
        for line in self.line_ids:
            left = line.product_quantity - line.issued
            if line.product_uom_compare(left, 0.0) <= 0:
                continue
            if line.product_id.tracking != "none":
                raise UserError(
                    self.env._(
                        "%(part)s is tracked by lot or serial number. Scan each piece "
                        "that you issue.",
                        part=line.product_id.display_name,
                    )
                )
            wanted[line, False] = left
        return wanted

    def _read_scan(self):
        """What lies in the scan field, counted: (line, lot or False) -> quantity."""
        self.ensure_one()
        codes = [code for code in re.split(r"[\s,;]+", self.scan or "") if code]
        if not codes:
            raise UserError(
                self.env._(
                    "%(requisition)s: nothing was scanned. Put the cursor into the "
                    "field and scan the parts.",
                    requisition=self.name,
                )
            )
        counted = defaultdict(float)
        for code in codes:
            times, barcode = 1.0, code
            match = TIMES.match(code)
            if match and not self._find_scanned(code):
                times, barcode = float(match[1]), match[2]
            counted[self._find_scanned(barcode, strict=True)] += times
        self._ensure_serials_once(counted)
        return counted

    def _find_scanned(self, barcode, strict=False):
        """The line and the lot that a barcode means.

        :raises UserError: with ``strict``, when it means neither
        """
        self.ensure_one()
        # sudo: lots in the store may be hidden from the dealer's user who scans them
        lines = self.line_ids.sudo()
        for line in lines:
            codes = (line.product_id.barcode, line.product_id.default_code)
            if barcode in codes and line.product_id.tracking == "none":
                return line.sudo(False), False
        lot = (
            self.env["stock.lot"]
            .sudo()
            .search(
                [("name", "=", barcode), ("product_id", "in", lines.product_id.ids)],
                limit=1,
            )
        )
        line = lines.filtered(lambda line: lot and line.product_id == lot.product_id)
        if line:
            return line.sudo(False), lot
        if strict:
            raise UserError(
                self.env._(
                    "%(barcode)s is no part, lot or serial number of %(requisition)s. "
                    "Take it out of the scanned barcodes, or ask for the part.",
                    barcode=barcode,
                    requisition=self.name,
                )
            )
        return None

    def _ensure_serials_once(self, counted):
        for (line, lot), quantity in counted.items():
            if lot and line.product_id.tracking == "serial" and quantity > 1:
                raise UserError(
                    self.env._(
                        "Serial number %(serial)s was scanned twice. One piece has one "
                        "number: scan the other piece.",
                        serial=lot.name,
                    )
                )

    def _issue(self, wanted):
        """Move the pieces to the technician and put them on the repair record.

        :param dict wanted: (line, lot or False) -> quantity in the part's own unit
        :raises UserError: nothing to issue, too much of it, not enough in the store
        """
        self.ensure_one()
        self._ensure_can("issue")
        if not wanted:
            raise UserError(
                self.env._(
                    "%(requisition)s: everything that was approved is issued already.",
                    requisition=self.name,
                )
            )
        self._ensure_work_open()
        vals = {"scan": False}
        if not self.issued_on:
            vals.update(issued_by=self.env.uid, issued_on=fields.Datetime.now())
        # the row is locked from here on: a second clerk finds what the first issued
        self._transition("issue", vals)
        self.line_ids.invalidate_recordset(["issued", "returned"])
        lines = self.line_ids.browse({line.id for line, _lot in wanted})
        lines._ensure_issuable()
        self._ensure_approved(wanted)
        # sudo: the right to issue was checked; stock work follows from it
        self.sudo()._hand_over("issue", wanted)
        lines.sudo()._plan_use()

    def _ensure_approved(self, wanted):
        """:raises UserError: more than was approved; names the part"""
        totals = defaultdict(float)
        for (line, _lot), quantity in wanted.items():
            totals[line] += quantity
        for line, quantity in totals.items():
            left = line.product_quantity - line.issued
            if line.product_uom_compare(quantity, left) > 0:
                raise UserError(
                    self.env._(
                        "%(part)s: %(wanted)g scanned, but only %(left)g of "
                        "%(approved)g approved are left to issue. Take the rest back "
                        "to the shelf, or ask for more.",
                        part=line.product_id.display_name,
                        wanted=quantity,
                        left=max(left, 0.0),
                        approved=line.product_quantity,
                    )
                )

    # RETURN

    def action_return(self):
        """Open the dialog that says what comes back."""
        self.ensure_one()
        self._ensure_can("return")
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_requisition.aftersales_parts_requisition_return_action"
            ),
            "context": {"default_requisition_id": self.id},
        }

    def _take_back(self, pieces):
        """Bring unused pieces back into the store.

        :param dict pieces: (line, lot or False) -> quantity in the part's own unit
        :raises UserError: more than is out; names the part
        """
        self.ensure_one()
        self._transition("return")
        self.line_ids.invalidate_recordset(["issued", "returned", "consumed"])
        for (line, _lot), quantity in pieces.items():
            if line.product_uom_compare(quantity, line.open_quantity) > 0:
                raise UserError(
                    self.env._(
                        "%(part)s: %(quantity)g cannot come back, %(open)g are out. "
                        "Correct the quantity.",
                        part=line.product_id.display_name,
                        quantity=quantity,
                        open=line.open_quantity,
                    )
                )
        lines = self.line_ids.browse({line.id for line, _lot in pieces})
        # sudo: the right to return was checked; stock work follows from it
        lines.sudo()._reduce_use(pieces)
        self.sudo()._hand_over("return", pieces)

    # STOCK

    def _hand_over(self, kind, pieces):
        """Write the entries and move the goods, in one batch (runs under sudo)."""
        self.ensure_one()
        now = fields.Datetime.now()
        entries = self.env["aftersales.parts.requisition.entry"].create(
            [
                {
                    "line_id": line.id,
                    "kind": kind,
                    "lot_id": lot.id if lot else False,
                    "quantity": quantity,
                    "date": now,
                }
                for (line, lot), quantity in pieces.items()
            ]
        )
        store, bag = self._get_store(), self._get_bag()
        source, target = (store, bag) if kind == "issue" else (bag, store)
        self._ensure_in_stock(entries, source)
        moves = self.env["stock.move"].create(
            [entry._prepare_move_vals(source, target) for entry in entries]
        )
        moves.picked = True
        moves._action_done()
        entries._ensure_moved()

    def _ensure_in_stock(self, entries, source):
        """Refuse before anything moves; the pieces stay locked for the others.

        :raises UserError: see ``stock.quant._check_enough``
        """
        quants = self.env["stock.quant"]
        wanted = defaultdict(float)
        for entry in entries:
            wanted[entry.product_id, entry.lot_id] += entry.quantity
        for product, lot in sorted(wanted, key=lambda key: (key[0].id, key[1].id or 0)):
            quants._lock_quants(product, source)
            quants._check_enough(product, source, wanted[product, lot], lot)

    # OLD PARTS

    def action_hand_in(self):
        """Tick off the old parts whose labels were scanned at the counter.

        :raises UserError: a label belongs to no old part of this requisition
        """
        for requisition in self:
            requisition._hand_in()

    def _hand_in(self):
        self.ensure_one()
        self._ensure_can("hand_in")
        names = {name for name in re.split(r"[\s,;]+", self.scan or "") if name}
        tags = self.old_part_ids.filtered(lambda tag: tag.name in names)
        unknown = names - set(tags.mapped("name"))
        if unknown or not names:
            raise UserError(
                self.env._(
                    "Scan the labels of the old parts of %(requisition)s: %(tags)s. "
                    "Not one of them: %(unknown)s.",
                    requisition=self.name,
                    tags=", ".join(self._get_open_old_parts().mapped("name")) or "–",
                    unknown=", ".join(sorted(unknown)) or "–",
                )
            )
        self._transition("hand_in", {"scan": False})
        # sudo: the marks of the counter are closed to direct writes
        tags.sudo().filtered(lambda tag: not tag.handed_in_on).write(
            {"handed_in_on": fields.Datetime.now(), "handed_in_by": self.env.uid}
        )

    # REPAIR RECORD

    def _attach_to_repair(self, repair):
        """The job's parts go onto the repair record that it led to (under sudo)."""
        self.write({"repair_id": repair.id})
        self.line_ids.filtered("issued")._plan_use()

    def _prepare_part_vals(self, line, quantity):
        """Values of the repair record's part line for issued pieces."""
        self.ensure_one()
        return {
            "repair_id": self.repair_id.id,
            "repair_line_type": "add",
            "product_id": line.product_id.id,
            "product_uom": line.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "requisition_line_id": line.id,
        }

    def action_open_moves(self):
        """The ledger's rows of this requisition."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_parts.aftersales_parts_ledger_action"
            ),
            "domain": [("requisition_id", "=", self.id)],
            "context": {},
        }

    def action_print(self):
        return self.env.ref(
            "aftersales_requisition.aftersales_parts_requisition_report"
        ).report_action(self)
