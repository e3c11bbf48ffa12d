from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class AftersalesComplaint(models.Model):
    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.complaint"

    def action_respond(self):
        """Log the apology and the first response.

        :raises UserError: names what is missing
        """
        self._ensure_can("respond")
        self._ensure_complete("respond")
        self._transition(
            "respond",
            {
                "responded_at": fields.Datetime.now(),
                "responded_by_id": self.env.uid,
            },
        )

    def action_decide(self):
        """Give the measure to its owner.

        :raises UserError: names what is missing
        """
        self._ensure_can("decide")
        self._ensure_complete("decide")
        self._transition("decide", {"measure_done_on": False, "check_result": False})
        for complaint in self:
            complaint._tell_owner()

    def _tell_owner(self):
        self.ensure_one()
        # sudo: the owner may be a dealer's, whom our user cannot give activities
        self.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.measure_due,
            summary=self.env._("Measure for %(complaint)s", complaint=self.name),
            note=self.measure,
            user_id=self.measure_owner_id.id,
        )

    # THE OWNER'S WORD

    @api.depends_context("uid")
    @api.depends("state", "measure_owner_id", "measure_done_on")
    def _compute_can_report_done(self):
        for complaint in self:
            complaint.can_report_done = (
                complaint.state == "measure"
                and not complaint.measure_done_on
                and complaint._is_owner(self.env.user)
            )

    def _is_owner(self, user):
        """Whether ``user`` may say that the measure is done."""
        self.ensure_one()
        # sudo: a user of the company is hidden from a dealer's
        owner = self.sudo().measure_owner_id
        return owner == user or user.has_group("aftersales_dealer.group_manager")

    def action_report_done(self):
        """The owner says that his measure is done.

        :raises AccessError: another's measure
        :raises UserError: not agreed yet, done already, or without a report
        """
        for complaint in self:
            complaint._ensure_can_report_done()
            # sudo: the day is closed to direct writes; a dealer's owner writes no more
            complaint.sudo().measure_done_on = fields.Date.context_today(self)

    def _ensure_can_report_done(self):
        self.ensure_one()
        self.check_access("write")
        if not self._is_owner(self.env.user):
            # sudo: the owner's name, whom a dealer's user may not read
            raise AccessError(
                self.env._(
                    "The measure of %(complaint)s is %(owner)s's; only he says that it "
                    "is done.",
                    complaint=self.name,
                    owner=self.sudo().measure_owner_id.name or "–",
                )
            )
        if self.state != "measure" or self.measure_done_on:
            raise UserError(self._get_transition_refusal("check"))
        if not self._has_text("measure_report"):
            raise UserError(
                self.env._(
                    "%(complaint)s: write down under “Report” what was done.",
                    complaint=self.name,
                )
            )

    # DID IT WORK

    def action_check(self):
        """State that the measure works, or send it back.

        :raises UserError: names what is missing
        :raises AccessError: the owner checks his own measure
        """
        self._ensure_can("check")
        self._ensure_complete("check")
        self._ensure_not_own_measure()
        worked = self.filtered(lambda c: c.check_result == "effective")
        worked._transition("check", self._prepare_check_vals())
        for complaint in self - worked:
            complaint._send_back()

    def _prepare_check_vals(self):
        return {
            "checked_by_id": self.env.uid,
            "checked_on": fields.Date.context_today(self),
        }

    def _ensure_not_own_measure(self):
        for complaint in self:
            if complaint.measure_owner_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "%(complaint)s: %(owner)s cannot check the effect of his own "
                        "measure. Ask a colleague.",
                        complaint=complaint.name,
                        owner=self.env.user.name,
                    )
                )

    def _send_back(self):
        """What did not work is replaced by another measure; the old one is logged."""
        self.ensure_one()
        self._message_log(
            body=self.env._(
                "The measure did not work: %(measure)s (%(note)s)",
                measure=self.measure,
                note=self.check_note,
            )
        )
        self._transition(
            "redo",
            {
                "measure": False,
                "measure_due": False,
                "measure_report": False,
                "measure_done_on": False,
                "check_result": False,
                "check_note": False,
            },
        )

    # ANSWER, CLOSE, REOPEN

    def action_answer(self):
        """Send the answer to the customer and log it.

        :raises UserError: names what is missing
        """
        self._ensure_can("answer")
        self._ensure_complete("answer")
        self._transition("answer", {"answered_at": fields.Datetime.now()})
        template = self.env.ref("aftersales_complaint.mail_template_answer")
        for complaint in self:
            # sudo: the text was approved above; the mail is logged with it
            complaint.sudo()._log_answer(template)

    def _log_answer(self, template):
        """Mail the answer, or note that it was given otherwise (runs under sudo)."""
        self.ensure_one()
        if self.partner_id.email:
            self.message_post_with_source(
                template,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                author_id=self.env.user.partner_id.id,
            )
        else:
            self._message_log(
                body=self.env._(
                    "The customer has no mail address; he was told by telephone."
                )
            )

    def action_close(self):
        """Close what is complete.

        :raises UserError: names all that is missing
        """
        self._ensure_can("close")
        self._ensure_complete("close")
        self._transition("close", {"closed_at": fields.Datetime.now()})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def action_reopen(self):
        self._ensure_can("reopen")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reopen Complaint"),
            "res_model": "aftersales.complaint.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_ids": self.ids},
        }

    def _reopen(self, reason):
        """Take complaints up again; what was written stays, what was stated does not.

        :param str reason: why the customer is not satisfied yet
        """
        for complaint in self:
            complaint._transition(
                "reopen",
                {
                    "reopened_at": fields.Datetime.now(),
                    "reopen_count": complaint.reopen_count + 1,
                    "reopen_reason": reason,
                    **complaint._prepare_reopen_vals(),
                },
            )
            # sudo: whoever may reopen a complaint takes back what was planned after it
            planned = complaint.sudo().followup_ids.filtered(
                lambda followup: followup.state == "planned"
            )
            planned._cancel(self.env._("The complaint was reopened."))

    @api.model
    def _prepare_reopen_vals(self):
        """The facts that a reopening takes back."""
        return {
            "apology": False,
            "response": False,
            "responded_at": False,
            "responded_by_id": False,
            "measure_done_on": False,
            "check_result": False,
            "check_note": False,
            "checked_by_id": False,
            "checked_on": False,
            "answered_at": False,
            "closed_at": False,
        }

    # LINKS

    def action_open_ticket(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.ticket_id.id,
            "view_mode": "form",
        }

    def action_open_repair(self):
        self.ensure_one()
        return self.repair_id._get_form_action()

    def action_open_followup(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "aftersales.followup",
            "res_id": self.followup_id.id,
            "view_mode": "form",
        }

    def action_open_followups(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aftersales_service.aftersales_followup_action"
        )
        return {**action, "domain": [("complaint_id", "=", self.id)], "context": {}}
