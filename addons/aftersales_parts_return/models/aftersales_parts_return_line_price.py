from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from .aftersales_parts_return import DROPPED


class AftersalesPartsReturn(models.Model):
    """What the dealer paid: his posted invoices, newest first."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.return"

    def _allocate_prices(self):
        """Find the price paid for the pieces taken back; callers use sudo.

        Pieces are matched with the dealer's posted invoices, newest first, less what
        other returns and credit notes of those invoices gave back already. What is
        left has the price that the manager entered. Two returns at once do not use the
        same invoice twice, see :meth:`_take_turns`.
        """
        for paper in self:
            paper._take_turns()
            paper.line_ids.price_ids.unlink()
            queues = paper._get_invoiced()
            vals_list = []
            for line in paper.line_ids.filtered("accepted"):
                vals_list += line._prepare_prices_vals(queues[line.product_id])
            self.env["aftersales.parts.return.price"].create(vals_list)

    def _take_turns(self):
        """Let one transaction at a time match returns of this dealer with invoices.

        A lock alone would not do: the second transaction would wait and then still not
        see what the first one took. A touched row makes PostgreSQL refuse the second
        one, which is run again on fresh figures.
        """
        self.ensure_one()
        self.dealer_id.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE aftersales_dealer SET write_date = write_date WHERE id = %s",
                self.dealer_id.id,
            )
        )

    def _get_invoiced(self):
        """Per product the invoice lines with what of them was not given back yet.

        :return: dict of product to a list of [invoice line, pieces]
        """
        self.ensure_one()
        lines = self.env["account.move.line"].search(
            self._get_invoiced_domain(), order="date desc, move_id desc, id desc"
        )
        returned = self._get_returned_by_line(lines)
        refunded = self._get_refunded_by_invoice(lines.move_id)
        queues = defaultdict(list)
        for line in lines:
            product = line.product_id
            pieces = line.product_uom_id._compute_quantity(
                line.quantity, product.uom_id, round=False
            )
            pieces -= returned.get(line.id, 0.0)
            key = (line.move_id.id, product.id)
            less = min(pieces, refunded.get(key, 0.0))
            refunded[key] = refunded.get(key, 0.0) - less
            if product.uom_id.compare(pieces - less, 0.0) > 0:
                queues[product].append([line, pieces - less])
        return queues

    def _get_invoiced_domain(self):
        """Invoice lines that can tell the price paid; extension point."""
        partner = self.dealer_id.partner_id.commercial_partner_id
        return (
            Domain("parent_state", "=", "posted")
            & Domain("move_id.move_type", "=", "out_invoice")
            & Domain("move_id.parts_return_id", "=", False)
            & Domain("move_id.reversed_entry_id", "=", False)
            & Domain("move_id.commercial_partner_id", "=", partner.id)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("currency_id", "=", self.currency_id.id)
            & Domain("display_type", "=", "product")
            & Domain("product_id", "in", self.line_ids.product_id.ids)
            & Domain("quantity", ">", 0)
            & Domain("price_subtotal", ">=", 0)
        )

    def _get_returned_by_line(self, lines):
        """Pieces that other returns took from these invoice lines."""
        groups = self.env["aftersales.parts.return.price"]._read_group(
            [
                ("invoice_line_id", "in", lines.ids),
                ("return_id.state", "not in", DROPPED),
                ("return_id", "not in", self.ids),
            ],
            ["invoice_line_id"],
            ["quantity:sum"],
        )
        return {line.id: quantity for line, quantity in groups}

    def _get_refunded_by_invoice(self, invoices):
        """Pieces credited by core's credit notes, by invoice and product."""
        refunded = defaultdict(float)
        lines = self.env["account.move.line"].search(
            [
                ("move_id.reversed_entry_id", "in", invoices.ids),
                ("move_id.move_type", "=", "out_refund"),
                ("parent_state", "=", "posted"),
                ("display_type", "=", "product"),
                ("product_id", "in", self.line_ids.product_id.ids),
            ]
        )
        for line in lines:
            key = (line.move_id.reversed_entry_id.id, line.product_id.id)
            refunded[key] += line.product_uom_id._compute_quantity(
                line.quantity, line.product_id.uom_id, round=False
            )
        return refunded

    def _ensure_priced(self):
        """:raises UserError: names the part that nobody knows the price of"""
        for line in self.line_ids.filtered("unpriced"):
            raise UserError(
                self.env._(
                    "%(paper)s: of %(wanted)g × %(part)s only %(priced)g are on the "
                    "dealer's posted invoices. The after-sales manager enters the "
                    "price of the others and why; or reduce the quantity.",
                    paper=line.return_id.name,
                    wanted=line.accepted,
                    part=line.product_id.display_name,
                    priced=line.priced,
                )
            )


