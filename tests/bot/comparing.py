"""Comparing what people read with the transcript of it that is kept."""

import os
from pathlib import Path

TRANSCRIPTS = Path(__file__).parent / "transcripts"


def kept_as_read(name: str, written: str) -> None:
    """`written` is what the transcript of that `name` says; with MELDIND_WRITE_TRANSCRIPTS set it is, from now on."""
    kept = TRANSCRIPTS / f"{name}.txt"
    if os.environ.get("MELDIND_WRITE_TRANSCRIPTS"):
        kept.write_text(written, encoding="utf-8")
    assert written == kept.read_text(encoding="utf-8")
