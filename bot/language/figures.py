"""Numbers of people: exact, about, at least, at most, between."""

from conversations.language.words import Place, _
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
