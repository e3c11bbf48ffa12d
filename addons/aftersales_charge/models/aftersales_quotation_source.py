from odoo import Command, api, fields, models
from odoo.tools import float_compare


class AftersalesQuotation(models.Model):
    """From the work of a repair to priced lines, and from its end to what was used."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.quotation"

    def _get_rates(self):
        """The published rates for this quotation's dealer and day, by kind."""
        # sudo: a dealer's grade decides, whoever asks
        own = self.sudo()
        return own.env["aftersales.charge.rate"]._get_rates(
            own.company_id or self.env.company,
            own.dealer_id.grade_id,
            own.date or fields.Date.context_today(self),
        )

    def _get_published_price(self, kind, product):
        """Published price of one unit, in the company's currency; 0 without one."""
        # sudo: price lists and taxes are closed to dealers
        own = self.sudo()
        company = own.company_id or self.env.company
        product = product.sudo().with_company(company)
        if kind != "part" or not product:
            return own._get_rates().get(kind, own.env["aftersales.charge.rate"]).price
        day = own.date or fields.Date.context_today(self)
        pricelist = own.env["product.pricelist"]._get_published(company)
        if pricelist:
            price = pricelist._get_product_price(
                product, 1.0, currency=company.currency_id, date=day
            )
        else:
            price = product.currency_id._convert(
                product.lst_price, company.currency_id, company, day, round=False
            )
        return product._get_tax_included_unit_price_from_price(
            price,
            product.taxes_id._filter_taxes_by_company(company),
            fiscal_position=own._get_fiscal_position(),
        )

    def _get_fiscal_position(self):
        # sudo: fiscal positions are closed to dealers
        own = self.sudo()
        positions = own.env["account.fiscal.position"].with_company(own.company_id)
        return positions._get_fiscal_position(own.partner_id)

    def _get_taxes(self, product):
        """Taxes on a product for this customer, in the quotation's company."""
        # sudo: taxes are closed to dealers
        own = self.sudo()
        company = own.company_id or self.env.company
        taxes = product.sudo().taxes_id._filter_taxes_by_company(company)
        return own._get_fiscal_position().map_tax(taxes)

    @api.model
    def _create_for(self, ticket, repair=None):
        """A draft with the work that is known, for a case or its repair."""
        quotation = self.create(
            {"ticket_id": ticket.id, "repair_id": repair.id if repair else False}
        )
        quotation._refresh_lines()
        return quotation

    def action_refresh(self):
        """Take the lines from the repair again; prices agreed on by hand are kept."""
        self.check_access("write")
        self._refresh_lines()

    def _refresh_lines(self):
        for quotation in self.filtered("repair_id"):
            known = {
                line._get_key(): line._prepare_kept_vals()
                for line in quotation.line_ids
            }
            old = quotation.line_ids.filtered(
                lambda line: line.kind in ("part", "labour", "travel")
            )
            quotation.line_ids = [
                *[Command.delete(line.id) for line in old],
                *[
                    Command.create(
                        {**source.prepare_vals(), **known.get(source.key, {})}
                    )
                    for source in quotation.repair_id._get_charge_sources()
                ],
            ]

    # USE

    def _plan_use(self, repair):
        """How much of each line the repair used, and what it used beside them.

        Sources meet lines by kind, cover, product and operation, so that it does not
        matter in which order somebody typed them. What no line quotes, and extras of
        the charge that have no counterpart in a repair, are added.

        :return: (dict of line to quantity, list of sources without a line)
        """
        self.ensure_one()
        used = {
            line: line.quantity if line.kind in ("night", "other") else 0.0
            for line in self.line_ids
        }
        waiting = {}
        for line in self.line_ids:
            waiting.setdefault(line._get_key(), []).append(line)
        extras = []
        for source in repair._get_charge_sources():
            lines = waiting.get(source.key)
            if not lines:
                extras.append(source)
                continue
            self._pour(source.quantity, lines, used)
        return used, extras

    @api.model
    def _pour(self, quantity, lines, used):
        """Fill lines up to their quantities in order; the last one takes the rest."""
        for line in lines[:-1]:
            room = max(line.quantity - used[line], 0.0)
            taken = min(room, quantity)
            used[line] += taken
            quantity -= taken
        used[lines[-1]] += quantity

    def _get_use_total(self, repair):
        """What the repair as it stands would cost the customer, tax included."""
        self.ensure_one()
        own = self.sudo()  # sudo: extras are priced from closed price lists
        used, extras = own._plan_use(repair.sudo())
        lines = own.env["aftersales.quotation.line"]
        pairs = [(line, qty) for line, qty in used.items() if not line.covered]
        for source in extras:
            if not source.covered:
                line = lines.new({"quotation_id": own.id, **source.prepare_vals()})
                pairs.append((line, source.quantity))
        return own._get_tax_totals(pairs)["total_amount_currency"]

    def _note_use(self, repair):
        """Write down what the finished repair used; runs once, under sudo."""
        self.ensure_one()
        used, extras = self._plan_use(repair)
        for line, quantity in used.items():
            line.used_quantity = quantity
        self.env["aftersales.quotation.line"].create(
            [
                {
                    "quotation_id": self.id,
                    **source.prepare_vals(),
                    "quantity": 0.0,
                    "used_quantity": source.quantity,
                    "is_extra": True,
                }
                for source in extras
            ]
        )
        self.write({"is_used": True, "repair_id": repair.id})

    def _is_beyond_limit(self, total):
        self.ensure_one()
        digits = self.currency_id.decimal_places
        return float_compare(total, self.limit_total, precision_digits=digits) > 0
