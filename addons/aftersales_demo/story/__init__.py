"""The year behind the demonstration, lived through the system's own buttons.

Every document is made by the user whose work it is, on the day when he does it, so that
amounts, dates and histories are what the system itself comes to.
"""

from . import cards, company, money, parts, service
from .stage import Stage


def tell(env):
    """Make the demonstration's documents, relative to today."""
    stage = Stage(env)
    company.set_up(stage)
    parts.stock_up(stage)
    cards.register(stage)
    service.work(stage)
    money.settle(stage)
