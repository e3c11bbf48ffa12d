from odoo import fields, models


class AftersalesPartsRequisition(models.Model):
    """Parts asked for that the dealer does not have are noted on the case."""

    _inherit = "aftersales.parts.requisition"

    def _get_ticket(self):
        """The case that the parts are for."""
        self.ensure_one()
        # sudo: the case of the work may be another colleague's
        work = self.sudo()
        return work.repair_id.ticket_id or work.dispatch_id.ticket_id

    def action_submit(self):
        res = super().action_submit()
        self.sudo()._note_shortages()  # sudo: a record of what was not there
        return res

    def _note_shortages(self):
        """Note, once per case and part, what is asked for and not there."""
        wanted = {}
        for requisition in self:
            ticket = requisition._get_ticket()
            for line in requisition.line_ids if ticket.dealer_id else ():
                if line.product_uom_compare(line.product_quantity, line.on_hand) > 0:
                    wanted[ticket, line.product_id] = line
        shortages = self.env["aftersales.stocking.shortage"]
        shortages._note(
            [
                {
                    "ticket_id": ticket.id,
                    "product_id": part.id,
                    "wanted": line.product_quantity,
                    "source": "requisition",
                    "requisition_line_id": line.id,
                }
                for (ticket, part), line in wanted.items()
            ]
        )

    def _issue(self, wanted):
        res = super()._issue(wanted)
        self._end_shortages()
        return res

    def _end_shortages(self):
        """What was handed over in full is missing no more."""
        # sudo: see action_submit
        whole = self.sudo().line_ids.filtered(
            lambda line: (
                line.product_uom_compare(line.issued, line.product_quantity) >= 0
            )
        )
        self._find_shortages(whole).ended_on = fields.Date.context_today(self)

    def _find_shortages(self, lines):
        shortages = self.env["aftersales.stocking.shortage"].sudo()  # sudo: see above
        return shortages.search(
            [("requisition_line_id", "in", lines.ids), ("ended_on", "=", False)]
        )

    def action_cancel(self):
        res = super().action_cancel()
        # sudo: nobody waits for parts that nobody asks for
        lines = self.sudo().line_ids
        self._find_shortages(lines).ended_on = fields.Date.context_today(self)
        return res
