"""The tables: Core tables with typed columns. Rows are read as plain values, so that no turn pays for unused objects.

One file for each area; all tables can be imported from here. Every change needs a migration in `migrations/versions/`.
`docs/glossary.md` explains the words.
"""

from storage.models.base import *
from storage.models.calls import *
from storage.models.collections import *
from storage.models.contacts import *
from storage.models.digests import *
from storage.models.events import *
from storage.models.experts import *
from storage.models.followups import *
from storage.models.initiatives import *
from storage.models.messages import *
from storage.models.people import *
from storage.models.privacy import *
from storage.models.reports import *
from storage.models.subscriptions import *
from storage.models.webhooks import *
from storage.models.workers import *
