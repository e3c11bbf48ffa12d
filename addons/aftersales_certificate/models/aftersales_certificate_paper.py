# pylint: disable=consider-merging-classes-inherited
import base64
import uuid

from odoo import api, fields, models
from odoo.tools.image import image_data_uri


class AftersalesCertificate(models.Model):
    """The printed certificate and the code on it, by which anybody can check it."""

    _inherit = "aftersales.certificate"

    access_token = fields.Char(
        readonly=True,
        copy=False,
        groups="aftersales_dealer.group_training_coordinator",
    )

    _token_uniq = models.Constraint(
        "UNIQUE (access_token)", "The check code of a certificate must be unique."
    )

    @api.model_create_multi
    def create(self, vals_list):
        certificates = super().create(vals_list)
        # sudo: the code is closed to direct writes
        for certificate in certificates.sudo():
            certificate.access_token = uuid.uuid4().hex
        return certificates

    def _get_check_url(self):
        """Public address that says whether the certificate is valid, and no more."""
        self.ensure_one()
        # sudo: the token is on the printed certificate, whoever may print it
        token = self.sudo().access_token
        return f"{self.get_base_url()}/aftersales/certificate/{token}"

    def _get_qr_image(self):
        """The check address as a PNG data URI for the printed certificate."""
        png = self.env["ir.actions.report"].barcode(
            "QR", self._get_check_url(), width=240, height=240
        )
        return image_data_uri(base64.b64encode(png))
