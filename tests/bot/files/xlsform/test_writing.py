"""The form of a call as XLSForm: valid, complete, and read in again as the same questions."""

import io
import random
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from pyxform.xls2xform import convert

from bot.files.xlsform.conditions import RELEVANT
from bot.files.xlsform.reading import sheet_in
from bot.files.xlsform.writing import in_form, xlsform
from bot.language.catalogues import Catalogues
from conversations.forms.expressions import AnswerCondition
from conversations.forms.initiative import INITIATIVE
from conversations.forms.sheets.replacing import replaced
from conversations.forms.sheets.survey import questions_in
from conversations.model.calls import OwnQuestion, WholeCall, as_json, changed
from conversations.vocabulary import vocabulary
from tests.sheets import CHOICES, THIRTY, sheet

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
CATALOGUES = Catalogues()


def call(**given: Any) -> WholeCall:
    made = WholeCall("inclusion-now", "en", "open", {"en": "Inclusion now", "da": "Inklusion nu"}, **given)
    questions = replaced(made, questions_in(sheet(THIRTY, CHOICES), "en").questions)
    assert questions is not None
    return changed(made, "questions", [as_json(each) for each in questions])


@pytest.mark.parametrize("variant", ["short", "standard", "impact"])
def test_the_form_is_valid_and_comes_back_as_the_same_questions(variant: str) -> None:
    made = call(variant=variant)
    content = xlsform(made, CATALOGUES, NOW)
    warnings: list[str] = []
    form = convert(io.BytesIO(content), warnings=warnings, file_type=".xlsx", form_name="data")
    assert warnings == []
    ElementTree.fromstring(form.xform)
    found = sheet_in(content)
    assert (found.refused, found.complaint) == ("", "")
    back = questions_in(found, "sl")
    assert back.faults == ()
    assert (back.left_out.languages, back.left_out.columns, back.left_out.rows) == ((), (), ())
    assert replaced(made, back.questions) == made.questions


def test_the_form_has_all_that_is_asked_of_every_report_in_all_languages() -> None:
    found = sheet_in(xlsform(call(), CATALOGUES, NOW))
    rows = {row.cells["name"]: row.cells for row in found.survey if "name" in row.cells}
    assert {question.key for question in INITIATIVE.questions if in_form(question)} <= set(rows)
    assert {"photo", "campaign", "resource_person", "contact"}.isdisjoint(rows)
    assert rows["call"]["calculation"] == "'inclusion-now'"
    assert rows["title"]["label::Dansk (da)"] == "Hvad hedder initiativet?"
    assert rows["themes"]["type"] == "select_multiple themes"
    assert rows["outcome"]["relevant"] == RELEVANT[INITIATIVE.question("outcome").only_if]  # type: ignore[union-attr]
    themes = [row.cells["name"] for row in found.choices if row.cells["list_name"] == "themes"]
    assert themes == [choice.key for choice in vocabulary.THEMES]
    assert found.settings["form_title"] == "Inclusion now"
    assert found.settings["default_language"] == "English (en)"


def test_a_call_without_own_questions_and_with_typed_ones_has_a_valid_form_too() -> None:
    typed = (
        OwnQuestion("own_1", "choice", {"da": "Hvilket ${rum}?"}, ({"da": "Sal"}, {"da": "Have"})),
        OwnQuestion("own_2", "number", {"en": "How many?"}),
    )
    bare = sheet_in(xlsform(WholeCall("c", "en", "open", {"en": "C"}), CATALOGUES, NOW))
    assert (bare.complaint, [row for row in bare.survey if row.cells.get("name", "").startswith("own_")]) == ("", [])
    found = sheet_in(xlsform(WholeCall("c", "en", "open", {"en": "C"}, questions=typed), CATALOGUES, NOW))
    assert found.complaint == ""
    rows = {row.cells["name"]: row.cells for row in found.survey if "name" in row.cells}
    assert rows["own_1"]["label::Slovenščina (sl)"] == "Hvilket $ {rum}? (danščina)", "it is marked"
    assert [row.cells["name"] for row in found.choices if row.cells["list_name"] == "own_1"] == ["1", "2"]


def test_every_condition_of_the_form_is_the_one_of_the_chat() -> None:
    chance = random.Random(5)
    statuses = [choice.key for choice in vocabulary.STATUS if choice.key != "stopped"]
    kinds = [choice.key for choice in vocabulary.EVIDENCE_TYPES]
    for _each in range(500):
        answers: dict[str, Any] = {"status": chance.choice(statuses)}
        if chance.random() < 0.7:
            answers["outcome"] = "They come back."
        if chance.random() < 0.7:
            answers["evidence_types"] = chance.sample(kinds, chance.randrange(1, 4))
        for question in INITIATIVE.questions:
            if in_form(question):
                expression = RELEVANT[question.only_if]
                holds = AnswerCondition(expression)(answers) if expression else True
                assert holds == question.only_if(answers), (question.key, answers)
