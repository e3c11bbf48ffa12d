from odoo.fields import Command

from odoo.addons.aftersales_parts.tests.common import PartsCommon


class RequisitionCommon(PartsCommon):
    """Five pumps at dealer A's, priced 200 each, and an open repair record for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pump.write({"barcode": "690001", "default_code": "PU-1"})
        cls._receive(cls.pump, 5)
        cls.repair = cls._create_repair()

    @classmethod
    def _create_requisition(cls, parts=None, user=None, **vals):
        """What the technician asks for, as a draft.

        :param dict parts: product to quantity; three pumps when not given
        """
        parts = {cls.pump: 3} if parts is None else parts
        if not {"repair_id", "dispatch_id"} & vals.keys():
            vals["repair_id"] = cls.repair.id
        return (
            cls.env["aftersales.parts.requisition"]
            .with_user(user or cls.user_tech_a)
            .create(
                {
                    "line_ids": [
                        Command.create({"product_id": part.id, "quantity": quantity})
                        for part, quantity in parts.items()
                    ],
                    **vals,
                }
            )
        )

    @classmethod
    def _approve(cls, requisition):
        """Ask, and let the dealer's manager approve where that is needed."""
        requisition.action_submit()
        if requisition.state == "submitted":
            requisition.with_user(cls.user_manager_a).action_approve()

    @classmethod
    def _issue(cls, requisition, user=None):
        """Ask, approve and issue all of it, as the dealer's agent."""
        cls._approve(requisition)
        requisition.with_user(user or cls.user_agent_a).action_issue_all()

    @classmethod
    def _return(cls, requisition, quantity=None, user=None):
        """Bring back what the dialog proposes, or ``quantity`` of its first row."""
        action = requisition.with_user(user or cls.user_tech_a).action_return()
        wizard = (
            cls.env[action["res_model"]]
            .with_user(user or cls.user_tech_a)
            .with_context(**action["context"])
            .create({})
        )
        if quantity is not None:
            wizard.line_ids[0].quantity = quantity
        wizard.action_apply()

    def _get_bag(self):
        return self.env["stock.location"].search(
            [
                ("staff_id", "=", self.technician_a.id),
                ("location_id", "=", self.place_a.id),
            ]
        )

    def _assert_stock(self, store, bag, product=None):
        product = product or self.pump
        self.assertEqual(self._get_on_hand(product, self.place_a), store)
        self.assertEqual(self._get_on_hand(product, self._get_bag()), bag)
