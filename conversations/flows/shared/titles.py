"""The title of a report in a sentence."""

from conversations.language.words import Place, labelled, quoted
from conversations.model.reports import Report


def title_of(report: Report, most: int | None = None) -> Place:
    """Returns the title in quotation marks, at most `most` characters long, or words for a report without one."""
    return quoted(report.title, most) if report.title else labelled("title", "a report without a name")
