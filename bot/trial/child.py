"""The bot's process in a trial: prepares the database and then runs like `meldind run`."""

import json
import os
import sys
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.runtime.databases import open_storage
from bot.runtime.errors import Unusable
from bot.runtime.invitations import invited
from bot.runtime.settings import Settings, read_settings
from bot.serving import serve
from bot.trial.demo import prepare
from bot.trial.followed_up import follow_up
from bot.trial.options import Options
from bot.trial.site import site_folder
from storage.engine.errors import StorageError

INVITED = ("coordinator", "partner")
A_DAY = timedelta(days=1)


def trial_settings() -> tuple[Settings, Path]:
    """Returns the settings with a separate database and attachments for trials, and the database file."""
    settings = read_settings()
    file = settings.data_dir.resolve() / "try.db"
    apart = {
        "database_url": f"sqlite:///{file}",
        "data_dir": file.with_suffix(""),
        "http": None,
        "site": site_folder(settings.data_dir),
        "site_url": None,
        "proxy": None,
        "log_level": "error" if settings.log_level == "info" else settings.log_level,
    }
    return settings.but(**apart), file


def serve_trial(options: Options) -> None:
    """Prepare the database as `options` say, and serve. Raises what `meldind run` raises."""
    settings, file = trial_settings()
    if settings.token is None:
        raise Unusable("This is the bot's part of a trial; call meldind try.")
    prepare(settings, file, options)
    sys.stdout.write(json.dumps({"invitations": invitations(settings.database)}) + "\n")
    sys.stdout.flush()
    follow_up(settings.database)
    serve(settings, settings.token, for_real=False)


def invitations(url: str) -> dict[str, str]:
    """Invitation codes for the people on the page, by role; they are used like any invitation."""
    storage = open_storage(url)
    try:
        return {role: storage.write_now(partial(invited, role=role, uses=100, lasts=A_DAY)) for role in INVITED}
    finally:
        storage.close_now()


def main() -> int:
    """Serve until asked to stop; an error is printed as one line."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.umask(0o077)
    try:
        serve_trial(Options.of_child(sys.argv[1:]))
    except (Unusable, StorageError) as error:
        sys.stderr.write(f"meldind: {str(error).splitlines()[0]}\n")
        return 1
    return 0


def _end_with_parent() -> None:
    """End at once when the trial's process has ended, which closes this standard input."""
    os.read(sys.stdin.fileno(), 1)  # returns only at the end of the input
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
