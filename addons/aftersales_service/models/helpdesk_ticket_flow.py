from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

OPEN_REPAIR_STATES = ("draft", "confirmed", "under_repair")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    can_dispatch = fields.Boolean(compute="_compute_can_act")
    can_repair = fields.Boolean(compute="_compute_can_act")
    can_resolve = fields.Boolean(compute="_compute_can_act")
    can_close = fields.Boolean(compute="_compute_can_act")
    can_reopen = fields.Boolean(compute="_compute_can_act")

    @api.depends("closed", "resolved_at", "case_type_id.needs_dispatch", "repair_ids")
    def _compute_can_act(self):
        for ticket in self:
            is_open = not ticket.closed and not ticket.resolved_at
            ticket.can_dispatch = is_open
            ticket.can_repair = is_open
            ticket.can_resolve = is_open and not ticket.case_type_id.needs_dispatch
            ticket.can_close = not ticket.closed and bool(ticket.resolved_at)
            ticket.can_reopen = ticket.closed or bool(ticket.resolved_at)

    # INTAKE

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

    # ACTS

    def _stamp(self, name, moment=None):
        """State the fact ``name`` once; the first time counts."""
        # sudo: facts are closed to direct writes
        for ticket in self.sudo():
            if not ticket[name]:
                ticket[name] = moment or fields.Datetime.now()
        if name in ("replied_at", "arranged_at"):
            self._take_up()

    def _take_up(self):
        """Move cases that nobody has attended to into the first working stage."""
        for ticket in self.sudo():  # sudo: stages may be restricted to other teams
            if ticket.unattended:
                ticket.stage_id = ticket._get_stage(
                    Domain("closed", "=", False) & Domain("unattended", "=", False)
                )

    def _get_stage(self, domain):
        """The first stage of the case's team that fits.

        :raises UserError: no such stage is configured
        """
        self.ensure_one()
        stage = self.team_id._get_applicable_stages().filtered_domain(domain)[:1]
        if not stage:
            raise UserError(
                self.env._(
                    "No fitting stage is configured for case %(case)s. Ask the "
                    "after-sales manager to check the stages.",
                    case=self.display_name,
                )
            )
        return stage

    def action_reply(self):
        """Log that the customer was answered."""
        self.check_access("write")
        self._stamp("replied_at")

    def action_contact(self):
        """Log that the customer was called for an appointment."""
        self.check_access("write")
        self._stamp("replied_at")
        self._stamp("contacted_at")

    def action_resolve(self):
        """Settle cases that need no visit, with what settled them.

        :raises UserError: a visit is needed, work is open or no resolution is given
        """
        self.check_access("write")
        for ticket in self:
            ticket._ensure_can_resolve()
            ticket._stamp("replied_at")
            ticket._stamp("resolved_at")

    def _ensure_can_resolve(self):
        self.ensure_one()
        if self.case_type_id.needs_dispatch:
            raise UserError(
                self.env._(
                    "Case %(case)s needs a visit: send a technician and let him finish "
                    "the job, or choose another case type.",
                    case=self.display_name,
                )
            )
        self._ensure_no_open_work()
        if not (self.resolution or "").strip():
            raise UserError(
                self.env._(
                    "Write down under “Resolution” what settled case %(case)s.",
                    case=self.display_name,
                )
            )

    def _get_open_work(self):
        """Jobs and repairs of the case that are neither finished nor cancelled."""
        self.ensure_one()
        repairs = self.repair_ids.filtered(lambda r: r.state in OPEN_REPAIR_STATES)
        jobs = self.dispatch_ids.filtered(
            lambda job: job.state not in ("done", "cancelled")
        )
        return repairs or jobs

    def _ensure_no_open_work(self):
        """:raises UserError: names the first open job or repair"""
        for ticket in self.sudo():  # sudo: anybody's open work counts
            for work in ticket._get_open_work()[:1]:
                raise UserError(
                    self.env._(
                        "%(work)s of case %(case)s is still open. Finish or cancel it "
                        "first.",
                        work=work.display_name,
                        case=ticket.display_name,
                    )
                )

    def action_close(self):
        """Move resolved cases to the stage for what is done."""
        for ticket in self:
            ticket.stage_id = ticket._get_stage(
                Domain("closed", "=", True) & Domain("needs_resolution", "=", True)
            )

    def action_reopen(self):
        """Take up again what is resolved or closed; the clock of facts goes on."""
        self.check_access("write")
        for ticket in self:
            if ticket.closed:
                ticket.stage_id = ticket._get_stage(
                    Domain("closed", "=", False) & Domain("unattended", "=", False)
                )
            else:
                # sudo: facts are closed to direct writes
                ticket.sudo().write(ticket._prepare_reopen_vals())

    def _prepare_reopen_vals(self):
        self.ensure_one()
        return {
            "closed_date": False,
            "resolved_at": False,
            "reopen_count": self.reopen_count + 1,
        }

    @api.constrains("stage_id")
    def _check_may_close(self):
        for ticket in self:
            if not ticket.closed:
                continue
            ticket._ensure_no_open_work()
            if ticket.stage_id.needs_resolution and not ticket.resolved_at:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s is not resolved yet. Finish its repair, or write "
                        "down a resolution and press “Resolve”.",
                        case=ticket.display_name,
                    )
                )

    def _close_by_customer(self, stage):
        """The customer says that his case is settled.

        :param stage: a stage that a customer may choose
        :raises UserError: the stage is not his to choose, or work is open
        """
        self.ensure_one()
        stages = self.team_id._get_applicable_stages()
        if stage not in stages.filtered("close_from_portal"):
            raise UserError(self.env._("A customer cannot choose this stage."))
        self._ensure_no_open_work()
        if stage.needs_resolution and not self.resolved_at:
            self._stamp("resolved_at")
        self.stage_id = stage

    # NEXT STEPS

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
        return self.env["aftersales.staff"].sudo().search(
            [("user_id", "=", self.env.uid)], limit=1
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

    def _message_post_after_hook(self, message, msg_vals):
        """A public answer of ours in the chatter is a reply."""
        result = super()._message_post_after_hook(message, msg_vals)
        answered = (
            message.message_type == "comment"
            and not message.is_internal
            and message.subtype_id == self.env.ref("mail.mt_comment")
        )
        if answered and self.env.user._is_internal():
            self.filtered(lambda ticket: not ticket.replied_at)._stamp("replied_at")
        return result
