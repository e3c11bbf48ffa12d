from odoo import api, fields, models


class AftersalesFollowup(models.Model):
    _inherit = "aftersales.followup"

    # What the customer is asked about: how we dealt with his complaint
    complaint_id = fields.Many2one(
        "aftersales.complaint",
        string="After Complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    # What came of his answer
    opened_complaint_ids = fields.One2many(
        "aftersales.complaint", "followup_id", string="Became Complaint"
    )
    is_transferred = fields.Boolean(
        string="Transferred to Complaint",
        compute="_compute_is_transferred",
        store=True,
    )

    @api.depends("opened_complaint_ids")
    def _compute_is_transferred(self):
        for followup in self:
            followup.is_transferred = bool(followup.opened_complaint_ids)

    def _get_subject(self):
        return super()._get_subject() or self.complaint_id

    @api.depends(
        "complaint_id.dealer_id",
        "complaint_id.partner_id",
        "complaint_id.product_id",
        "complaint_id.lot_id",
    )
    def _compute_from_subject(self):
        return super()._compute_from_subject()

    @api.depends("complaint_id.partner_phone")
    def _compute_phone(self):
        result = super()._compute_phone()
        for followup in self:
            followup.phone = followup.phone or followup.complaint_id.partner_phone
        return result

    def _on_bad_score(self):
        """Dissatisfied customers have complained; who did before has done so again."""
        result = super()._on_bad_score()
        for followup in self.filtered("complaint_id"):
            followup._reopen_complaint()
        fresh = self.filtered(
            lambda f: not f.complaint_id and not f.opened_complaint_ids
        )
        # sudo: a dealer's agent or the customer himself may have taken the answer down
        self.env["aftersales.complaint"].sudo().create(
            [followup._prepare_complaint_vals() for followup in fresh]
        )
        return result

    def _reopen_complaint(self):
        self.ensure_one()
        # sudo: as above; the customer's word reopens the complaint
        complaint = self.sudo().complaint_id
        if complaint.state != "open":
            complaint._reopen(
                self.env._(
                    "Follow-up %(followup)s: %(reason)s",
                    followup=self.name,
                    reason=self._get_reason_text(),
                )
            )

    def _prepare_complaint_vals(self):
        """Values of the complaint that a bad score becomes; extension point."""
        self.ensure_one()
        subject = self._get_subject()
        complaint_class = self._get_complaint_class()
        asker = self.user_id.filtered(lambda user: not user.is_dealer)
        texts = [self.reason, self.suggestion]
        return {
            "followup_id": self.id,
            "ticket_id": self.ticket_id.id,
            "repair_id": self.repair_id.id if self.ticket_id else False,
            "dealer_id": subject.dealer_id.id,
            "partner_id": self.partner_id.id,
            "partner_phone": self.phone,
            "product_id": self.product_id.id,
            "company_id": self.company_id.id,
            "source": "followup",
            "received_at": self.asked_on,
            "class_id": complaint_class.id,
            "severity": "1" if self.score == "1" else "2",
            "user_id": asker.id or complaint_class.user_id.id,
            "summary": self._get_reason_text(),
            "description": "\n".join(text for text in texts if text) or False,
        }

    def _get_reason_text(self):
        """The dissatisfaction in one line."""
        self.ensure_one()
        reasons = ", ".join(self.reason_ids.mapped("name"))
        first = (self.reason or "").strip().split("\n")[0]
        return reasons or first[:120] or self.env._("Dissatisfied with the service")

    def _get_complaint_class(self):
        classes = self.reason_ids.complaint_class_id
        return classes[:1] or self.env.ref("aftersales_complaint.class_other")

    def action_open_complaint(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "aftersales.complaint",
            "res_id": (self.opened_complaint_ids or self.complaint_id)[:1].id,
            "view_mode": "form",
        }
