import base64
from datetime import date

from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests import fence
from odoo.addons.aftersales_import.tests.common import make_csv

from .common import StoryCommon

CATALOGUE = "catalogue that the company keeps; names no dealer and no cost"
RULES = "terms that every dealer works by"
# Models that the addons above aftersales_dealer open to dealers without rows of theirs.
REFERENCE = {
    **fence.REFERENCE,
    "aftersales.campaign": "measures on models; whose machines is hidden",
    "aftersales.case.type": CATALOGUE,
    "aftersales.charge.rate": RULES,
    "aftersales.claim.reason": CATALOGUE,
    "aftersales.claim.type": CATALOGUE,
    "aftersales.dispatch.criterion": RULES,
    "aftersales.fault": CATALOGUE,
    "aftersales.followup.question": CATALOGUE,
    "aftersales.followup.reason": CATALOGUE,
    "aftersales.followup.rule": RULES,
    "aftersales.import.field": "columns that an import knows",
    "aftersales.old.part.due.date": RULES,
    "aftersales.operation": CATALOGUE,
    "aftersales.part.class": CATALOGUE,
    "aftersales.part.fit": CATALOGUE,
    "aftersales.part.supersession": CATALOGUE,
    "aftersales.parts.season": RULES,
    "aftersales.service.level": RULES,
    "aftersales.service.notice": RULES,
    "aftersales.service.plan": RULES,
    "aftersales.skill.need": RULES,
    "aftersales.tool": CATALOGUE,
    "aftersales.warranty.kind": RULES,
    "aftersales.warranty.period": RULES,
    "aftersales.warranty.policy": RULES,
    "aftersales.warranty.remedy": RULES,
    "aftersales.warranty.statute": RULES,
    "aftersales.warranty.term": RULES,
    "helpdesk.ticket.category": CATALOGUE,
    "helpdesk.ticket.channel": CATALOGUE,
    "helpdesk.ticket.stage": CATALOGUE,
    "helpdesk.ticket.tag": CATALOGUE,
    "helpdesk.ticket.team": "the company's service teams by name",
}

# Addons that prove their own fence with the same checks, on rows of their own.
FENCED_BY_THEMSELVES = (
    "aftersales.assessment",
    "aftersales.certificate",
    "aftersales.checklist",
    "aftersales.complaint",
    "aftersales.delivery",
    "aftersales.dispatch.appointment",
    "aftersales.dispatch.part",
    "aftersales.dispatch.stamp",
    "aftersales.followup.answer",
    "aftersales.machine.park",
    "aftersales.old.part.reminder",
    "aftersales.parts.consumption",
    "aftersales.parts.count",
    "aftersales.parts.deemed.sale",
    "aftersales.parts.fill",
    "aftersales.parts.level",
    "aftersales.parts.order",
    "aftersales.parts.outlier",
    "aftersales.parts.period",
    "aftersales.parts.rate",
    "aftersales.parts.requisition",
    "aftersales.parts.return",
    "aftersales.parts.transfer",
    "aftersales.parts.turnover",
    "aftersales.photo.type",
    "aftersales.quality.",
    "aftersales.quotation",
    "aftersales.receipt.claim",
    "aftersales.repair.answer",
    "aftersales.repair.photo",
    "aftersales.service.reminder",
    "aftersales.sla.",
    "aftersales.staff.absence",
    "aftersales.staff.territory",
    "aftersales.stocking.",
    "aftersales.training.",
    "slide.",
)

HARMLESS_FIELDS = {
    **fence.HARMLESS_FIELDS,
    "aftersales.warranty.reading.value": "hours or kilometres",
    "helpdesk.ticket.rating_last_value": "stars of the customer",
    "slide.channel.rating_last_value": "stars of the participants",
}


