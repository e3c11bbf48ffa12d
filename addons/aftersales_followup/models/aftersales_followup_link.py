import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

BATCH = 50


class AftersalesFollowup(models.Model):
    """The customer answers by himself: a page behind a link that nobody can guess."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.followup"

    # Whoever has it answers in the customer's name, so nobody but the mail gets it.
    access_token = fields.Char(
        readonly=True, copy=False, index="btree_not_null", groups="base.group_system"
    )
    sent_on = fields.Datetime(string="Link Sent", readonly=True, copy=False)
    link_until = fields.Datetime(string="Link Valid Until", readonly=True, copy=False)

    @api.model
    def _cron_send(self):
        """Send the links that are due; each mail stands by itself."""
        cron = self.env["ir.cron"]
        due = self.search(
            Domain("state", "=", "planned")
            & Domain("channel", "in", ("mail", "portal"))
            & Domain("planned_on", "<=", "today")
            & Domain("sent_on", "=", False),
            order="planned_on, id",
        )
        cron._commit_progress(remaining=len(due))
        for followup in due:
            if followup.try_lock_for_update() and not followup.sent_on:
                followup._send_link()
            if not cron._commit_progress(1):
                return

    def action_send_link(self):
        """Send the link again, or for the first time before it is due.

        :raises UserError: the customer has no mail address, or he was asked already
        """
        self.check_access("write")
        for followup in self:
            if followup.state != "planned":
                raise UserError(
                    self.env._(
                        "%(followup)s is over; nothing is sent any more.",
                        followup=followup.display_name,
                    )
                )
            if not followup.email:
                raise UserError(
                    self.env._(
                        "%(followup)s: the customer has no mail address. Note one in "
                        "his contact, or call him.",
                        followup=followup.display_name,
                    )
                )
            # sudo: the token is nobody's to read; the right was checked above
            followup.sudo()._send_link()

    def _send_link(self):
        """Send the mail and start the time within which its link is valid.

        A customer without a mail address is called instead.
        """
        self.ensure_one()
        if not self.email:
            self.channel = "phone"
            return
        now = fields.Datetime.now()
        days = timedelta(days=self.company_id.aftersales_link_days)
        self.write(
            {
                "access_token": self.access_token or secrets.token_urlsafe(24),
                "sent_on": now,
                "link_until": now + days,
                "channel": "portal" if self.channel == "portal" else "mail",
            }
        )
        template = self.env.ref("aftersales_followup.mail_template_link")
        template.send_mail(self.id)
        self._message_log(
            body=self.env._("The link was sent to %(email)s.", email=self.email)
        )

    @api.model
    def _cron_expire(self):
        """Give up links that nobody followed, or hand them over to the telephone."""
        cron = self.env["ir.cron"]
        late = self.search(
            Domain("state", "=", "planned")
            & Domain("channel", "in", ("mail", "portal"))
            & Domain("link_until", "<", fields.Datetime.now()),
            order="id",
        )
        cron._commit_progress(remaining=len(late))
        for start in range(0, len(late), BATCH):
            batch = late[start : start + BATCH]
            batch._expire()
            if not cron._commit_progress(len(batch)):
                return

    def _expire(self):
        called = self.filtered(lambda f: f.phone and f.rule_id.fallback_phone)
        called.channel = "phone"
        (self - called)._transition("miss", {"asked_on": fields.Datetime.now()})

    # THE PAGE

    def _get_answer_path(self):
        self.ensure_one()
        # sudo: the path is for the customer himself
        return f"/aftersales/follow-up/{self.sudo().access_token}"

    def _get_answer_url(self):
        """The whole address of the customer's page, for his mail."""
        self.ensure_one()
        return f"{self.get_base_url()}{self._get_answer_path()}"

    @api.model
    def _get_by_token(self, token):
        """The follow-up behind a link, under sudo: visitors have no rights."""
        if not token:
            return self.browse()
        # sudo: whoever knows the token is taken for the customer
        return self.sudo().search([("access_token", "=", token)], limit=1)

    def _get_link_status(self):
        """``open``, ``done`` (answered or no longer asked) or ``expired``."""
        self.ensure_one()
        if self.state == "planned":
            expired = not self.link_until or self.link_until < fields.Datetime.now()
            return "expired" if expired else "open"
        return "expired" if self.state == "not_reached" else "done"

    def _get_customer_lang(self):
        """The customer's language, if it is installed."""
        self.ensure_one()
        installed = dict(self.env["res.lang"].get_installed())
        lang = self.partner_id.lang
        return lang if lang in installed else self.env.lang or "en_US"

    def _answer_by_customer(self, answers, channel):
        """Take the answers of the customer's page (runs under sudo).

        :param dict answers: ``score`` and optionally ``reason``, ``suggestion``,
            ``reason_ids`` (ids) and ``questions`` (points by question id)
        :raises UserError: answered before, or the link has expired
        """
        self.ensure_one()
        self._lock_for_transition()
        if self._get_link_status() != "open":
            raise UserError(
                self.env._("This question was answered already, or its time is over.")
            )
        for answer in self.answer_ids:
            answer.score = answers.get("questions", {}).get(answer.question_id.id)
        names = ("score", "reason", "suggestion")
        vals = {name: answers.get(name) or False for name in names}
        reasons = self.env["aftersales.followup.reason"].browse(
            answers.get("reason_ids", [])
        )
        vals["reason_ids"] = [(6, 0, reasons.exists().ids)]
        if not vals["reason"] and not vals["reason_ids"][0][2]:
            # a customer may keep his reason to himself
            vals["reason"] = self.env._("Not said by the customer.")
        if int(vals["score"]) > self.company_id.aftersales_bad_score:
            vals["reason"] = answers.get("reason") or False
        self.write(vals)
        self._finish({"user_id": False, "channel": channel})
