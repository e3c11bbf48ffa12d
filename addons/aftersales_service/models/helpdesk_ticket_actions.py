from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    def action_dispatch(self):
        """Open a new job for the case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispatch"),
            "res_model": "aftersales.dispatch",
            "view_mode": "form",
            "context": {"default_ticket_id": self.id},
        }

    def action_create_repair(self):
        """Open a repair record for a machine that was brought in."""
        self.ensure_one()
        self.check_access("write")
        return self._create_repair()._get_form_action()

    def _create_repair(self, dispatch=None):
        """A repair record with everything filled that the case knows.

        :raises UserError: the case is closed, or its type needs a serial number
        """
        self.ensure_one()
        if self.closed or self.resolved_at:
            raise UserError(
                self.env._(
                    "Case %(case)s is settled. Reopen it first.", case=self.display_name
                )
            )
        self._ensure_serial()
        # sudo: a dealer's user may not create repair orders but from his cases
        repair = self.env["repair.order"].sudo()
        return repair.create(self._prepare_repair_vals(dispatch)).sudo(False)

    def _ensure_serial(self):
        """:raises UserError: the case type needs a serial number, none is given"""
        for ticket in self:
            if ticket.case_type_id.needs_serial and not ticket.lot_id:
                raise UserError(
                    self.env._(
                        "Case %(case)s needs the machine's serial number before a "
                        "technician works on it. Ask the customer to read it from the "
                        "nameplate.",
                        case=ticket.display_name,
                    )
                )

    def _prepare_repair_vals(self, dispatch=None):
        """Values of a repair record; extension point."""
        self.ensure_one()
        job = dispatch or self.env["aftersales.dispatch"]
        return {
            "ticket_id": self.id,
            "dispatch_id": job.id,
            "dealer_id": self.dealer_id.id,
            "staff_id": job.staff_id.id or self._get_own_staff().id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "card_id": self.card_id.id,
            "symptom_id": self.fault_id.id,
            "usage": self.usage,
            "under_warranty": self.verdict_covered,
            "internal_notes": self.description,
        }

    def _get_own_staff(self):
        # sudo: a user finds his own staff record
        return (
            self.env["aftersales.staff"]
            .sudo()
            .search([("user_id", "=", self.env.uid)], limit=1)
        )

    def action_open_jobs(self):
        return self._get_related_action("aftersales_dispatch_action", "ticket_id", self)

    def action_open_repairs(self):
        return self._get_related_action("repair_order_action", "ticket_id", self)

    def action_open_followups(self):
        return self._get_related_action("aftersales_followup_action", "ticket_id", self)

    def action_open_lot_cases(self):
        return self._get_related_action("helpdesk_ticket_action", "lot_id", self.lot_id)

    def action_open_lot_repairs(self):
        return self._get_related_action("repair_order_action", "lot_id", self.lot_id)

    def _get_related_action(self, name, field, records):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"aftersales_service.{name}"
        )
        context = {f"default_{field}": records.id} if field == "ticket_id" else {}
        return {
            **action,
            "domain": list(Domain(field, "in", records.ids)),
            "context": context,
        }