@tagged("post_install", "-at_install")
class TestFenceMatrix(fence.FenceChecks, StoryCommon):
    """The whole main line of dealer A, and dealer B's people who try to reach it.

    Every open model that is no reference must have rows of dealer A in that story: a
    model whose fence nothing proves fails the test.
    """

    reference = REFERENCE
    harmless_fields = HARMLESS_FIELDS
    owner, intruder = "a", "b"

    @classmethod
    def _create_staff(cls, user, role):
        if user == cls.user_tech_a and "technician_a" in vars(cls):
            return cls.technician_a
        return super()._create_staff(user, role)

    @classmethod
    def _get_readable_models(cls, user):
        return {
            name
            for name in super()._get_readable_models(user)
            if not name.startswith(FENCED_BY_THEMSELVES)
        }

    @classmethod
    def _create_fenced_rows(cls):
        cls._live_the_story()
        return {**cls._find_rows_of_the_story(), **super()._create_fenced_rows()}

    @classmethod
    def _live_the_story(cls):
        """From the card to the offset, so that every noun of it has a row of A."""
        card = cls._register_card()
        card.sudo()._stop_clock(date(2026, 5, 1), date(2026, 5, 4), "Waits for a part")
        repair = cls._repair(cls._dispatch(cls._take_call()))
        repair.ticket_id.with_user(cls.user_support).action_close()
        cls._send_old_parts(repair)
        cls._file_claim(repair)
        cls._inspect(repair.old_part_ids)
        settlement = cls._settle()
        settlement.with_user(cls.user_manager_a).action_confirm()
        settlement.action_offset()
        cls._change_owner(card)
        cls.env["aftersales.followup"].create(
            {"ticket_id": repair.ticket_id.id, "score": "5"}
        )
        cls._import_customers()
        cls.env["aftersales.old.part.charge"].create(
            {"old_part_id": repair.old_part_ids[:1].id, "kind": "refused"}
        )

    @classmethod
    def _change_owner(cls, card):
        buyer = cls._create_customer(cls.dealer_a, "Buyer of the used machine")
        cls.env["aftersales.warranty.owner.change"].with_user(cls.user_agent_a).create(
            {"card_id": card.id, "partner_id": buyer.id, "date": date(2026, 6, 10)}
        ).action_apply()

    @classmethod
    def _import_customers(cls):
        """A list with a line that is refused, since only those are kept."""
        rows = [["客户姓名", "联系电话"], ["张三", "13800138000"], ["", "13900139000"]]
        job = (
            cls.env["aftersales.import.job"]
            .with_user(cls.user_agent_a)
            .create(
                {
                    "kind": "customer",
                    "file": base64.b64encode(make_csv(rows)),
                    "filename": "customers.csv",
                }
            )
        )
        job.action_preview()
        job.action_import()

    @classmethod
    def _find_rows_of_the_story(cls):
        """One row of dealer A per open model that is no reference."""
        links = {
            "stock.lot": "card_ids.dealer_id",
            "stock.move": "repair_id.dealer_id",
            "aftersales.import.column": "job_id.dealer_id",
            "aftersales.import.line": "job_id.dealer_id",
        }
        rows = {}
        for name in cls._get_open_models(cls.user_manager_b) - set(cls.reference):
            link = links.get(name, "dealer_id")
            if link.split(".")[0] in cls.env[name]._fields:
                row = cls.env[name].search([(link, "=", cls.dealer_a.id)], limit=1)
                rows[name] = fence.Fenced(row)
        return rows

    def test_every_fenced_model_has_a_row_to_prove_it(self):
        empty = sorted(name for name, rows in self.fenced.items() if not rows.foreign)
        self.assertFalse(empty, "the story makes no row of dealer A in these models")

    def test_no_role_of_another_dealer_reaches_the_story(self):
        for user in self.intruders:
            for model, rows in self.fenced.items():
                with self.subTest(model=model, user=user.login):
                    self.assert_fenced(user, model, rows)

    def test_the_dealer_himself_sees_his_story(self):
        for model, rows in self.fenced.items():
            if model == "mail.scheduled.message":
                continue
            with self.subTest(model=model):
                found = rows.foreign.with_user(self.user_manager_a).search(
                    [("id", "in", rows.foreign.ids)]
                )
                self.assertEqual(found, rows.foreign)

    def test_every_open_model_is_classified(self):
        for user in self.intruders:
            self.assert_all_models_classified(user)

    def test_closed_models_show_no_row(self):
        for user in self.intruders:
            self.assert_closed_models_are_empty(user)

    def test_reference_models_belong_to_nobody(self):
        self.assert_reference_models_belong_to_nobody()

    def test_costs_are_hidden(self):
        self.assert_costs_hidden(self.user_manager_b)
