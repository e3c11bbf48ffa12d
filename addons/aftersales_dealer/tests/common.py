from odoo.tests import TransactionCase, new_test_user

DEALER_USER = "aftersales_dealer.group_dealer_user"
DEALER_MANAGER = "aftersales_dealer.group_dealer_manager"


class AftersalesCommon(TransactionCase):
    """Two dealers with their people, and one company user per role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.company = cls.env.company
        cls.dealer_a = cls._create_dealer("A01", "Northern Machinery")
        cls.dealer_b = cls._create_dealer("B01", "Southern Machinery")
        cls.user_agent_a = cls._create_user("agent_a", DEALER_USER, cls.dealer_a)
        cls.user_tech_a = cls._create_user("tech_a", DEALER_USER, cls.dealer_a)
        cls.user_manager_a = cls._create_user("manager_a", DEALER_MANAGER, cls.dealer_a)
        cls.user_agent_b = cls._create_user("agent_b", DEALER_USER, cls.dealer_b)
        cls.user_manager_b = cls._create_user("manager_b", DEALER_MANAGER, cls.dealer_b)
        cls._create_company_users()
        cls.technician_a = cls._create_staff(cls.user_tech_a, "technician")

    @classmethod
    def _create_company_users(cls):
        for name, group in (
            ("support", "support"),
            ("keeper", "parts_keeper"),
            ("inspector", "inspector"),
            ("quality", "quality"),
            ("accountant", "warranty_accountant"),
            ("coordinator", "training_coordinator"),
            ("manager", "manager"),
        ):
            user = cls._create_user(
                f"aftersales_{name}", f"aftersales_dealer.group_{group}"
            )
            setattr(cls, f"user_{name}", user)

    @classmethod
    def _create_user(cls, login, groups, dealer=None):
        """A user with the groups of these xml ids, fenced when a dealer is given."""
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            name=login.replace("_", " ").title(),
            dealer_id=dealer.id if dealer else False,
        )

    @classmethod
    def _create_dealer(cls, code, name):
        partner = cls.env["res.partner"].create({"name": name, "is_company": True})
        return cls.env["aftersales.dealer"].create(
            {"partner_id": partner.id, "code": code}
        )

    @classmethod
    def _create_staff(cls, user, role):
        """The staff record of ``user``, on his dealer's side or on ours."""
        return cls.env["aftersales.staff"].create(
            {
                "partner_id": user.partner_id.id,
                "user_id": user.id,
                "dealer_id": user.dealer_id.id,
                "role": role,
            }
        )

    @classmethod
    def _create_customer(cls, dealer, name):
        """An end customer whom ``dealer`` registered (no dealer: the company's own)."""
        return cls.env["res.partner"].create(
            {"name": name, "dealer_id": dealer.id if dealer else False}
        )
