from odoo.addons.aftersales_dealer.tests.common import AftersalesCommon


class CertificateCommon(AftersalesCommon):
    """A qualification on engines and people of two dealers who may earn it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.categ_machine = cls.env["product.category"].create({"name": "Harvesters"})
        cls.categ_engine = cls.env["product.category"].create(
            {"name": "Engines", "parent_id": cls.categ_machine.id}
        )
        cls.product_engine = cls.env["product.product"].create(
            {"name": "Engine 88", "categ_id": cls.categ_engine.id}
        )
        cls.scope = cls.env["aftersales.certificate.scope"].create(
            {
                "name": "Engine repair",
                "code": "ENG",
                "categ_ids": [(4, cls.categ_machine.id)],
                "validity_months": 24,
                "requirement": "required",
            }
        )
        cls.technician_b = cls._create_staff(cls.user_agent_b, "technician")

    @classmethod
    def _create_certificate(cls, staff, valid_from="2026-01-01", **vals):
        return cls.env["aftersales.certificate"].create(
            {
                "partner_id": staff.partner_id.id,
                "scope_id": cls.scope.id,
                "valid_from": valid_from,
                **vals,
            }
        )
