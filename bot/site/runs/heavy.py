"""A run of the site as heavy work, in a process of its own that waits for everything else that the machine does."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.heavy.task import HeavyTask
from bot.language.catalogues import Catalogues
from bot.runtime.errors import Unusable
from bot.site.runs.publishing import SiteOptions, publish


def publish_as_job(given: Mapping[str, Any], task: HeavyTask) -> Mapping[str, Any]:
    """Bring the site up to date; returns what was done, or `failed` with the reason in one line.

    `given` has the `folder`, the `address` of the site and the name of the `bot` (each may be ""), the `zone`, and the
    time of the run, `at`.
    """
    zone = ZoneInfo(given["zone"])
    options = SiteOptions(zone, given["address"], given["bot"])
    folder, at = Path(given["folder"]), datetime.fromisoformat(given["at"])
    try:
        return asdict(publish(task.storage, Catalogues(zone), folder, options, at))
    except Unusable as error:
        return {"failed": str(error)}
    except OSError as error:
        return {"failed": f"{folder} cannot be written: {error.strerror}. The site is as before."}
