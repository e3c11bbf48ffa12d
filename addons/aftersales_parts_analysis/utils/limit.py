"""The arithmetic of outliers, without the ORM."""

from math import sqrt


def get_limit(expected, factor):
    """Pieces up to which use is put down to chance.

    Parts fail one by one and independently, so the pieces used in a period are Poisson
    distributed: the variance equals the mean, one standard deviation is √expected.
    With factor 3 about one fair dealer in a thousand is above the limit when some
    pieces are expected (up to one in a hundred when hardly any is: the distribution is
    skewed; that is what the minimum number of pieces is for).

    >>> round(get_limit(2.0, 3), 2)
    6.24
    >>> get_limit(0.0, 3)
    0.0
    >>> get_limit(25.0, 2)
    35.0
    """
    return expected + factor * sqrt(expected)


def say(number):
    """A figure as short as it may be without becoming zero.

    >>> say(12.0), say(6.2426), say(0.0449), say(0.0), say(1250.0), say(1.04)
    ('12', '6.2', '0.045', '0', '1250', '1.0')
    """
    if number == int(number):
        return str(int(number))
    return f"{number:.1f}" if abs(number) >= 1 else f"{number:.2g}"
