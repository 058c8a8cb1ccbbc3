"""The sentence for a person who may not do what they asked for."""

from conversations.language.words import _

NOT_ALLOWED = _("That needs a role that you do not have. /help shows what you can do.")
