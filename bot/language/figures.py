"""Numbers and percentages: exact, about, at least, at most, between."""

from babel import Locale
from babel.numbers import format_decimal

from conversations.language.words import Percent, Place, _
from conversations.reading.numbers.numbers import Numbers


def say_numbers(numbers: Numbers) -> Place:
    """`numbers` as an answer to "how many"."""
    least, most = numbers.least, numbers.most
    if most is None:
        # Translators: at least so many.
        return _("{n} or more", n=least)
    if least == 0 and most > 0:
        # Translators: not more than so many.
        return _("up to {n}", n=most)
    # Translators: between two numbers, as in 10–12.
    amount: Place = most if least == most else _("{least}–{most}", least=least, most=most)
    # Translators: not exactly so many; {n} is a number, or two with a dash.
    return _("about {n}", n=amount) if numbers.approximate else amount


def say_percent(percent: Percent, locale: Locale | str) -> Place:
    """`percent` as an answer to "which share"."""
    least = format_decimal(percent.least, "#,##0.##", locale)
    if percent.most is None:
        return _("{n} or more", n=_("{n}%", n=least))
    most = format_decimal(percent.most, "#,##0.##", locale)
    if percent.least == 0 and percent.most > 0:
        return _("up to {n}", n=_("{n}%", n=most))
    # Translators: a percentage, with the space before the sign where your language has one.
    amount = _("{n}%", n=most if least == most else _("{least}–{most}", least=least, most=most))
    return _("about {n}", n=amount) if percent.approximate else amount
