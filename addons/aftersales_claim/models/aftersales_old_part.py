from odoo import fields, models

from .aftersales_old_part_charge import PAID_STATES


class AftersalesOldPart(models.Model):
    _inherit = "aftersales.old.part"

    charge_ids = fields.One2many("aftersales.old.part.charge", "old_part_id")

    def _on_inspected(self):
        """The claims that waited for these pieces are decided on.

        Where a claim was paid before the inspection, a refused piece is charged back.
        """
        res = super()._on_inspected()
        # sudo: an inspector has no part in claims; they follow from his finding
        decided = self.sudo()
        claims = self.env["aftersales.claim"].sudo()._get_claims_of_old_parts(decided)
        claims._on_old_parts_inspected(decided)
        decided._settle_late_finding()
        return res

    def _settle_late_finding(self):
        """Money that moved before the finding follows it, one way or the other."""
        charges = self.env["aftersales.old.part.charge"]
        certain = self.filtered(lambda tag: tag.disposition != "disputed")
        payable = certain.filtered("is_payable")
        charges._give_back(payable)
        paid = (certain - payable).filtered(lambda tag: tag._is_settled())
        charges._charge(paid, "refused")

    def _get_claim_lines(self):
        """The claim positions of this piece's part line that were, or will be, paid."""
        self.ensure_one()
        return self.env["aftersales.claim.line"].search(
            [("move_id", "=", self.move_id.id), ("state", "in", PAID_STATES)]
        )

    def _is_settled(self):
        """Whether the claim was paid, so that its amount cannot be changed any more."""
        self.ensure_one()
        return bool(
            self.move_id
            and self._get_claim_lines().filtered(lambda line: line.state == "settled")
        )

    def _get_paid(self):
        """This piece's part of what its claim position was granted, before tax."""
        self.ensure_one()
        if not self.move_id:
            return 0.0
        pieces = self.search_count([("move_id", "=", self.move_id.id)])
        return sum(self._get_claim_lines().mapped("approved")) / pieces

    def _get_charged(self):
        """What the dealer gave back of it so far, without penalties."""
        self.ensure_one()
        live = self.charge_ids.filtered(lambda charge: not charge.dropped)
        return sum(
            -charge.paid if charge.kind == "returned" else charge.paid
            for charge in live
        )

    def _get_dealer_price(self):
        """The dealer's price of one such part, before tax."""
        self.ensure_one()
        if not self.move_id:
            return 0.0
        return self.repair_id._get_claim_part_price(self.move_id)
