"""The log: one line for each event, as text or JSON, without tokens and without anything a person wrote."""

import asyncio
import logging
import re
import sys
import traceback
from pathlib import Path

import structlog

from storage.engine.errors import StorageError

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
_HIDDEN = "<token>"

# These loggers write addresses, which contain the token, or request parameters, which contain what people write.
_TALKATIVE = (
    "httpx",
    "httpcore",
    "aiohttp",
    "pyreqwest",
    "telegram",
    "asyncio",
    "sqlalchemy",
    "alembic",
    "procrastinate",
)


class Redacting(logging.Formatter):
    """Formats with another formatter and removes all bot tokens, also from exception texts."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Returns the text for `record` without tokens: one line unless there is a traceback."""
        return redacted(self._inner.format(record))


def redacted(text: str) -> str:
    """`text` without bot tokens."""
    return _TOKEN.sub(_HIDDEN, text)


def set_up_logging(form: str = "text", level: str = "info") -> None:
    """Send all logging of this process to standard error, as `text` or `json`."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(formatter))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # otherwise a failed log write prints all exception texts
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def described(error: BaseException) -> dict[str, str]:
    """`error` for the log: only type and place, because its text may quote a person. Storage errors keep their text."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames[-6:]))
    told = {"error": type(error).__name__, "where": where}
    if isinstance(error, StorageError):
        told["reason"] = str(error).partition("\n")[0]
    if error.__cause__:
        told["cause"] = type(error.__cause__).__name__
    return told


def tell_of_failure(task: "asyncio.Task[None]") -> None:
    """The done callback of a task that nobody awaits: log its failure."""
    if not task.cancelled() and (error := task.exception()):
        structlog.get_logger("meldind").error("task failed", task=task.get_name(), **described(error))
