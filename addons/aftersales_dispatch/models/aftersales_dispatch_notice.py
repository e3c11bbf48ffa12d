from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.aftersales_service.models.aftersales_dispatch import BUSY_STATES

from ..utils.icalendar import Appointment, Person, build_calendar


class AftersalesDispatch(models.Model):
    """Mails to the technician carry the appointment for his own calendar."""

    # pylint: disable=consider-merging-classes-inherited
    _inherit = "aftersales.dispatch"

    ics_sequence = fields.Integer(
        readonly=True,
        copy=False,
        help="Number of the next calendar message about this job.",
    )

    @api.model
    def _get_protected_fields(self):
        return (*super()._get_protected_fields(), "ics_sequence")

    def _get_notice_template(self):
        """Instead of the plain notice: the order with its calendar entry."""
        return self.env.ref("aftersales_dispatch.mail_template_order")

    def _prepare_notice_vals(self):
        attachment = self._create_ics("REQUEST")
        return {
            **super()._prepare_notice_vals(),
            "attachment_ids": [Command.link(attachment.id)],
        }

    def _refuse(self, reason):
        self._send_cancellation()
        return super()._refuse(reason)

    def action_recall(self):
        self._ensure_can("recall")
        self._send_cancellation()
        return super().action_recall()

    def _cancel(self, vals=None):
        promised = self.filtered(lambda job: job.state in BUSY_STATES)
        result = super()._cancel(vals)
        promised._send_cancellation()
        return result

    def _send_cancellation(self):
        """Take the appointment out of the technician's calendar."""
        # sudo: the notice is ours to send; company staff is hidden from a dealer
        template = self.env.ref("aftersales_dispatch.mail_template_cancellation").sudo()
        for job in self.sudo():
            if job.staff_id.email and job.date_start and job.date_end:
                ics = job._create_ics("CANCEL")
                template.send_mail(
                    job.id, email_values={"attachment_ids": [Command.link(ics.id)]}
                )

    def _create_ics(self, method):
        """The calendar message about the job; the next one gets a higher number."""
        self.ensure_one()
        # sudo: company staff is hidden from a dealer; facts are closed to writes
        job = self.sudo().with_context(lang=self.sudo().staff_id.partner_id.lang)
        content = build_calendar(job._prepare_appointment(), method)
        job.ics_sequence += 1
        return job.env["ir.attachment"].create(
            {
                "name": f"{job.name.replace('/', '-')}.ics",
                "raw": content,
                "mimetype": f"text/calendar; method={method}",
                "res_model": job._name,
                "res_id": job.id,
            }
        )

    def _prepare_appointment(self):
        self.ensure_one()
        staff = self.staff_id
        database = self.env["ir.config_parameter"].get_param("database.uuid")
        return Appointment(
            uid=f"dispatch-{self.id}@{database}",
            sequence=self.ics_sequence,
            stamp=fields.Datetime.now(),
            start=self.date_start,
            end=self.date_end,
            summary=self.display_name,
            location=self.place or "",
            description=self._get_ics_description(),
            attendee=Person(staff.name, staff.email),
            organizer=self._get_organizer(),
        )

    def _get_organizer(self):
        """Whom the technician's calendar answers to."""
        self.ensure_one()
        company = self.company_id
        return Person(company.name, company.email) if company.email else None

    def _get_ics_description(self):
        self.ensure_one()
        machine = " ".join(filter(None, [self.product_id.name, self.lot_id.name]))
        lines = (
            " ".join(filter(None, [self.contact_name, self.phone])),
            machine,
            self.task,
            self.bring_label and self.env._("Bring: %s", self.bring_label),
        )
        return "\n".join(line for line in lines if line)
