"""The outcomes of a turn, which are stored. Their names are in the past: once the turn is committed, they have
happened.

There is one file for each subject; `keeper.py` of that subject in `storage/` stores its outcomes. All of them can be
imported from here.
"""

from typing import TypeAlias

from conversations.model.outcomes.calls import *
from conversations.model.outcomes.collections import *
from conversations.model.outcomes.contacts import *
from conversations.model.outcomes.digests import *
from conversations.model.outcomes.events import *
from conversations.model.outcomes.experts import *
from conversations.model.outcomes.followups import *
from conversations.model.outcomes.people import *
from conversations.model.outcomes.privacy import *
from conversations.model.outcomes.reports import *
from conversations.model.outcomes.reviews import *
from conversations.model.outcomes.roles import *
from conversations.model.outcomes.subscriptions import *
from conversations.model.outcomes.webhooks import *

Outcome: TypeAlias = (
    AboutReports
    | AboutReviews
    | AboutPeople
    | AboutPrivacy
    | AboutRoles
    | AboutContacts
    | AboutCalls
    | AboutDigests
    | AboutSubscriptions
    | AboutEvents
    | AboutCollections
    | AboutExperts
    | AboutFollowUps
    | AboutWebhooks
)
