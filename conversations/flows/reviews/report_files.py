"""The files of a report, for reviewers."""

from conversations.context.context import Context
from conversations.flows.shared.attached import file_name, those_of
from conversations.flows.shared.report_words import form_of, label_of, title
from conversations.forms.questions import Form
from conversations.language.events import File
from conversations.language.screen import Enclosed, Line, Screen, heading
from conversations.language.words import Place, Words, _
from conversations.model.attached import ReportFile
from conversations.model.reviews import UnderReview

MOST_OPENED = 12
"""Most files that are sent at once: as many as the questions of a report take."""


def opened(review: UnderReview, context: Context) -> Screen:
    """Returns the files of the report, each with its question; the stored files are sent with the screen."""
    form, found = form_of(review, context), those_of(review, context)
    sent = [enclosed for each in found if (enclosed := _enclosed(each, form, review))][:MOST_OPENED]
    lines = [Line(_line(each, form)) for each in found]
    return Screen(
        (heading(_("Files: {title}", title=title(review))), *(lines or (Line(_("There are none.")),))),
        report=review.id,
        revision=review.revision,
        enclosed=sent[0] if sent else None,
        besides=tuple(sent[1:]),
    )


def _line(file: ReportFile, form: Form) -> Words:
    about = _about(file, form)
    if _can_be_sent(file):
        return _("{label}: {answer}", label=about, answer=file_name(file))
    if not file.question:  # files of an import have only a description
        return _("{label}: {file} (not stored here)", label=about, file=file_name(file))
    return _("{label}: {file} (not fetched yet)", label=about, file=file_name(file))


def _can_be_sent(file: ReportFile) -> bool:
    """Returns whether a file can be sent: a photo comes from Telegram, any other file from storage."""
    return bool(file.question) and (file.file.kind == "photo" or bool(file.sha256))


def _enclosed(file: ReportFile, form: Form, review: UnderReview) -> Enclosed | None:
    if not _can_be_sent(file):
        return None
    words = _("{label}: {answer}", label=_about(file, form), answer=file_name(file))
    match file.file:
        case File("photo", reference, name):
            return Enclosed("photo", name, words, reference)
        case File(kind, name=name):
            # A stored file was checked to be what it says, and its metadata was removed.
            return Enclosed("picture", name or f"{file.id}.{_ENDINGS[kind]}", words, f"{review.id}.{file.sha256}")


_ENDINGS = {"photo": "jpg", "document": "pdf", "voice": "ogg"}


def _about(file: ReportFile, form: Form) -> Place:
    return label_of(form, file.question) if file.question else _("File")
