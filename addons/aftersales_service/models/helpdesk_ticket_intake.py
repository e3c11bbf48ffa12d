from odoo import api, models
from odoo.exceptions import ValidationError


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        result = super()._onchange_partner_id()
        if self.partner_id:
            self.partner_phone = self.partner_id.phone or self.partner_phone
            self.address = self._get_partner_address() or self.address
        return result

    @api.onchange("partner_phone")
    def _onchange_partner_phone(self):
        phone = (self.partner_phone or "").strip()
        if phone and not self.partner_id:
            self.partner_id = self._search_partner_by_phone(phone)

    @api.model
    def _search_partner_by_phone(self, phone):
        """The one contact with this number that the user may see, or none."""
        found = self.env["res.partner"].search([("phone", "=", phone)], limit=2)
        return found if len(found) == 1 else found.browse()

    def _get_partner_address(self):
        self.ensure_one()
        partner = self.partner_id
        parts = (partner.state_id.name, partner.city, partner.street, partner.street2)
        return " ".join(part for part in parts if part)

    @api.constrains("serial", "lot_id")
    def _check_serial(self):
        for ticket in self:
            if ticket.serial and not ticket.lot_id:
                raise ValidationError(
                    self.env._(
                        "Serial number %(serial)s is not known. Compare it with the "
                        "nameplate, register the machine's warranty card, or clear "
                        "the field and ask the technician to read it.",
                        serial=ticket.serial,
                    )
                )

    @api.model
    def _complete_serial(self, vals):
        if vals.get("serial"):
            vals["serial"] = vals["serial"].strip()
        elif vals.get("lot_id") and "serial" not in vals:
            vals["serial"] = self.env["stock.lot"].browse(vals["lot_id"]).name

    def _complete_intake(self):
        """Give new cases a title and their customer, known or new."""
        for ticket in self:
            vals = {}
            if not ticket.name:
                vals["name"] = ticket._get_default_name()
            if not ticket.partner_id and (ticket.partner_name or ticket.partner_phone):
                vals["partner_id"] = ticket._find_or_create_partner().id
            vals.update(ticket._prepare_contact_vals(vals.get("partner_id")))
            if vals:
                # sudo: the customer of a machine that another dealer sold becomes
                # visible with the case
                ticket.sudo().write(vals)

    def _get_default_name(self):
        self.ensure_one()
        what = self.fault_id.name or self.case_type_id.name or self.env._("Case")
        machine = self.product_id.name or self.serial
        return f"{what} – {machine}" if machine else what

    def _find_or_create_partner(self):
        """The customer by card, then by phone; created when nobody matches."""
        self.ensure_one()
        name = (self.partner_name or "").strip()
        phone = (self.partner_phone or "").strip()
        # sudo: who knows serial number, name and phone knows the owner
        owner = self.card_id.sudo().partner_id
        if owner and phone and owner.phone == phone:
            return owner
        found = self._search_partner_by_phone(phone) if phone else False
        return found or self.env["res.partner"].create(
            {
                "name": name or phone,
                "phone": phone,
                "email": self.partner_email,
                "street": self.address,
                "dealer_id": self.dealer_id.id,
            }
        )

    def _prepare_contact_vals(self, partner_id=None):
        self.ensure_one()
        # sudo: the customer was just linked, his fence domain follows the link
        partner = self.env["res.partner"].sudo().browse(partner_id) or (
            self.sudo().partner_id
        )
        if not partner:
            return {}
        known = {
            "partner_name": partner.name,
            "partner_phone": partner.phone,
            "partner_email": partner.email,
            "address": self.sudo()._get_partner_address(),
        }
        return {name: text for name, text in known.items() if text and not self[name]}
