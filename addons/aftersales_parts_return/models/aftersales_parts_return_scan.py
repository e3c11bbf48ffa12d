import re

from odoo import models
from odoo.exceptions import UserError


class AftersalesPartsReturn(models.Model):
    """The keeper's scanner: one code per piece."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.return"

    def action_scan(self):
        """Count the scanned codes: serial number, barcode or part number, per piece.

        All or nothing: an unknown code or a serial number scanned twice is refused,
        and the field keeps its codes to be corrected.

        :raises UserError: names the code and what to do
        """
        for paper in self:
            paper._ensure_can("receive")
            codes = re.split(r"[\s,;]+", (paper.scan or "").strip())
            # sudo: serial numbers of other dealers tell a foreign piece from nonsense
            paper.sudo()._count_codes([code for code in codes if code])
            paper.scan = False

    def _count_codes(self, codes):
        self.ensure_one()
        index = self._get_code_index()
        surplus = (self.surplus_note or "").splitlines()
        for code in codes:
            lines = index.get(code)
            if lines:
                self._count_piece(lines, code)
            else:
                surplus.append(self._describe_surplus(code, surplus))
        self.surplus_note = "\n".join(surplus) or False

    def _get_code_index(self):
        """Which lines a code may mean: dict of code to lines."""
        index = {}
        for line in self.line_ids:
            product, lot = line.product_id, line.lot_id
            names = [lot.name] if lot else [product.barcode, product.default_code]
            for name in filter(None, names):
                index[name] = index.get(name, line.browse()) | line
        return index

    def _count_piece(self, lines, code):
        """One more piece of the first of the lines that is not complete."""
        open_lines = lines.filtered(
            lambda line: line.uom_id.compare(line.received, line.quantity) < 0
        )
        if not open_lines and lines[0].tracking == "serial":
            raise UserError(
                self.env._(
                    "%(code)s was scanned already: a serial number is one piece. Take "
                    "it out of the scanned barcodes.",
                    code=code,
                )
            )
        (open_lines or lines)[0].received += 1

    def _describe_surplus(self, code, known):
        """The sentence about a piece of ours that is not on the list.

        :raises UserError: the code is unknown, or this piece was scanned already
        """
        lot = self.env["stock.lot"].search([("name", "=", code)], limit=1)
        product = lot.product_id or self.env["product.product"].search(
            ["|", ("barcode", "=", code), ("default_code", "=", code)], limit=1
        )
        if not product:
            raise UserError(
                self.env._(
                    "%(code)s is no serial number, barcode or part number that we "
                    "know. Take it out of the scanned barcodes, or scan the piece "
                    "again.",
                    code=code,
                )
            )
        text = self.env._(
            "%(part)s (%(code)s) is not on the list",
            part=product.display_name,
            code=code,
        )
        if lot.product_id.tracking == "serial" and text in known:
            raise UserError(
                self.env._(
                    "%(code)s was scanned already and is noted as not listed. Take it "
                    "out of the scanned barcodes.",
                    code=code,
                )
            )
        return text


class AftersalesPartsReturnLine(models.Model):
    """What is asked of a line before it goes on."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.return.line"

    def _ensure_identified(self):
        """:raises UserError: a serial number is missing, or on two lines"""
        seen = set()
        for line in self:
            part = line.product_id.display_name
            if line.tracking != "none" and not line.lot_id:
                raise UserError(
                    self.env._(
                        "%(part)s: enter the serial or lot number of the piece.",
                        part=part,
                    )
                )
            if line.tracking == "serial" and line.lot_id in seen:
                raise UserError(
                    self.env._(
                        "%(part)s: %(lot)s is on two lines. Delete one of them.",
                        part=part,
                        lot=line.lot_id.name,
                    )
                )
            seen.add(line.lot_id)

    def _ensure_reason_holds(self):
        """:raises UserError: a reason is no longer used, or its time is over"""
        for line in self:
            if not line.reason_id.active:
                raise UserError(line._get_superseded_refusal(line.reason_id))
            line._ensure_in_time()

    def _get_superseded_refusal(self, reason):
        return self.env._(
            "%(part)s: the reason “%(reason)s” is no longer used. Choose another one.",
            part=self.product_id.display_name,
            reason=reason.name,
        )

    def _ensure_in_time(self):
        """The reason's time after the dealer's receipt is not over.

        :raises UserError: names how many pieces are still in time
        """
        self.ensure_one()
        reason = self.reason_id
        if not (reason.limit_days or reason.limit_seasons):
            return
        # sudo: receipts are movements, which a dealer does not read
        line = self.sudo()
        holdings = self.env["aftersales.parts.holding"]
        in_time = sum(
            held.left
            for held in holdings._get_held(
                line.dealer_id._get_stock_location(), line.product_id, line.lot_id
            )
            if holdings._is_in_time(held, reason, line.company_id)
        )
        if line.uom_id.compare(in_time, line.quantity) < 0:
            raise UserError(
                self.env._(
                    "%(part)s: with the reason “%(reason)s” %(in_time)g pieces are "
                    "still in time, %(wanted)g are asked for. Reduce the quantity or "
                    "choose the reason that holds.",
                    part=line.product_id.display_name,
                    reason=reason.name,
                    in_time=in_time,
                    wanted=line.quantity,
                )
            )

    def _ensure_inspected(self):
        """:raises UserError: names the line and what the inspector has to enter"""
        for line in self:
            reason = line.final_reason_id
            for is_missing, sentence in line._get_inspection_gaps(reason):
                if is_missing:
                    raise UserError(sentence)

    def _get_inspection_gaps(self, reason):
        """Pairs (is missing, sentence): what keeps the inspection open."""
        part = self.product_id.display_name
        changed = reason != self.reason_id
        return [
            (
                not reason or not self.disposition,
                self.env._(
                    "%(part)s: enter the reason found and where it goes.", part=part
                ),
            ),
            (
                changed and not reason.active,
                self._get_superseded_refusal(reason),
            ),
            (
                (changed or reason.needs_finding) and not self.finding,
                self.env._(
                    "%(part)s: write down what was found. The reason “%(reason)s” "
                    "needs it, and so does a changed reason.",
                    part=part,
                    reason=reason.name or "",
                ),
            ),
            (
                bool(self.refit_hours or self.missing_amount)
                and not reason.charges_refit,
                self.env._(
                    "%(part)s: with the reason “%(reason)s” no refit and no missing "
                    "pieces are charged. Empty them or change the reason.",
                    part=part,
                    reason=reason.name or "",
                ),
            ),
        ]
