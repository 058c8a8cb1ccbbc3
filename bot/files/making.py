"""What is enclosed with a message, made when it is sent. Called off the event loop; imports what it needs then."""

from functools import cache

from bot.catalogues import Catalogues
from storage.storage import Storage


class Gone(Exception):  # noqa: N818 - it is no error of the program
    """What was to be sent is no longer kept."""


@cache
def _catalogues() -> Catalogues:
    return Catalogues()


def made(kind: str, data: str, storage: Storage) -> bytes:
    """The content of an enclosure of that kind (see conversations.screen.Enclosed)."""
    match kind:
        case "digest":
            this, form, language = data.split(".")
            return _digest(this, form, language, storage)
        case _:
            raise ValueError(f"nothing makes an enclosure of the kind {kind}")


def _digest(this: str, form: str, language: str, storage: Storage) -> bytes:
    digest = storage.read_now(lambda work: work.digests(0).kept(this))
    if digest is None:
        raise Gone
    catalogue = _catalogues()[language]
    if form == "html":
        from bot.files.printing import digest_page

        return digest_page(digest, catalogue).encode()
    from bot.files.digest_tables import tables
    from bot.files.workbook import workbook
    from conversations.digests.saying import nothing, opening
    from conversations.words import labelled

    lines = [nothing(digest)] if digest.is_empty else opening(digest)
    overview = catalogue.say(labelled("sheet", "Overview"))
    return workbook(tables(digest, catalogue), overview, [catalogue.say(line) for line in lines])
