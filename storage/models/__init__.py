"""The tables: Core tables with typed columns. Rows are read as plain values, so that no turn pays for unused objects.

One file for each area, all imported here. Every change needs a migration in `migrations/versions/`.
`docs/glossary.md` explains the words.
"""

from storage.models.base import NOTHING, PENDING, SUBMITTED, WAITING, metadata
from storage.models.calls import calls, reminders
from storage.models.contacts import NOTE_IS_OPEN, contacts_given, notes, pairings
from storage.models.digests import digest_issues, digest_subscriptions, digests, exports, happenings, summaries
from storage.models.initiatives import findable, initiatives, known_words
from storage.models.messages import inbox, outbox
from storage.models.people import HAS_A_ROLE, invitations, organisations, people, redemption_tries, sessions
from storage.models.privacy import audit, controllers, erasures, privacy_notices
from storage.models.reports import answers, attachments, broadcasts, personal_answers, reports, review_groups, reviews
from storage.models.subscriptions import deliveries, subscribed_chats, subscription_hooks, subscriptions
from storage.models.workers import last_done, leases, retry_after, workers
