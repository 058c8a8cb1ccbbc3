"""The bot's texts in Telegram: in the empty chat, in its profile, and in lists of chats."""

from conversations.language.words import Words, _

NAME = "Meldind"
"""The bot's name, if its operator has not set another."""

NAMED: Words = _("Meldind: libraries for all")
"""The name with a description in the reader's language; Telegram takes at most 64 characters."""

DESCRIPTION: Words = _(
    "Public libraries use this bot to share what they do to include people: language cafés, "
    "homework help, reading groups and more. Librarians report an initiative in less than four "
    "minutes. Councils, associations and other partners can find initiatives, get notifications "
    "and contact the libraries. In Danish, Slovenian and English. Tap START."
)
"""For the empty chat; Telegram takes at most 512 characters."""

SHORT_DESCRIPTION: Words = _("Public libraries share how they include people. In Danish, Slovenian and English.")
"""For the profile and for links to the bot; Telegram takes at most 120 characters."""
