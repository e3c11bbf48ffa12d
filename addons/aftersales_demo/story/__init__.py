"""The year behind the demonstration, lived through the system's own buttons.

Every document is made by the user whose work it is, on the day when he does it, so that
amounts, dates and histories are what the system itself comes to.
"""

from . import (
    cards,
    catalogue,
    company,
    dealer_stock,
    money,
    orders,
    parts,
    purchase,
    service,
    training,
    workshop,
)
from .stage import Stage


def tell(env):
    """Make the demonstration's documents, relative to today."""
    stage = Stage(env)
    company.set_up(stage)
    parts.stock_up(stage)
    catalogue.write_down(stage)
    purchase.buy(stage)
    cards.register(stage)
    training.train(stage)
    service.work(stage)
    workshop.work(stage)
    money.settle(stage)
    orders.trade(stage)
    dealer_stock.keep(stage)
    catalogue.class_by_value(stage)
