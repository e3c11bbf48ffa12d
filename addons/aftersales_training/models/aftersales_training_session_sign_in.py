# pylint: disable=consider-merging-classes-inherited
import base64
import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.image import image_data_uri

# How long before its begin a session takes sign-ins by QR code.
SIGN_IN_EARLY = timedelta(hours=2)


class AftersalesTrainingSession(models.Model):
    """The code on the door: participants scan it and are signed in."""

    _inherit = "aftersales.training.session"

    sign_in_token = fields.Char(
        readonly=True,
        copy=False,
        groups="aftersales_training.group_examiner",
    )

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        # sudo: the code is closed to direct writes
        for session in sessions.sudo():
            session.sign_in_token = uuid.uuid4().hex
        return sessions

    def _is_sign_in_open(self):
        """Whether the session takes sign-ins by QR code now."""
        self.ensure_one()
        now = fields.Datetime.now()
        return (
            self.state == "open"
            and self.date_begin - SIGN_IN_EARLY <= now <= self.date_end
        )

    def _get_sign_in_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}/aftersales/training/sign-in/{self.sign_in_token}"

    def _get_sign_in_image(self):
        """The sign-in address as a PNG data URI for the poster on the door."""
        png = self.env["ir.actions.report"].barcode(
            "QR", self._get_sign_in_url(), width=600, height=600
        )
        return image_data_uri(base64.b64encode(png))
