"""The context of a conversation: the time, the person's local day, and the look-ups."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.runtime.ids import new_code, new_id
from conversations.context.context import Context, no_secret
from conversations.model.people.person import Person
from conversations.model.registers import Registers
from storage.digests.digests import Counting
from storage.session.unit_of_work import UnitOfWork


def surroundings(
    work: UnitOfWork,
    person: Person,
    now: datetime,
    timezone: ZoneInfo,
    registers: Registers,
    bot_name: str,
    secret_of: Callable[[str], str] = no_secret,
    counting: Counting = Counting.HERE,
) -> Context:
    """Returns the context of one turn of `person` at `now`; `timezone` is that of people who have set none."""
    zone = ZoneInfo(person.timezone) if person.timezone else timezone
    return Context(
        person=person,
        now=now,
        today=now.astimezone(zone).date(),
        new_id=new_id,
        find=work.lookup(person, now, counting),
        registers=registers,
        new_code=new_code,
        bot=bot_name,
        timezone=zone,
        secret_of=secret_of,
    )
