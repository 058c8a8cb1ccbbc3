"""The topic of /evidence: a theme, a target group, a country, a call, a grade, words, or several of these."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import EVIDENCE, GRADE_NAMES, GROUPS, PROGRESS, THEMES
from conversations.language.words import Listed, Place, Words, _, quoted
from conversations.model.calls import WholeCall
from conversations.model.digests.looking import Known
from conversations.model.matching import says, searchable
from conversations.vocabulary.grades import grades_of

WRITTEN = ("title", "summary", "need", "outcome", "evidence_detail", "lessons", "transfer")
"""The questions whose answers are searched for words."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Filters that all apply at once; "" is any.

    `call` is a slug; of `words`, each one has to occur. `place` is a municipality (`DK-0461`) or a region
    (`DK:Syddanmark`), called `place_name`. `grade` is one of GRADES.
    """

    theme: str = ""
    group: str = ""
    country: str = ""
    call: str = ""
    words: str = ""
    place: str = ""
    place_name: str = ""
    grade: str = ""

    def of(self, known: Iterable[Known], spell: Callable[[Words], Sequence[str]]) -> list[Known]:
        """Returns the results in `known` about this topic; `spell` returns a label in every language."""
        return [each for each in known if self._fits(each, spell)]

    def _fits(self, each: Known, spell: Callable[[Words], Sequence[str]]) -> bool:
        report = each.summary
        return (
            self.theme in ("", *report.themes)
            and self.group in ("", *report.groups)
            and self.country in ("", report.country)
            and self.place in ("", report.municipality, f"{report.country}:{report.region}")
            and self.call in ("", report.call)
            and self.grade in ("", *grades_of(report.evidence))
            and (not self.words or says(_text(each, spell), self.words))
        )


def subject(topic: Topic, call: WholeCall | None) -> Words:
    """Returns the topic in words; `call` is the call of the topic."""
    parts: list[Place] = []
    if topic.theme:
        parts.append(THEMES[topic.theme])
    if topic.group:
        parts.append(GROUPS[topic.group])
    if topic.place:
        parts.append(topic.place_name)
    elif topic.country:
        parts.append(COUNTRY_NAMES[topic.country])
    if topic.call:
        parts.append(call.title if call else topic.call)
    if topic.grade:
        parts.append(GRADE_NAMES[topic.grade])
    if topic.words:
        parts.append(quoted(topic.words))
    return _("What we know: {subject}", subject=Listed(tuple(parts))) if parts else _("What we know")


def _text(each: Known, spell: Callable[[Words], Sequence[str]]) -> str:
    report = each.summary
    labels: list[Place | None] = [
        *(THEMES.get(key) for key in report.themes),
        *(GROUPS.get(key) for key in report.groups),
        *(EVIDENCE.get(key) for key in report.evidence),
        PROGRESS.get(report.progress),
        COUNTRY_NAMES.get(report.country),
    ]
    spelled = (spelling for label in labels if isinstance(label, Words) for spelling in spell(label))
    written = (str(each.answers.get(question) or "") for question in WRITTEN)
    return searchable((report.title, report.line, report.library, report.place, report.region, *written, *spelled))
