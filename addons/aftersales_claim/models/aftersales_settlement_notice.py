from odoo import models

from odoo.addons.aftersales_dealer.utils.amount_words import amount_in_chinese

from .aftersales_claim_booking import ADJUSTMENT_KINDS, CLAIM_KINDS


class AftersalesSettlement(models.Model):
    """What the printed notice (三包费用核销通知单) shows."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.settlement"

    def _get_notice_lang(self):
        """The notice speaks the dealer's language."""
        self.ensure_one()
        return self.dealer_id.partner_id.lang or self.env.lang

    def _get_notice_record(self):
        """The settlement as the notice prints it.

        The dealer's people print it too: it shows tax names and the approved amounts,
        which are his, out of models that are closed to them.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: reading this settlement was checked; only its own figures are shown
        return self.sudo().with_context(lang=self._get_notice_lang())

    def _get_notice_rows(self):
        """One dict per claim: numbers, approved amounts by kind, sums, reasons."""
        self.ensure_one()
        claims = self.claim_ids.sorted("name")
        return [self._prepare_notice_row(claim) for claim in claims]

    def _prepare_notice_row(self, claim):
        row = {key: 0.0 for key, _label in CLAIM_KINDS}
        for line in claim.line_ids:
            row[line.kind] += line.approved
        cuts = claim.line_ids.filtered(lambda line: line.cut or line.reason_text)
        return {
            **row,
            "claim": claim.name,
            "repair": claim.repair_id.name,
            "serial": claim.lot_id.name or "",
            "claimed": claim.claimed,
            "approved": claim.approved,
            "reasons": "; ".join(
                f"{line.name} −{self.currency_id.format(line.cut)} ({line.reason_text})"
                for line in cuts
            ),
        }

    def _get_notice_adjustments(self):
        """Rewards and the three sorts of deductions, each a list of its own."""
        self.ensure_one()
        labels = dict(self.line_ids._fields["kind"]._description_selection(self.env))
        sections = []
        for kind, _label in ADJUSTMENT_KINDS:
            lines = self.line_ids.filtered(lambda line, kind=kind: line.kind == kind)
            if lines:
                sections.append({"name": labels[kind], "lines": lines})
        return sections

    def _get_amount_in_words(self):
        """Total in words: Chinese capitals, or the currency's own text."""
        self.ensure_one()
        if (self.env.lang or "").startswith("zh"):
            return amount_in_chinese(self.amount_total)
        return self.currency_id.amount_to_text(self.amount_total)
