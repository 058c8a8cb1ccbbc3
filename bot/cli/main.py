"""The command line: `meldind …`.

Each command imports what it needs when it is called, so that none waits for the others' libraries.
"""

import errno
import gc
import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from bot.runtime.errors import Unusable, alternatives

if TYPE_CHECKING:
    from bot.trial.options import Options

DONE, FAILED = 0, 1

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""How the system says that nothing more can be written: the disk is full, or the user's part of it, or the file."""

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")

app = typer.Typer(
    name="meldind",
    help="Telegram bot that collects reports from public libraries about what they do to include people.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
database = typer.Typer(help="Manage the database schema.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(database, name="db")


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"meldind {version('meldind')}")
        raise typer.Exit


@app.callback()
def _always(
    _version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_say_version, is_eager=True)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """What goes for every command; `--debug` is looked for where errors are shown."""


@app.command()
def run() -> None:
    """Run the bot. Without BOT_TOKEN, start a trial (see `try`)."""
    from bot.runtime.settings import read_settings
    from bot.trial.options import Options

    began = time.perf_counter()
    settings = read_settings()
    if settings.token is None:
        _try_in_browser(Options(), began, "BOT_TOKEN is not set, so this is a trial on this machine. ")
        return
    gc.disable()  # until it serves: what is loaded stays, and looking through it for garbage is a twelfth of a start
    try:
        from bot.serving import serve

        serve(settings, settings.token)
    finally:
        gc.enable()


@app.command()
def worker() -> None:
    """Do heavy, timed and nightly jobs for the processes that serve, and tell webhooks (PostgreSQL).

    As many as you like, on any machine.
    """
    from bot.runtime.settings import read_settings
    from bot.working import work

    work(read_settings())


@app.command()
def jobs(
    json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Show what heavy work, nightly removals and messages to webhooks wait, run and failed.

    Exit code 1: something failed, or waits for long.
    """
    from bot.cli.jobs import as_json, as_table, is_well, jobs_of_database
    from bot.runtime.settings import read_settings

    found, workers, now = jobs_of_database(read_settings().database)
    for line in [as_json(found, workers)] if json else as_table(found, workers):
        typer.echo(line)
    if not is_well(found, now):
        raise typer.Exit(FAILED)


@app.command(name="try")
def try_(
    port: Annotated[int | None, typer.Option(min=1, max=65535, metavar="N", help="Port of the trial page.")] = None,
    empty: Annotated[bool, typer.Option("--empty", help="Start without demo data.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Delete the data of earlier trials.")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
    terminal: Annotated[bool, typer.Option("--terminal", help="Chat in this terminal instead of the browser.")] = False,
    language: Annotated[str, typer.Option(help="With --terminal: da, sl or en.", metavar="LANGUAGE")] = "",
) -> None:
    """Start a trial in the browser. Needs no token and no internet."""
    from bot.trial.options import Options

    _must_be_spoken(language)
    if terminal:
        _try_in_terminal(language)
    else:
        _try_in_browser(Options(port, empty=empty, reset=reset, browser=not no_browser), time.perf_counter())


def _try_in_browser(options: "Options", began: float, first_words: str = "") -> None:
    from bot.trial.starting import try_in_browser

    if not try_in_browser(options, began, first_words):
        raise typer.Exit(FAILED)


def _try_in_terminal(language: str) -> None:
    from bot.cli.terminal import play
    from bot.runtime.settings import read_settings

    settings = read_settings()
    play(settings, language or settings.language)


def _must_be_spoken(language: str) -> None:
    from conversations.language.languages import LANGUAGES

    if language and language not in LANGUAGES:
        raise typer.BadParameter(f"use {alternatives(LANGUAGES)}.", param_hint="--language")


@database.command()
def upgrade() -> None:
    """Bring the database up to this version."""
    from bot.runtime.databases import upgraded
    from bot.runtime.settings import read_settings

    typer.echo(upgraded(read_settings().database))


@database.command(name="check")
def check_database() -> None:
    """Check that the schema matches this version."""
    from bot.cli.checks import database_line
    from bot.runtime.settings import read_settings

    _report([database_line(read_settings().database)])


@app.command()
def export(
    form: Annotated[str, typer.Option("--format", help="jsonl, csv or xlsx.", metavar="FORMAT")] = "jsonl",
    call: Annotated[str, typer.Option(help="Only reports to this call.", metavar="SLUG")] = "",
    status: Annotated[
        list[str] | None,
        typer.Option(
            help="Only reports with this status. Can be repeated. Drafts are exported only with `--status draft`.",
            metavar="STATUS",
        ),
    ] = None,
    with_contacts: Annotated[bool, typer.Option("--with-contacts", help="With people's contact details.")] = False,
    language: Annotated[
        str, typer.Option(help="Language of the labels in the second sheet (xlsx only).", metavar="LANGUAGE")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Output file. Default: standard output.", metavar="FILE")
    ] = None,
) -> None:
    """Export reports, one record for each."""
    from bot.cli.progress import Progress
    from bot.files.reports.exports import FORMATS, STATUSES, Wish, export_reports
    from bot.runtime.settings import read_settings

    if form not in FORMATS:
        raise typer.BadParameter(f"use {alternatives(FORMATS)}.", param_hint="--format")
    for each in status or ():
        if each not in STATUSES:
            raise typer.BadParameter(f"use {alternatives(STATUSES)}.", param_hint="--status")
    _must_be_spoken(language)
    settings = read_settings()
    wish = Wish(form, call or None, tuple(status or ()), with_contacts, language or settings.language)
    with Progress("reports written") as progress:
        export_reports(settings.database, wish, output, progress)


@app.command()
def invite(
    role: Annotated[str, typer.Option(help="coordinator, partner or librarian.", metavar="ROLE")],
    uses: Annotated[int, typer.Option(help="Number of people who can use it.", metavar="N", min=1, max=1000)] = 1,
    expires: Annotated[str, typer.Option(help="How long it is valid: 12h, 7d, 2w.", metavar="TIME")] = "3d",
) -> None:
    """Print an invitation link and code for a role."""
    from bot.cli.invite import ROLES, span
    from bot.cli.invite import invite as make_invitation
    from bot.runtime.settings import read_settings

    if role not in ROLES:
        raise typer.BadParameter(f"use {alternatives(ROLES)}.", param_hint="--role")
    try:
        lasts = span(expires)
    except Unusable as error:
        raise typer.BadParameter(str(error), param_hint="--expires") from None
    for line in make_invitation(read_settings(), role, uses, lasts):
        typer.echo(line)


@app.command()
def digest(
    week: Annotated[str, typer.Option(help="ISO week, for example 2026-W47. Default: last week.", metavar="WEEK")] = "",
    first: Annotated[str, typer.Option("--from", help="First day, for example 2026-11-01.", metavar="D")] = "",
    last: Annotated[str, typer.Option("--to", help="The last day.", metavar="D")] = "",
    language: Annotated[str, typer.Option(help="da, sl or en.", metavar="LANGUAGE")] = "",
    form: Annotated[str, typer.Option("--format", help="text, html or json.", metavar="FORMAT")] = "text",
) -> None:
    """Print the digest for a week or a range of days."""
    from datetime import UTC, datetime

    from bot.cli.digesting import FORMATS, asked_period, digest_of_database
    from bot.runtime.settings import read_settings

    if form not in FORMATS:
        raise typer.BadParameter(f"use {alternatives(FORMATS)}.", param_hint="--format")
    _must_be_spoken(language)
    settings = read_settings()
    try:
        period = asked_period(week, first, last, settings.timezone, datetime.now(UTC))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--week, --from or --to") from None
    typer.echo(digest_of_database(settings, period, language or settings.language, form))


@app.command(name="import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .jsonl, .csv or .xlsx file as written by `export` or `template`.")
    ],
) -> None:
    """Import reports from a file written by `export`, or from a filled-in `template`."""
    from bot.cli.progress import Progress
    from bot.files.reports.imports import import_file
    from bot.runtime.settings import read_settings

    with Progress("lines taken in") as progress:
        settings = read_settings()
        summary = import_file(settings.database, file, progress, settings.language)
    for line in (*summary.refusals, *summary.remarks):
        typer.echo(line, err=True)
    typer.echo(summary.line)
    if summary.refusals:
        raise typer.Exit(FAILED)


@app.command()
def template(
    call: Annotated[str, typer.Option(help="With the call's own questions.", metavar="SLUG")] = "",
    language: Annotated[str, typer.Option(help="Language of the explanations.", metavar="LANGUAGE")] = "",
    as_form: Annotated[
        bool, typer.Option("--xlsform", help="The form of the call, in all languages, for ODK or KoboToolbox.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Output file. Default: reports.xlsx.", metavar="FILE.xlsx")
    ] = None,
) -> None:
    """Write an empty sheet with the columns and choices that `import` reads, or a call's form for other programs."""
    from bot.files.reports.template import write_form, write_template
    from bot.runtime.settings import read_settings

    _must_be_spoken(language)
    settings = read_settings()
    if as_form:
        if not call:
            raise typer.BadParameter("name the call with --call SLUG.", param_hint="--xlsform")
        output = output or Path(f"{call}.xlsx")
        write_form(settings.database, call, output)
        typer.echo(f"{output} is ready for ODK or KoboToolbox. Read their CSV in with meldind import FILE.csv.")
        return
    output = output or Path("reports.xlsx")
    write_template(settings.database, call or None, language or settings.language, output)
    typer.echo(f"{output} is ready. Fill in its first sheet, and read it in with meldind import {output}.")


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="An empty folder, or one that `publish` wrote.")],
    address: Annotated[
        str, typer.Option(help="Where the site is read, if not at MELDIND_SITE_URL: https://…", metavar="URL")
    ] = "",
) -> None:
    """Write the catalogue of all that is public: pages that anyone can read, without Telegram."""
    from bot.cli.progress import Progress
    from bot.cli.publishing import publish_site, told
    from bot.runtime.settings import read_settings

    settings = read_settings()
    try:
        settings = settings.but(site_url=address.rstrip("/")) if address else settings
    except ValueError as error:
        raise typer.BadParameter(str(error).replace("MELDIND_SITE_URL ", "it "), param_hint="--address") from None
    with Progress("files looked at") as progress:
        done = publish_site(settings, folder, progress)
    typer.echo(told(done, folder))


