"""What a report is called where it is spoken of."""

from conversations.language.words import Place, labelled, quoted
from conversations.model.reports import Report


def title_of(report: Report, most: int | None = None) -> Place:
    """A report's title in quotation marks, of at most `most` characters, or words for one that has none yet."""
    return quoted(report.title, most) if report.title else labelled("title", "a report without a name")
