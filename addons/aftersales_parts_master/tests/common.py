from odoo.addons.aftersales_parts.tests.common import PartsCommon


class MasterCommon(PartsCommon):
    """A harvester with two pumps of one kind; a second machine without any."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.machine.product_tmpl_id
        cls.other_model = cls.model.copy({"name": "Other machine"})
        cls.new_pump = cls._create_part("Pump II", 110.0, cls.class_main)
        cls.pump.default_code = "P-1"
        cls.new_pump.default_code = "P-2"

    def _fit(self, part, machine, quantity):
        return (
            self.env["aftersales.part.fit"]
            .with_user(self.user_keeper)
            .create(
                {
                    "part_id": part.id,
                    "machine_id": machine.id,
                    "quantity": quantity,
                }
            )
        )

    def _supersede(self, old, new, date="2026-01-01", **vals):
        return (
            self.env["aftersales.part.supersession"]
            .with_user(self.user_keeper)
            .create({"old_id": old.id, "new_id": new.id, "date": date, **vals})
        )
