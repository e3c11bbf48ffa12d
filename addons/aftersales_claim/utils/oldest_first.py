"""Which open items a credit pays."""


def pay_oldest_first(credit, queue, round_amount=lambda amount: round(amount, 2)):
    """Spend ``credit`` on the items of ``queue`` in their order.

    :param credit: amount to spend, >= 0
    :param queue: pairs (item, open amount), oldest first
    :param round_amount: function that rounds an amount to the currency
    :return: pairs (item, amount paid), fully paid ones first, the last maybe in part

    >>> pay_oldest_first(450.0, [("a", 300.0), ("b", 500.0), ("c", 10.0)])
    [('a', 300.0), ('b', 150.0)]
    >>> pay_oldest_first(900.0, [("a", 300.0), ("b", 500.0)])
    [('a', 300.0), ('b', 500.0)]
    >>> pay_oldest_first(0.0, [("a", 300.0)])
    []

    Items without an open amount are passed over, and no rest of a cent is left by
    binary fractions:

    >>> pay_oldest_first(0.3, [("a", 0.0), ("b", 0.1), ("c", 0.2), ("d", 5.0)])
    [('b', 0.1), ('c', 0.2)]
    """
    paid = []
    for item, open_amount in queue:
        amount = round_amount(min(credit, open_amount))
        if amount <= 0:
            continue
        paid.append((item, amount))
        credit = round_amount(credit - amount)
    return paid
