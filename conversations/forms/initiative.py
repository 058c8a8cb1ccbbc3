"""The initiative report, question by question, in the order in which they are asked.

To add a question, add an entry here; to change its wording, change it here and in the catalogues. A key never changes,
because it is stored and exported. The functions in `conversations.forms.conditions` decide when a question is asked.
"""

from typing import Any

from conversations.forms.conditions import (
    begun,
    finished,
    groups_first,
    has_evidence,
    has_outcome,
    has_photo,
    has_resource_person,
    names_resource_person,
    not_finished,
    planned,
    roles_first,
    themes_first,
)
from conversations.forms.kinds.calls import OpenCall
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.contacts import ContactDetails
from conversations.forms.kinds.dates import PERMANENT, UNDECIDED, Date
from conversations.forms.kinds.files import Files
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.links import Links
from conversations.forms.kinds.names import Names
from conversations.forms.kinds.numbers import Number
from conversations.forms.kinds.partners import Partners, parts_of_partners, whole_partners
from conversations.forms.kinds.places import Venue
from conversations.forms.kinds.text import Text
from conversations.forms.kinds.then import Then
from conversations.forms.kinds.yes_no import YesNo
from conversations.forms.questions import Form, Module, Prompt, Question
from conversations.language.words import _
from conversations.vocabulary import vocabulary


def _people(numbers: Any, counted: Any) -> dict[str, Any]:
    return {**numbers, "counted": counted or numbers.get("counted")}


def _needs_no_counting(numbers: Any) -> bool:
    """Whether it is said how the people are counted, or there are none."""
    return bool(numbers.get("counted")) or numbers["most"] == 0


def _people_parts(value: Any) -> tuple[Any, Any]:
    return {name: value[name] for name in ("least", "most", "approximate")}, value.get("counted")


def _funding(sources: Any, note: Any) -> dict[str, Any]:
    return {"sources": sources, "note": note or ""}


PEOPLE = Then(
    Number(),
    OneOf(vocabulary.COUNTED, words="counted"),
    prompt=_("Is that in all, or each time?"),
    join=_people,
    parts=_people_parts,
    enough=_needs_no_counting,
)

CORE = Module("core", _("The basics"))
ABOUT = Module("about", _("More about it"))
RESULTS = Module("results", _("What came of it"))
TOGETHER = Module("together", _("Working together"))
SHOW = Module("show", _("Pictures and links"))

