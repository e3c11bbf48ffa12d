from odoo.tests import tagged

from odoo.addons.aftersales_dealer.tests import fence

from .common import StoryCommon

CATALOGUE = "catalogue that the company keeps; names no dealer and no cost"
RULES = "terms that every dealer works by"
# Models that the addons above aftersales_dealer open to dealers without rows of theirs.
REFERENCE = {
    **fence.REFERENCE,
    "aftersales.case.type": CATALOGUE,
    "aftersales.claim.reason": CATALOGUE,
    "aftersales.claim.type": CATALOGUE,
    "aftersales.fault": CATALOGUE,
    "aftersales.import.field": "columns that an import knows",
    "aftersales.old.part.due.date": RULES,
    "aftersales.operation": CATALOGUE,
    "aftersales.part.class": CATALOGUE,
    "aftersales.service.level": RULES,
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


@tagged("post_install", "-at_install")
class TestFenceMatrix(fence.FenceChecks, StoryCommon):
    """The whole main line of dealer A, and dealer B's people who try to reach it.

    Every open model that is no reference must have rows of dealer A in that story: a
    model whose fence nothing proves fails the test.
    """

    reference = REFERENCE
    owner, intruder = "a", "b"

    @classmethod
    def _create_staff(cls, user, role):
        if user == cls.user_tech_a and "technician_a" in vars(cls):
            return cls.technician_a
        return super()._create_staff(user, role)

    @classmethod
    def _create_fenced_rows(cls):
        cls._live_the_story()
        return {**cls._find_rows_of_the_story(), **super()._create_fenced_rows()}
