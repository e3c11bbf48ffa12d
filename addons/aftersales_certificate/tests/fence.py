"""What dealers see of certificates, and why that is safe."""

from odoo.addons.aftersales_dealer.tests.fence import Fenced

REFERENCE = {
    "aftersales.certificate.scope": "names of qualifications; who holds one is fenced",
}


def get_fenced_rows(case):
    """Certificates of dealer B and A, made by ``case``."""
    return {
        "aftersales.certificate": Fenced(
            case._create_certificate(case.technician_b),
            case._create_certificate(case.technician_a),
        )
    }
