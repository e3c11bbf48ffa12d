from odoo import api, fields, models

from ..models.aftersales_warranty_card import DEAD_STATES
from ..utils.serial import normalize_serial


class AftersalesWarrantyCheck(models.TransientModel):
    """Asks the coverage verdict of a machine: which part, which day, which usage.

    A dealer may ask for any machine that came to his workshop, by its exact serial
    number. He learns what is covered, and nothing of who sold it to whom.
    """

    _name = "aftersales.warranty.check"
    _description = "Coverage check"

    serial = fields.Char(string="Serial Number")
    part_id = fields.Many2one(
        "product.product",
        domain=[("is_machine", "=", False), ("type", "=", "consu")],
        help="Empty: the machine as a whole.",
    )
    part_class_id = fields.Many2one(
        "aftersales.part.class", help="When the part itself is not known."
    )
    on_date = fields.Date(
        string="Day of the Fault", required=True, default=fields.Date.context_today
    )
    usage = fields.Float(help="Meter reading on that day; 0 takes the last one known.")
    machine = fields.Char(compute="_compute_verdict")
    usage_unit = fields.Char(compute="_compute_verdict")
    covered = fields.Boolean(compute="_compute_verdict")
    reimbursable = fields.Boolean(compute="_compute_verdict")
    parts_share = fields.Float(string="Parts (%)", compute="_compute_verdict")
    labour_share = fields.Float(string="Labour (%)", compute="_compute_verdict")
    travel_share = fields.Float(string="Travel (%)", compute="_compute_verdict")
    verdict_text = fields.Text(string="Why", compute="_compute_verdict")

    @api.depends("serial", "part_id", "part_class_id", "on_date", "usage")
    def _compute_verdict(self):
        for check in self:
            card = check._find_card()
            # sudo: the part's class is read with the card's rights
            verdict = card.coverage_verdict(
                check.part_id.sudo() or check.part_class_id or None,
                check.on_date,
                check.usage or None,
            )
            units = card._fields["usage_unit"]._description_selection(self.env)
            check.update(
                {
                    "machine": card.product_id.display_name,
                    "usage_unit": dict(units).get(card.usage_unit),
                    "covered": verdict.covered,
                    "reimbursable": verdict.reimbursable,
                    "parts_share": verdict.parts_share,
                    "labour_share": verdict.labour_share,
                    "travel_share": verdict.travel_share,
                    "verdict_text": verdict.text,
                }
            )

    def _find_card(self):
        """The live card of the serial number, or else its last one.

        :return: card under sudo, perhaps empty
        """
        # sudo: any dealer may repair the machine; only the verdict is shown to him
        cards = self.env["aftersales.warranty.card"].sudo()
        serial = normalize_serial(self.serial)
        if not serial:
            return cards
        found = cards.search([("serial", "=", serial)])
        return (
            found.filtered(lambda card: card.state not in DEAD_STATES)[:1] or found[:1]
        )
