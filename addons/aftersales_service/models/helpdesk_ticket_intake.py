from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class HelpdeskTicket(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "helpdesk.ticket"

    channel_id = fields.Many2one(
        index="btree_not_null",
        default=lambda self: self.env.ref(
            "helpdesk_mgmt.helpdesk_ticket_channel_phone", raise_if_not_found=False
        ),
    )

    @api.onchange("case_type_id")
    def _onchange_case_type_id(self):
        """Another type starts with its own severity and service level."""
        self.severity = self.case_type_id.severity or self.severity
        self.service_level_id = (
            # sudo: a customer's level is hidden from dealers
            self.partner_id.sudo().commercial_partner_id.service_level_id
            or self.case_type_id.service_level_id
            or self.service_level_id
        )

    @api.onchange("serial", "partner_id")
    def _onchange_serving_dealer(self):
        if not self.dealer_id and not self.env.user.is_dealer:
            self.dealer_id = self._get_serving_dealer()

    def _get_serving_dealer(self):
        """Who serves the customer: the seller of the machine, the dealer who registered
        him, or the only dealer of his province; extension point.
        """
        self.ensure_one()
        # sudo: the one who asks may be a customer on the web site
        ticket = self.sudo()
        for dealer in (ticket.card_id.dealer_id, ticket.partner_id.dealer_id):
            if dealer and dealer._is_operating():
                return dealer.sudo(self.env.su)
        province = ticket.partner_id.state_id
        dealers = ticket.env["aftersales.dealer"]
        if province:
            dealers = dealers.search([("territory_ids", "in", province.ids)])
            dealers = dealers.filtered(lambda dealer: dealer._is_operating())
        return (dealers if len(dealers) == 1 else dealers.browse()).sudo(self.env.su)

    def _assign_dealer(self):
        """Give new cases of the company the dealer who serves them."""
        for ticket in self:
            if not ticket.dealer_id and not self.env.user.is_dealer:
                ticket.dealer_id = ticket._get_serving_dealer()

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
                        "nameplate, register the machine's warranty card, or leave the "
                        "field empty, choose the model and let the technician read it.",
                        serial=ticket.serial,
                    )
                )

    @api.constrains("usage", "serial", "reported_at")
    def _check_usage(self):
        for ticket in self:
            # sudo: the machine may have been sold by another dealer
            card = ticket.card_id.sudo()
            day = fields.Date.to_date(ticket.reported_at)
            last = card._get_last_reading(day)
            if ticket.usage and last and ticket.usage < last.value:
                raise ValidationError(
                    self.env._(
                        "Reading %(usage)s of case %(case)s is below the machine's "
                        "last reading, %(last)s on %(date)s. Ask for the meter again; "
                        "if the machine has a new meter, record it first on warranty "
                        "card %(card)s with “New Meter” ticked.",
                        usage=f"{ticket.usage:g}",
                        case=ticket.display_name,
                        last=f"{last.value:g}",
                        date=format_date(self.env, last.date),
                        card=card.display_name,
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
        if owner and not phone and owner.name == name and self._is_owner_known():
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

    def _is_owner_known(self):
        """Whether the user may know whose machine it is: his dealer sold it."""
        self.ensure_one()
        user = self.env.user
        # sudo: only the selling dealer is compared
        return not user.is_dealer or self.card_id.sudo().dealer_id == user.dealer_id

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
