"""A sheet of questions through the whole bot: sent as a file, confirmed, answered in the chat, and exported."""

import csv
import io
import json
from datetime import date, timedelta

import openpyxl
import pytest
from telegram.error import BadRequest

from bot.files.reports.exports import Wish, write_reports
from bot.files.xlsform.reading import sheet_in
from bot.telegram.api import BotApi
from tests.bot.calls import opens_example
from tests.bot.reviewing import coordinator
from tests.bot.stage import Stage, Talk
from tests.sheets import CHOICES, THIRTY, asks, workbook

SOON = date.today() + timedelta(days=14)  # noqa: DTZ011 - any day that is not past
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def sends(talk: Talk, content: bytes, name: str = "questions.xlsx", mime: str = XLSX) -> None:
    await talk.phone.sends_document(content, name, mime=mime)
    await talk.phone.waits()


async def at_the_questions(talk: Talk) -> None:
    await talk.writes("/calls")
    await talk.presses(
        next(label for label in talk.labels if label not in ("New call", "Templates", "Answer this call"))
    )
    await talk.presses("Edit this call")
    await talk.presses("✏️ Your own questions")


async def test_thirty_questions_in_three_languages_are_answered_and_exported(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "en")
    slug = await opens_example(bot_app, ann, "crisis", "en", SOON)
    await at_the_questions(ann)
    await sends(ann, workbook([*THIRTY, asks("geopoint", "where", "Where is it?")], CHOICES))
    ann.bot("The sheet was not taken", "Row 33, type: the type “geopoint” cannot be asked in a chat.")
    await sends(ann, b"type,name,label\ntext,a,What?\n", "questions.csv", "text/csv")
    ann.bot("That is not an .xlsx workbook.")
    await sends(ann, workbook(THIRTY, CHOICES))
    ann.bot("30 questions for", "Which branch is it? (A text)", "… and 25 more")
    await ann.presses("Use these questions")
    ann.bot("Saved: 30 questions.")

    bo = bot_app.talk("da")
    await bo.starts(f"c_{slug}")
    if "Spørgsmål for spørgsmål" in bo.labels:
        await bo.presses("Spørgsmål for spørgsmål")
    await bo.writes("Aarhus")
    await bo.presses("I gang")
    await bo.writes("Telefonvenner")
    await bo.writes("Hver tirsdag ringer frivillige til ældre, der ikke selv kan komme på biblioteket.")
    if "Færdig" in bo.labels:
        await bo.presses("Færdig")
    await bo.writes("læsekreds")
    if "Videre" in bo.labels:
        await bo.presses("Videre")
    bo.bot("A few questions about your library (dansk)", "Which branch is it? (dansk)")
    await bo.writes("Hovedbiblioteket")
    await bo.writes("501")
    bo.bot("Det kan ikke være svaret her.", "How many work there? (dansk)")
    await bo.writes("12")
    await bo.writes("3,5")
    await bo.writes("marts 2021")
    await bo.presses("Yes (dansk)")
    await bo.writes("Kaffe")
    await bo.presses("Studio (dansk)")
    await bo.presses("Videre")
    for number in range(9, 30):
        bo.bot(f"Question number {number}? (dansk)")
        await bo.writes(f"svar {number}")
    bo.bot("Shall we call you? (dansk)")
    await bo.presses("No (dansk)")
    for _question in range(3):
        if "Send indmelding" not in bo.labels:
            await bo.presses(next(label for label in bo.labels if label != "🌐"))
    await bo.presses("Send indmelding")

    (record,) = [json.loads(line) for line in exported(bot_app, "jsonl", slug).splitlines()]
    own = {key: value for key, value in record["answers"].items() if key.startswith("own_")}
    assert len(own) == 29
    assert own["own_3"] == 12
    assert own["own_4"] == 3.5
    assert (own["own_5"], own["own_6"], own["own_8"]) == ("2021-03", "yes", ["studio"])
    assert "own_9" not in own, "it was not asked"
    (row,) = csv.DictReader(io.StringIO(exported(bot_app, "csv", slug).decode("utf-8-sig")))
    assert (row["own_3"], row["own_4"], row["own_8"], row["own_31"]) == ("12", "3.5", "studio", "no")
    book = openpyxl.load_workbook(io.BytesIO(exported(bot_app, "xlsx", slug)))
    keys, words = ([list(line) for line in sheet.iter_rows(values_only=True)] for sheet in book.worksheets)
    assert keys[1][keys[0].index("own_4")] == 3.5
    assert words[1][keys[0].index("own_8")] == "Studio"
    assert words[0][keys[0].index("own_3")] == "How many work there?"


async def test_the_form_of_a_call_is_sent_for_other_programs(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "en")
    await opens_example(bot_app, ann, "networks", "en", SOON)
    await at_the_questions(ann)
    await ann.writes("/calls")
    await ann.presses(ann.labels[0])
    await ann.presses("Form for ODK or Kobo")
    await bot_app.settles()
    await ann.phone.looks()
    (file,) = [each.raw["document"] for each in ann.phone.messages if "document" in each.raw]
    assert file["file_name"].endswith("-form.xlsx")
    found = sheet_in(await ann.phone.file(file["file_id"]))
    assert (found.refused, found.complaint) == ("", "")
    assert "own_1" in {row.cells.get("name") for row in found.survey}


def exported(stage: Stage, form: str, slug: str) -> bytes:
    file = io.BytesIO()
    write_reports(stage.storage, Wish(form, slug, (), with_contacts=False, language="en"), file)
    return file.getvalue()


async def test_a_file_that_is_gone_from_telegram_is_asked_for_again(
    bot_app: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await coordinator(bot_app, "en")
    await opens_example(bot_app, ann, "crisis", "en", SOON)
    await at_the_questions(ann)

    async def refused(_api: BotApi, _reference: str) -> bytes:
        raise BadRequest("wrong file_id or the file is temporarily unavailable")

    monkeypatch.setattr(BotApi, "download", refused)
    await sends(ann, workbook(THIRTY, CHOICES))
    ann.bot("The file could not be fetched from Telegram. Send it again.")