INITIATIVE = Form(
    (
        Question(
            key="library",
            label=_("Library"),
            prompt=_("Which library are you writing for?"),
            help=_("Type part of the name or the municipality."),
            kind=Library(),
            module=CORE,
            required=True,
        ),
        Question(
            key="status",
            label=_("Stage"),
            prompt=_("How far has it come?"),
            kind=OneOf(vocabulary.STATUS, words="status"),
            module=CORE,
            required=True,
        ),
        Question(
            key="title",
            label=_("Name"),
            prompt=_("What do you call it?"),
            help=_("A short name, for instance “Homework café on Wednesdays”."),
            kind=Text(least=3, most=120),
            module=CORE,
            required=True,
        ),
        Question(
            key="summary",
            label=_("Description"),
            prompt=Prompt(
                planned=_("What are you planning, for whom and why?"),
                running=_("What do you do, for whom and why?"),
                finished=_("What did you do, for whom and why?"),
            ),
            help=_(
                "Two or three sentences are enough. Send several messages if you like and tap Done. "
                "Please name no participants."
            ),
            kind=Text(least=30, most=1500, long=800, several=True),
            module=CORE,
            required=True,
        ),
        Question(
            key="themes",
            label=_("Themes"),
            prompt=_("What is it about?"),
            help=_("Choose up to four."),
            kind=SomeOf(vocabulary.THEMES, most=4, first=themes_first, words="themes"),
            module=CORE,
            required=True,
        ),
        Question(
            key="target_groups",
            label=_("Who it is for"),
            prompt=_("Who is it for?"),
            help=_("Choose up to five."),
            kind=SomeOf(vocabulary.TARGET_GROUPS, most=5, first=groups_first, words="target_groups"),
            module=CORE,
            required=True,
        ),
        Question(
            key="period_start",
            label=_("Start"),
            prompt=Prompt(
                planned=_("When do you expect to start?"),
                running=_("When did it start?"),
                finished=_("When did it start?"),
            ),
            help=_("A year or a month is enough: 2026, March 2026, 3.3.2026."),
            kind=Date(instead=lambda answers: (UNDECIDED,) if planned(answers) else (), before="period_end"),
            module=CORE,
            required=True,
            copied=False,
        ),
        Question(
            key="partners",
            label=_("Partners"),
            prompt=_("Who do you work with?"),
            help=_("Choose the kinds, then write the names. “Nobody else” is fine."),
            kind=Partners(
                SomeOf(
                    vocabulary.PARTNER_TYPES,
                    most=10,
                    alone=frozenset({"none"}),
                    first=lambda _answers: ("none", "municipal_department", "ngo", "school", "association"),
                    words="partners",
                ),
                Names(),
                prompt=_("What are their names?"),
                join=whole_partners,
                parts=parts_of_partners,
                enough=lambda types: types == ["none"],
            ),
            module=CORE,
            required=True,
        ),
        Question(
            key="sharing",
            label=_("May be seen by"),
            prompt=_("Who may see this report?"),
            kind=OneOf(
                tuple(sorted(vocabulary.SHARING, key=lambda choice: choice.key != "network")),
                "sharing",
                widest=tuple(choice.key for choice in vocabulary.SHARING),
            ),
            module=CORE,
            required=True,
        ),
        Question(
            key="period_end",
            label=_("End"),
            prompt=Prompt(
                planned=_("Is there an end date?"),
                running=_("Is there an end date?"),
                finished=_("When did it end?"),
            ),
            help=_("A year or a month is enough: 2026, March 2026, 3.3.2026."),
            kind=Date(
                instead=lambda answers: () if finished(answers) else (PERMANENT, UNDECIDED),
                after="period_start",
            ),
            module=ABOUT,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="roles",
            label=_("Side of the library"),
            prompt=_("Which side of the library does it show most?"),
            help=_("Choose up to three."),
            kind=SomeOf(vocabulary.ROLES, most=3, first=roles_first, words="roles"),
            module=ABOUT,
        ),
        Question(
            key="need",
            label=_("Need"),
            prompt=_("What problem or wish did it start from?"),
            kind=Text(most=600, several=True),
            module=ABOUT,
        ),
        Question(
            key="frequency",
            label=_("How often"),
            prompt=_("How often?"),
            kind=OneOf(vocabulary.FREQUENCY, words="frequency"),
            module=ABOUT,
        ),
        Question(
            key="format",
            label=_("Setting"),
            prompt=_("Where or how does it happen?"),
            kind=OneOf(vocabulary.FORMAT, words="format"),
            module=ABOUT,
        ),
        Question(
            key="location",
            label=_("Place"),
            prompt=_("Where does it take place?"),
            help=_("Send a location or type the place; no private homes."),
            kind=Venue(),
            module=ABOUT,
        ),
        Question(
            key="participants_expected",
            label=_("Expected participants"),
            prompt=_("How many do you expect?"),
            help=_("An estimate is fine: about 30, 10–12."),
            kind=PEOPLE,
            module=ABOUT,
            only_if=planned,
            copied=False,
        ),
        Question(
            key="outcome",
            label=_("What changed"),
            prompt=_("What has changed for the people taking part?"),
            help=_("Not what you did, but what it led to. You may also send a voice message or a PDF."),
            kind=Text(most=1000, several=True, files=("voice", "document")),
            module=RESULTS,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="evidence_types",
            label=_("How we know"),
            prompt=_("How do you know?"),
            help=_("Choose up to six."),
            kind=SomeOf(vocabulary.EVIDENCE_TYPES, most=6, alone=frozenset({"none_yet"}), words="evidence_types"),
            module=RESULTS,
            only_if=has_outcome,
            copied=False,
        ),
        Question(
            key="evidence_detail",
            label=_("Evidence"),
            prompt=_("Give a figure, a quote without names, or a link."),
            help=_("An evaluation can be sent as a PDF."),
            kind=Text(most=600, several=True, files=("document",)),
            module=RESULTS,
            only_if=has_evidence,
            copied=False,
        ),
        Question(
            key="outcome_areas",
            label=_("What people gained"),
            prompt=_("What did people gain?"),
            help=_("Choose up to four."),
            kind=SomeOf(vocabulary.OUTCOME_AREAS, most=4, words="outcome_areas"),
            module=RESULTS,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="participants",
            label=_("Participants"),
            prompt=_("About how many took part?"),
            help=_("An estimate is fine: about 30, 10–12."),
            kind=PEOPLE,
            module=RESULTS,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="volunteers",
            label=_("Volunteers"),
            prompt=_("How many volunteers help?"),
            help=_("An estimate is fine: about 30, 10–12."),
            kind=Number(who="volunteers"),
            module=RESULTS,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="lessons",
            label=_("Lessons"),
            prompt=_("What went well, and what would you do differently?"),
            kind=Text(most=1000, several=True, files=("voice",)),
            module=RESULTS,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="continues",
            label=_("Afterwards"),
            prompt=_("Does it go on?"),
            kind=OneOf(vocabulary.CONTINUES, words="continues"),
            module=RESULTS,
            only_if=finished,
            copied=False,
        ),
        Question(
            key="transfer",
            label=_("For other libraries"),
            prompt=_("What does another library need in order to do the same?"),
            kind=Text(most=600, several=True),
            module=TOGETHER,
            only_if=begun,
        ),
        Question(
            key="support_wanted",
            label=_("Help wanted"),
            prompt=_("What could you use help with?"),
            help=_("Choose up to five."),
            kind=SomeOf(vocabulary.SUPPORT, most=5, words="support_wanted"),
            module=TOGETHER,
            only_if=not_finished,
        ),
        Question(
            key="contribute",
            label=_("Contribution"),
            prompt=_("Would you like to contribute with more?"),
            help=_("No obligation; a coordinator will write first."),
            kind=SomeOf(vocabulary.WAYS_TO_CONTRIBUTE, most=6, words="contribute"),
            module=TOGETHER,
        ),
        Question(
            key="resource_person",
            label=_("Resource person"),
            prompt=_("Who can others ask?"),
            help=_("Name and work e-mail or work phone. Ask the person first."),
            kind=ContactDetails(),
            module=TOGETHER,
            only_if=has_resource_person,
            personal=True,
        ),
        Question(
            key="resource_person_knows",
            label=_("Told of being named"),
            prompt=_("Does this person know that their name and address stand here?"),
            help=_("If not, please tell them within a month. You can delete it at any time under the report."),
            kind=YesNo(),
            module=TOGETHER,
            only_if=names_resource_person,
            personal=True,
            copied=False,
        ),
        Question(
            key="contact",
            label=_("Contact address"),
            prompt=_("Which address may others write to?"),
            help=_("Preferably the library’s own, not a private one."),
            kind=ContactDetails(),
            module=TOGETHER,
            personal=True,
        ),
        Question(
            key="funding",
            label=_("Funding"),
            prompt=_("Where does the money come from?"),
            help=_("Choose up to five."),
            kind=Then(
                SomeOf(vocabulary.FUNDING, most=5, alone=frozenset({"none"}), words="funding"),
                Text(most=200),
                prompt=_("Who gives the money, and how much?"),
                join=_funding,
                parts=lambda value: (value["sources"], value["note"]),
                enough=lambda sources: sources == ["none"],
            ),
            module=TOGETHER,
        ),
        Question(
            key="link",
            label=_("Link"),
            prompt=_("Is there a page to read more?"),
            help=_("Up to three addresses in one message."),
            kind=Links(),
            module=SHOW,
        ),
        Question(
            key="photo",
            label=_("Photos"),
            prompt=_("Would you like to add a photo?"),
            help=_("Choose one without recognisable faces, or tell us that those shown have agreed."),
            kind=Files(kinds=("photo",), most=3),
            module=SHOW,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="photo_consent",
            label=_("Consent to photos"),
            prompt=_("Have the people in the picture agreed to its being shown?"),
            help=_("Without a yes it is not published."),
            kind=YesNo(),
            module=SHOW,
            only_if=has_photo,
            required=True,
            copied=False,
        ),
        Question(
            key="sdg",
            label=_("UN goals"),
            prompt=_("Which of the UN goals does it support?"),
            help=_("Choose up to three."),
            kind=SomeOf(vocabulary.SDG, most=3),
            module=SHOW,
        ),
        Question(
            key="campaign",
            label=_("Call"),
            prompt=_("Is this an answer to one of these calls?"),
            kind=OpenCall(),
            module=SHOW,
            in_call=True,
        ),
    )
)
