from odoo import fields, models


class AftersalesCertificateScope(models.Model):
    """A qualification may be for certain operations on its products only."""

    _inherit = "aftersales.certificate.scope"

    operation_ids = fields.Many2many(
        "aftersales.operation",
        string="Operations",
        help="Only work with one of these operations asks for the qualification. "
        "Empty: all work on the products.",
    )

    def _concerns(self, work):
        """Whether one of the operations ``work`` is among those of the qualification.

        :param work: ``aftersales.operation``; None or empty when unknown, then only
            qualifications for all work are asked for
        """
        if not super()._concerns(work):
            return False
        return not self.operation_ids or bool(work and self.operation_ids & work)
