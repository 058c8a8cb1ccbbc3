"""Where the look-ups in memory know less than the databases, by design: the docstrings in conversations/memory say so.

Every other look-up must answer the same in memory as in both databases.
"""

from collections.abc import Mapping

GIVEN: Mapping[str, str] = {
    "calls.standing": "Which libraries are invited and which reports are theirs, only the register and the tables say.",
    "calls.to_remind": "Whom a reminder reaches is worked out from everybody's library, which memory does not hold.",
    "calls.unsaid": "Which reports answer a call is worked out from the tables.",
    "contacts.contacts_of": "The contact in the person's own report is given; what they said in notes is kept.",
    "contacts.pairing": "Pairings are made and told by a timed job.",
    "contacts.reaches": "Who has stopped the bot comes from Telegram, not from an outcome.",
    "contacts.reporter": "Who reported what is given, so that a dialogue needs no second person.",
    "contacts.subject": "The library of a report is named by the register.",
    "digests.answers": "What reports say is given, already read.",
    "digests.coverage": "The municipalities come from the register.",
    "digests.figures": "The database counts them.",
    "digests.summary": "What reports say is given, already read.",
    "digests.happened": "What reports say is given, already read.",
    "digests.known": "What reports say is given, already read.",
    "digests.inspired": "What reports have to do with each other is given, already counted.",
    "digests.left": "What reports say is given, already read.",
    "digests.new_by_theme": "What reports say is given, already read.",
    "digests.since": "What reports say is given, already read.",
    "digests.to_call": "What reports say is given, already read.",
    "digests.waiting": "What reports say is given, already read.",
    "experts.found": "Which call a report answers is given; all else is kept.",
    "events.guests": "The libraries of people are named by the register.",
    "events.reach": "Who offered what is worked out from published reports.",
    "events.speakers": "Who offered what is worked out from published reports.",
    "followups.asked": "Questions are asked by a timed job.",
    "followups.colleagues": "Who is of a library is worked out from the tables.",
    "followups.confirmed": "When a report was published is kept by another subject.",
    "followups.figures": "The database counts them.",
    "followups.stages": "The history of a report is worked out from its answers, which another subject keeps.",
    "initiatives.initiative": "Published initiatives are given: their libraries are named by the register.",
    "initiatives.picture": "Whether a file is of use is known once it was fetched.",
    "initiatives.sees": "Who is of a library is worked out from published reports.",
    "partners.side": "The library of a person is given: it counts once a report of theirs is published.",
    "people.done": "The audit trail is given.",
    "review.groups": "Groups come from Telegram, not from an outcome.",
    "subscriptions.chats": "Groups and channels come from Telegram, not from an outcome.",
    "subscriptions.home": "The municipality of a library is in the register.",
    "subscriptions.recent": "Published initiatives are given: their libraries are named by the register.",
    "subscriptions.told": "Who is told of what is decided by a timed job.",
}
"""Look-ups for which memory is handed what the databases work out for themselves."""

LESS: Mapping[str, str] = {
    "partners.confirmed": "Memory lists confirmed organisations without regard to roles, which are kept elsewhere.",
    "partners.side": "A place is the key of its municipality in memory: only a register can name it.",
    "review.reporters": "Only a register knows the country of a library.",
    "search.find": "Only the index finds words that are spelled alike.",
    "search.nearest": "Only the index knows words that are spelled alike.",
    "search.options": "Places come in the order of their size only where the register is at hand.",
}
"""Look-ups whose answer in memory differs in one thing."""
