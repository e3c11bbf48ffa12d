from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    shortage_ids = fields.One2many(
        "aftersales.stocking.shortage", "ticket_id", string="Awaited Parts"
    )
    shortage_count = fields.Integer(
        string="Awaited Parts (Number)", compute="_compute_shortage_count"
    )
    is_awaiting_parts = fields.Boolean(
        string="Waits for Parts", compute="_compute_stocking_liability", store=True
    )
    stocking_liability = fields.Selection(
        [("dealer", "Dealer"), ("company", "Company"), ("none", "Nobody")],
        string="Liable for Missing Parts",
        compute="_compute_stocking_liability",
        store=True,
        compute_sudo=True,
        help="By the dealer's stocking plan; empty when no part was missing. A part "
        "that is the dealer's doing outweighs the company's.",
    )
    stocking_liability_text = fields.Text(
        string="Why", compute="_compute_stocking_liability_text", compute_sudo=True
    )

    @api.depends("shortage_ids")
    def _compute_shortage_count(self):
        for ticket in self:
            ticket.shortage_count = len(ticket.shortage_ids)

    @api.depends("shortage_ids.liability", "shortage_ids.ended_on")
    def _compute_stocking_liability(self):
        for ticket in self:
            liable = set(ticket.shortage_ids.mapped("liability"))
            ticket.stocking_liability = next(
                (side for side in ("dealer", "company", "none") if side in liable),
                False,
            )
            ticket.is_awaiting_parts = any(
                not shortage.ended_on for shortage in ticket.shortage_ids
            )

    @api.depends_context("lang")
    @api.depends("shortage_ids.cause")
    def _compute_stocking_liability_text(self):
        for ticket in self:
            ticket.stocking_liability_text = "\n".join(
                shortage.explanation for shortage in ticket.shortage_ids
            )

    def _stamp(self, name, moment=None):
        res = super()._stamp(name, moment)
        if name == "resolved_at":
            # sudo: a case that is settled waits for nothing any more
            self.sudo().shortage_ids.action_end()
        return res

    def action_note_shortage(self):
        """Open the dialog for a part that the dealer does not have."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_stocking.aftersales_stocking_shortage_action_note"
            ),
            "context": {"default_ticket_id": self.id},
        }

    def action_open_shortages(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "aftersales_stocking.aftersales_stocking_shortage_action"
            ),
            "domain": [("ticket_id", "=", self.id)],
            "context": {},
        }