class AftersalesPartsReturnLine(models.Model):
    """The money of a line."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.parts.return.line"

    def _prepare_prices_vals(self, queue):
        """Use up the queue of [invoice line, pieces] for the pieces of this line."""
        self.ensure_one()
        wanted, vals_list = self.accepted, []
        for entry in queue:
            invoice_line, pieces = entry
            taken = min(wanted, pieces)
            if self.uom_id.compare(taken, 0.0) <= 0:
                continue
            entry[1] -= taken
            wanted -= taken
            vals_list.append(self._prepare_price_vals(invoice_line, taken))
        if self.uom_id.compare(wanted, 0.0) > 0 and self.manual_reason:
            vals_list.append(self._prepare_manual_price_vals(wanted))
        return vals_list

    def _prepare_price_vals(self, invoice_line, quantity):
        return {
            "line_id": self.id,
            "invoice_line_id": invoice_line.id,
            "invoice_name": invoice_line.move_id.name,
            "invoice_date": invoice_line.move_id.invoice_date,
            "quantity": quantity,
            "price_unit": invoice_line.product_uom_id._compute_price(
                invoice_line.price_unit, self.uom_id
            ),
            "discount": invoice_line.discount,
            "tax_ids": [Command.set(invoice_line.tax_ids.ids)],
        }

    def _prepare_manual_price_vals(self, quantity):
        """The price that the manager entered, with the product's own taxes."""
        company = self.company_id
        taxes = self.product_id.taxes_id._filter_taxes_by_company(company)
        position = (
            self.env["account.fiscal.position"]
            .with_company(company)
            ._get_fiscal_position(self.dealer_id.partner_id)
        )
        return {
            "line_id": self.id,
            "quantity": quantity,
            "price_unit": self.manual_price,
            "tax_ids": [Command.set(position.map_tax(taxes).ids)],
        }

    def _get_deductions(self):
        """What is taken off the price paid, each rounded to the currency.

        :return: dict of kind ("kept", "refit", "missing") to amount >= 0
        """
        self.ensure_one()
        reason = self._get_reason()
        round_amount = (self.currency_id or self.env.company.currency_id).round
        refit = self.refit_hours * self.return_id.refit_rate
        return {
            "kept": round_amount(self.goods_amount * reason.deduction / 100),
            "refit": round_amount(refit) if reason.charges_refit else 0.0,
            "missing": self.missing_amount if reason.charges_refit else 0.0,
        }

    def _get_refund_taxes(self):
        """Taxes of the goods of the line, which its deductions reduce."""
        return self.price_ids[:1].tax_ids

    def _prepare_refund_vals(self):
        """Lines of the credit note: goods at the price paid, less the deductions."""
        self.ensure_one()
        vals_list = [
            {
                "product_id": self.product_id.id,
                "product_uom_id": self.uom_id.id,
                "quantity": price.quantity,
                "price_unit": price.price_unit,
                "discount": price.discount,
                "tax_ids": [Command.set(price.tax_ids.ids)],
                "parts_return_line_id": self.id,
                "name": self._get_refund_label(price),
                **self._prepare_account_vals(price),
            }
            for price in self.price_ids
        ]
        taxes = [Command.set(self._get_refund_taxes().ids)]
        for kind, amount in self._get_deductions().items():
            if amount:
                vals_list.append(self._prepare_deduction_vals(kind, amount, taxes))
        return vals_list

    def _prepare_account_vals(self, price):
        account = price.invoice_line_id.account_id
        return {"account_id": account.id} if account else {}

    def _get_refund_label(self, price):
        if not price.invoice_name:
            return self.env._(
                "%(part)s, price agreed: %(reason)s",
                part=self.product_id.display_name,
                reason=self.manual_reason,
            )
        return self.env._(
            "%(part)s, paid with %(invoice)s of %(day)s",
            part=self.product_id.display_name,
            invoice=price.invoice_name,
            day=fields.Date.to_string(price.invoice_date),
        )

    def _prepare_deduction_vals(self, kind, amount, taxes):
        part = self.product_id.display_name
        labels = {
            "kept": self.env._(
                "%(part)s: %(share)g %% kept",
                part=part,
                share=self._get_reason().deduction,
            ),
            "refit": self.env._(
                "%(part)s: %(hours)g hours of refit", part=part, hours=self.refit_hours
            ),
            "missing": self.env._(
                "%(part)s: missing pieces (%(which)s)",
                part=part,
                which=self.missing_note or "",
            ),
        }
        product = self.env.ref(f"aftersales_parts_return.product_product_return_{kind}")
        return {
            "product_id": product.id,
            "quantity": 1.0,
            "price_unit": -amount,
            "tax_ids": taxes,
            "name": labels[kind],
        }
