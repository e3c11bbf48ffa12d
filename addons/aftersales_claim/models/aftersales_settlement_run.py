from odoo import api, models
from odoo.fields import Command, Domain

from .aftersales_claim_booking import CLAIM_KINDS


class AftersalesSettlement(models.Model):
    """How settlements are built from approved claims."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.settlement"

    @api.model
    def _run(self, date_from, date_to, dealers=None):
        """Gather the unsettled claims approved until ``date_to``, one notice a dealer.

        Running again changes nothing, or adds what was approved since to the drafts; a
        dealer whose notice is out already gets the rest with the next period.

        :param dealers: ``aftersales.dealer`` records; None for all
        :return: the settlements that were made or added to
        """
        domain = self.env["aftersales.claim"]._get_unsettled_domain(date_to)
        domain &= Domain("company_id", "=", self.env.company.id)
        if dealers is not None:
            domain &= Domain("dealer_id", "in", dealers.ids)
        # sudo: links and amounts are closed to hand-editing; the caller's right to run
        # settlements was checked by the wizard's access rights
        claims = self.env["aftersales.claim"].sudo().search(domain, order="id")
        # Somebody else's transaction holds the others: they come with the next run.
        claims = claims.try_lock_for_update(allow_referencing=True)
        settlements = self.sudo()._get_or_create(claims.dealer_id, date_from, date_to)
        by_dealer = claims.grouped("dealer_id")
        for settlement in settlements:
            by_dealer[settlement.dealer_id].write({"settlement_id": settlement.id})
        settlements._rebuild_lines()
        return settlements.sudo(self.env.su)

    @api.model
    def _get_or_create(self, dealers, date_from, date_to):
        """The drafts of these dealers for the period, new where there is none."""
        existing = self.search(
            Domain("dealer_id", "in", dealers.ids)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("date_from", "=", date_from)
            & Domain("date_to", "=", date_to)
        )
        created = self.create(
            [
                {
                    "dealer_id": dealer.id,
                    "company_id": self.env.company.id,
                    "date_from": date_from,
                    "date_to": date_to,
                }
                for dealer in dealers - existing.dealer_id
            ]
        )
        return existing.filtered(lambda one: one.state == "draft") + created

    def _rebuild_lines(self):
        """Sum up the claims anew, per claim type and kind; adjustments stay."""
        lines = self.env["aftersales.claim.line"]
        self.line_ids.filtered(lambda line: not line.is_adjustment).unlink()
        groups = lines._read_group(
            [("claim_id.settlement_id", "in", self.ids), ("approved", ">", 0)],
            ["claim_id.settlement_id", "claim_type_id", "kind"],
            ["approved:sum", "id:recordset"],
        )
        bookings = self.env["aftersales.claim.booking"]._get_all()
        vals_list = [
            settlement._prepare_line_vals(bookings, kind, claim_type, amount)
            for settlement, claim_type, kind, amount, _lines in groups
        ]
        created = self.env["aftersales.settlement.line"].create(vals_list)
        for line, group in zip(created, groups, strict=True):
            group[-1].write({"settlement_line_id": line.id})

    def _prepare_line_vals(self, bookings, kind, claim_type, amount):
        self.ensure_one()
        booking = self.env["aftersales.claim.booking"]._get_for(
            bookings, kind, claim_type
        )
        order = [key for key, _label in CLAIM_KINDS]
        return {
            "settlement_id": self.id,
            "sequence": claim_type.sequence * 10 + order.index(kind),
            "kind": kind,
            "claim_type_id": claim_type.id,
            "amount": amount,
            **self._prepare_booking_vals(booking),
        }

    def _prepare_booking_vals(self, booking):
        """Product, account and taxes of a line, for this dealer."""
        self.ensure_one()
        position = self._get_fiscal_position()
        taxes = booking._get_taxes(self.company_id, position)
        account = booking.with_company(self.company_id).account_id
        return {
            "product_id": booking.product_id.id,
            "account_id": position.map_account(account).id if account else False,
            "tax_ids": [Command.set(taxes.ids)],
        }

    def _get_fiscal_position(self):
        self.ensure_one()
        return (
            self.env["account.fiscal.position"]
            .with_company(self.company_id)
            ._get_fiscal_position(self.dealer_id.partner_id)
        )

    def _get_tax_totals(self):
        """Totals by core's tax engine, the same that computes the credit note.

        :return: the summary dict of ``account.tax._get_tax_totals_summary``
        """
        self.ensure_one()
        engine = self.env["account.tax"]
        company = self.company_id or self.env.company
        base_lines = [line._prepare_base_line() for line in self.line_ids]
        engine._add_tax_details_in_base_lines(base_lines, company)
        engine._round_base_lines_tax_details(base_lines, company)
        return engine._get_tax_totals_summary(base_lines, company.currency_id, company)