@app.command()
def understand() -> None:
    """Say what the bot makes of what people write: JSON lines on standard input, an answer each on standard output."""
    from datetime import datetime

    from bot.cli.understanding import answers

    good = True
    for is_row, answer in answers(sys.stdin, datetime.now().astimezone().date()):
        typer.echo(answer)
        good = good and is_row
    if not good:
        raise typer.Exit(FAILED)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, for example b.zip.")],
) -> None:
    """Back up the database and files to one zip file. Works while the bot is running."""
    from bot.cli.backups import make_backup
    from bot.cli.progress import Progress
    from bot.runtime.settings import read_settings

    with Progress("rows written") as progress:
        told = make_backup(read_settings(), file, progress)
    typer.echo(told)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file written by `backup`.")],
    force: Annotated[bool, typer.Option("--force", help="Replace existing data and files.")] = False,
) -> None:
    """Restore a backup into SQLite or PostgreSQL. Stop the bot first."""
    from bot.cli.backups import restore_backup
    from bot.cli.progress import Progress
    from bot.runtime.settings import read_settings

    with Progress("rows put back") as progress:
        told = restore_backup(read_settings(), file, force=force, progress=progress)
    typer.echo(told)


@app.command()
def check() -> None:
    """Check configuration, database, translations and Telegram."""
    from bot.cli.checks import check_all

    _report(check_all())


