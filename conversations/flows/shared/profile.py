"""What Telegram shows of the bot before anybody has begun: in the empty chat, in its profile, in lists of chats."""

from conversations.language.words import Words, _

NAME = "Meldind"
"""What the bot is called unless whoever runs it has chosen another name."""

NAMED: Words = _("Meldind: libraries for all")
"""The same with what it is, in the reader's language; Telegram takes at most 64 characters."""

DESCRIPTION: Words = _(
    "Public libraries use this bot to share what they do to include people: language cafés, homework help, reading "
    "groups and more. Librarians report an initiative in less than four minutes. Councils, associations and other "
    "partners can find initiatives, hear of new ones and contact the libraries. In Danish, Slovenian and English. "
    "Tap START."
)
"""For the empty chat; Telegram takes at most 512 characters."""

SHORT_DESCRIPTION: Words = _("Public libraries share what they do to include people. In Danish, Slovenian and English.")
"""For the profile and for links to the bot; Telegram takes at most 120 characters."""
