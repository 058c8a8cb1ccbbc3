"""The MIME type of a file, from the sender's program and the file name."""

from collections.abc import Mapping

from conversations.forms.kinds.files import DOCUMENTS

UNTOLD = ""
"""The type of a file that is unknown until it is fetched."""

_BY_NAME: Mapping[str, str] = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpe": "image/jpeg",
    "jfif": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}

_ALSO_CALLED: Mapping[str, str] = {
    "application/x-pdf": "application/pdf",
    "application/acrobat": "application/pdf",
    "applications/vnd.pdf": "application/pdf",
    "text/pdf": "application/pdf",
    "text/x-pdf": "application/pdf",
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
}

_SAYS_NOTHING = frozenset(
    {
        "",
        "application/octet-stream",
        "application/download",
        "application/x-download",
        "application/force-download",
        "application/unknown",
        "binary/octet-stream",
        "unknown/unknown",
    }
)


def kind_told(mime: str, name: str) -> str:
    """Returns the MIME type of a document sent with `mime` and `name`, in lower case and without parameters.

    Programs often send no useful type, or a synonym; then the file extension counts. Returns UNTOLD if that is unknown
    too; then the content decides.
    """
    told = mime.partition(";")[0].strip().lower()
    told = _ALSO_CALLED.get(told, told)
    if told in DOCUMENTS:
        return told
    _, point, ending = name.rpartition(".")
    if by_name := _BY_NAME.get(ending.strip().lower() if point else ""):
        return by_name
    return UNTOLD if told in _SAYS_NOTHING and not point else told or "application/octet-stream"
