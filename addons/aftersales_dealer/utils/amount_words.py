"""Amounts in Chinese capitals (人民币大写), as a payment paper carries them.

Written by the banking rules for bills (《支付结算办法》, annex 1): figures in
capitals, 零 for a gap, 整 after 元 or 角 when nothing follows.
"""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "兆")


def amount_in_chinese(amount):
    """Write an amount, rounded to the cent, in Chinese capitals.

    >>> amount_in_chinese(0)
    '零元整'
    >>> amount_in_chinese(12345.67)
    '壹万贰仟叁佰肆拾伍元陆角柒分'
    >>> amount_in_chinese(1680.32), amount_in_chinese(107000.53)
    ('壹仟陆佰捌拾元叁角贰分', '壹拾万柒仟元伍角叁分')
    >>> amount_in_chinese(16409.02), amount_in_chinese(325.04)
    ('壹万陆仟肆佰零玖元零贰分', '叁佰贰拾伍元零肆分')
    >>> amount_in_chinese(100000000), amount_in_chinese(100010000)
    ('壹亿元整', '壹亿零壹万元整')
    >>> amount_in_chinese(20.5), amount_in_chinese(0.05), amount_in_chinese(-3)
    ('贰拾元伍角整', '伍分', '负叁元整')
    """
    cents = int((Decimal(str(amount)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    sign = "负" if cents < 0 else ""
    yuan, rest = divmod(abs(cents), 100)
    jiao, fen = divmod(rest, 10)
    text = f"{_write_integer(yuan)}元" if yuan or not rest else ""
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif fen and yuan:
        text += "零"
    return sign + text + (f"{DIGITS[fen]}分" if fen else "整")


def _write_integer(number):
    if not number:
        return DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    text = ""
    for index in reversed(range(len(groups))):
        group = groups[index]
        if not group:
            continue
        if text and (group < 1000 or not groups[index + 1]):
            text += DIGITS[0]
        text += _write_group(group) + GROUPS[index]
    return text


def _write_group(group):
    text, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            text += (DIGITS[0] if gap and text else "") + DIGITS[digit] + PLACES[place]
        gap = gap or not digit
        gap = gap if not digit else False
    return text