def _report(lines: Sequence[tuple[bool, str]]) -> None:
    for good, line in lines:
        typer.echo(f"{'ok  ' if good else 'FAIL'}  {line}")
    if not all(good for good, _line in lines):
        raise typer.Exit(FAILED)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; leaves with its exit code. An error is one line, unless `--debug` is given."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_run(given, debug="--debug" in given))


def _run(given: list[str], *, debug: bool) -> int:
    os.umask(0o077)  # contact details are in all that it makes, so that is for its own user alone
    try:
        if given == ["run"]:  # past typer, which loads pydantic for options: 10 MB and an eighth of a start
            run()
            return DONE
        code: Any = typer.main.get_command(app).main(given, prog_name="meldind", standalone_mode=False)
    except TyperException as error:
        message = error.format_message()
        if "\n" in message:  # called without anything, which shows the help
            typer.echo(message, err=True)
            return error.exit_code
        return _failed(f"{message} See meldind --help.", error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        return FAILED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read has gone, and Python would complain about it at the end
        return FAILED
    except Exception as error:
        if debug:
            raise
        return _failed(_explained(error), FAILED)
    return code if isinstance(code, int) else DONE


def _explained(error: Exception) -> str:
    from storage.engine.errors import StorageError

    if isinstance(error, Unusable | StorageError):
        return str(error).splitlines()[0]
    if isinstance(error, OSError) and error.errno in _FULL:
        where = f" ({error.filename})" if error.filename else ""
        return f"The disk is full{where}. Make room, and run it again."
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"The file {error.filename} does not exist."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return f"This should not happen: {type(error).__name__}. Run it again with meldind --debug to see where."


def _failed(line: str, code: int) -> int:
    typer.echo(f"meldind: {' '.join(_TOKEN.sub('<token>', line).split())}", err=True)
    return code
