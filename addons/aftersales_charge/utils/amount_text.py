"""The sum in words at the foot of a paper."""

from odoo.addons.aftersales_dealer.utils.amount_words import amount_in_chinese


def amount_in_words(currency, amount, lang):
    """Chinese capitals on a Chinese paper, else the currency's own text."""
    if (lang or "").startswith("zh"):
        return amount_in_chinese(amount)
    return currency.amount_to_text(amount)
