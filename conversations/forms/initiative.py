"""The initiative report, question by question, in the order in which they are asked.

To add a question, add an entry here; to change its wording, change it here and in the catalogues. A key never changes,
because it is stored and exported. The functions in `conversations.forms.conditions` decide when a question is asked.
"""

from typing import Any

from conversations.forms.conditions import (
    begun,
    begun_or_has_end,
    begun_or_has_volunteers,
    finished,
    groups_first,
    has_evidence,
    has_graded_evidence,
    has_outcome,
    has_photo,
    has_resource_person,
    names_resource_person,
    not_begun,
    not_finished,
    roles_first,
    themes_first,
)
from conversations.forms.figure import Figure, FigureYear, figure_and_year, with_year
from conversations.forms.kinds.base import Asked
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
from conversations.reading.story.reading import read_story
from conversations.vocabulary import vocabulary


def _people(numbers: Any, counted: Any) -> dict[str, Any]:
    return {**numbers, "counted": counted or numbers.get("counted")}


def _needs_no_counting(numbers: Any) -> bool:
    """Whether it is said how the people are counted, or there are none."""
    return bool(numbers.get("counted")) or numbers["most"] == 0


def _people_parts(value: Any) -> tuple[Any, Any]:
    return {name: value[name] for name in ("least", "most", "approximate")}, value.get("counted")


def _stage_told(text: str, asked: Asked) -> tuple[str, ...]:
    """How far it is by the tense and the dates of `text`, where no word for a stage is in it."""
    context = asked.context
    told = read_story(text, context.person.language, context.today, context.registers).status
    return (told.value,) if told else ()


def _funding(sources: Any, note: Any) -> dict[str, Any]:
    return {"sources": sources, "note": note or ""}


PEOPLE = Then(
    Number(),
    OneOf(vocabulary.COUNTED, words="counted"),
    prompt=_("Is that in total, or each time?"),
    join=_people,
    parts=_people_parts,
    enough=_needs_no_counting,
)

CORE = Module("core", _("The basics"))
ABOUT = Module("about", _("More details"))
RESULTS = Module("results", _("Results"))
TOGETHER = Module("together", _("Help, sharing and funding"))
SHOW = Module("show", _("Photos and links"))

INITIATIVE = Form(
    (
        Question(
            key="library",
            label=_("Library"),
            prompt=_("Which library are you reporting for?"),
            help=_("Type part of its name, or the name of the municipality."),
            kind=Library(),
            module=CORE,
            required=True,
        ),
        Question(
            key="status",
            # Translators: how far an initiative has come: idea, planned, running, ended.
            label=_("Stage"),
            prompt=_("What stage is it at?"),
            kind=OneOf(vocabulary.STATUS, "status", guess=_stage_told, besides=vocabulary.STAGES[-1:]),
            module=CORE,
            required=True,
        ),
        Question(
            key="title",
            label=_("Name"),
            prompt=_("What is it called?"),
            help=_("A short name, for example “Homework café on Wednesdays”."),
            kind=Text(least=3, most=120),
            module=CORE,
            required=True,
        ),
        Question(
            key="summary",
            label=_("Description"),
            prompt=Prompt(
                planned=_("What are you planning to do, who is it for, and why?"),
                running=_("What do you do, who is it for, and why?"),
                finished=_("What did you do, who was it for, and why?"),
            ),
            help=_(
                "Two or three sentences are enough. You can add more in another message. "
                "Do not name people who take part."
            ),
            kind=Text(least=30, most=1500, long=800, several=True),
            module=CORE,
            required=True,
        ),
        Question(
            key="themes",
            label=_("Themes"),
            prompt=_("What is it about?"),
            help=_("Choose up to four themes, or type your own words."),
            kind=SomeOf(vocabulary.THEMES, most=4, first=themes_first, words="themes"),
            module=CORE,
            required=True,
        ),
        Question(
            key="target_groups",
            label=_("Who it is for"),
            prompt=_("Who is it for?"),
            help=_("Choose up to five groups, or type your own words."),
            kind=SomeOf(vocabulary.TARGET_GROUPS, most=5, first=groups_first, words="target_groups"),
            module=CORE,
            required=True,
        ),
        Question(
            key="period_start",
            # Translators: a noun: the day an initiative began. Also the help line of /start.
            label=_("Start"),
            prompt=Prompt(
                planned=_("When do you expect to start?"),
                running=_("When did it start?"),
                finished=_("When did it start?"),
            ),
            help=_("A year or a month is enough, for example: 2026, March 2026 or 3 March 2026."),
            kind=Date(instead=lambda answers: (UNDECIDED,) if not_begun(answers) else (), before="period_end"),
            module=CORE,
            required=True,
            copied=False,
        ),
        Question(
            key="partners",
            label=_("Working with"),
            prompt=_("Who do you do this with?"),
            help=_("Choose the kinds of partner, or type their names. If you do it alone, tap “Nobody else”."),
            kind=Partners(
                SomeOf(
                    vocabulary.PARTNER_TYPES,
                    most=10,
                    alone=frozenset({"none"}),
                    first=lambda _answers: ("none", "municipal_department", "ngo", "school", "association"),
                    words="partners",
                ),
                Names(),
                prompt=_("What are these partners called?"),
                join=whole_partners,
                parts=parts_of_partners,
                enough=lambda types: types == ["none"],
            ),
            module=CORE,
            required=True,
        ),
        Question(
            key="sharing",
            label=_("Who can see it"),
            prompt=_("Who can see this report?"),
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
            # Translators: a noun: the day an initiative ended.
            label=_("End"),
            prompt=Prompt(
                planned=_("When will it end?"),
                running=_("When will it end?"),
                finished=_("When did it end?"),
            ),
            help=_("A year or a month is enough, for example: 2026, March 2026 or 3 March 2026."),
            kind=Date(
                instead=lambda answers: () if finished(answers) else (PERMANENT, UNDECIDED),
                after="period_start",
            ),
            module=ABOUT,
            only_if=begun_or_has_end,
            copied=False,
        ),
        Question(
            key="roles",
            label=_("Role of the library"),
            prompt=_("What role does the library play here?"),
            help=_("Choose up to three."),
            kind=SomeOf(vocabulary.ROLES, most=3, first=roles_first, words="roles"),
            module=ABOUT,
        ),
        Question(
            key="need",
            # Translators: a noun: the need in the community that an initiative answers.
            label=_("Need"),
            prompt=_("Why did you start it? What problem or wish was behind it?"),
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
            # Translators: the kind of place, such as in the library or outdoors; not a preference.
            label=_("Setting"),
            prompt=_("How does it take place?"),
            kind=OneOf(vocabulary.FORMAT, words="format", several="mixed"),
            module=ABOUT,
        ),
        Question(
            key="location",
            # Translators: the name of the place, as against its kind (Setting).
            label=_("Place"),
            prompt=_("What is the name or address of the place?"),
            help=_("Type the place, or send a location with the paper clip. Do not give private homes."),
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
            only_if=not_begun,
            copied=False,
        ),
        Question(
            key="outcome",
            label=_("What changed"),
            prompt=_("What has changed for the people who take part?"),
            help=_("Not what you did, but what it led to. You can also send a voice message or a PDF."),
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
            # Translators: how a library knows what has changed: counted, asked, seen.
            label=_("Evidence"),
            prompt=_("What shows this? Give a figure, a quote (without names) or a link."),
            help=_("An evaluation can be sent as a PDF."),
            kind=Text(most=600, several=True, files=("document",)),
            module=RESULTS,
            only_if=has_evidence,
            copied=False,
        ),
        Question(
            key="evidence_figure",
            # Translators: a number that shows a result, not a picture.
            label=_("Figure"),
            prompt=_("Which figure shows it best?"),
            help=_("For example 60%, 43 of 50 or about 200, and what it counts. It will be quoted as it is here."),
            kind=Then(
                Figure(),
                FigureYear(),
                prompt=_("Which year is the figure from?"),
                join=with_year,
                parts=figure_and_year,
                enough=lambda figure: bool(figure["year"]),
            ),
            module=RESULTS,
            only_if=has_graded_evidence,
            copied=False,
        ),
        Question(
            key="outcome_areas",
            label=_("Benefits for people"),
            prompt=_("What did people gain?"),
            help=_("Choose up to four themes, or type your own words."),
            kind=SomeOf(vocabulary.OUTCOME_AREAS, most=4, words="outcome_areas"),
            module=RESULTS,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="participants",
            label=_("Participants"),
            prompt=_("About how many people took part?"),
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
            only_if=begun_or_has_volunteers,
            copied=False,
        ),
        Question(
            key="lessons",
            label=_("What you learned"),
            prompt=_("What went well, and what would you do differently?"),
            kind=Text(most=1000, several=True, files=("voice",)),
            module=RESULTS,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="continues",
            label=_("What happens next"),
            prompt=_("Is it continuing?"),
            kind=OneOf(vocabulary.CONTINUES, words="continues"),
            module=RESULTS,
            only_if=finished,
            copied=False,
        ),
        Question(
            key="transfer",
            label=_("For other libraries"),
            prompt=_("What would another library need to do the same?"),
            kind=Text(most=600, several=True),
            module=TOGETHER,
            only_if=begun,
        ),
        Question(
            key="support_wanted",
            label=_("Help needed"),
            prompt=_("What could you use help with?"),
            help=_("Choose up to five groups, or type your own words."),
            kind=SomeOf(vocabulary.SUPPORT, most=5, words="support_wanted"),
            module=TOGETHER,
            only_if=not_finished,
        ),
        Question(
            key="contribute",
            label=_("What you can offer"),
            prompt=_("Would you like to offer more?"),
            help=_("There is no obligation. A coordinator will contact you before anything happens."),
            kind=SomeOf(vocabulary.WAYS_TO_CONTRIBUTE, most=6, words="contribute"),
            module=TOGETHER,
        ),
        Question(
            key="resource_person",
            label=_("Contact person"),
            prompt=_("Who can others ask?"),
            help=_(
                "Name and work email or work phone. Only you see it. You get a link with which the person decides "
                "whether to be listed."
            ),
            kind=ContactDetails(),
            module=TOGETHER,
            only_if=has_resource_person,
            personal=True,
        ),
        Question(
            key="resource_person_knows",
            label=_("Has been told"),
            prompt=_("Does this person know that their name and contact details are here?"),
            help=_("If not, tell them within a month. You can delete it at any time under the report."),
            kind=YesNo(),
            module=TOGETHER,
            only_if=names_resource_person,
            personal=True,
            copied=False,
        ),
        Question(
            key="contact",
            label=_("Library contact"),
            prompt=_("Which email or phone number can others use?"),
            help=_("Preferably a shared work address, not a private one."),
            kind=ContactDetails(),
            module=TOGETHER,
            personal=True,
        ),
        Question(
            key="funding",
            label=_("Funding"),
            prompt=_("Where does the money come from?"),
            help=_("Choose up to five groups, or type your own words."),
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
            help=_("Send up to three links in one message."),
            kind=Links(),
            module=SHOW,
        ),
        Question(
            key="photo",
            label=_("Photos"),
            prompt=_("Would you like to add a photo?"),
            help=_("Choose one where nobody can be recognised, or one where everyone shown has agreed."),
            kind=Files(kinds=("photo",), most=3),
            module=SHOW,
            only_if=begun,
            copied=False,
        ),
        Question(
            key="photo_consent",
            label=_("Consent to photos"),
            prompt=_("Have the people in the photo agreed to it being shown?"),
            help=_("We will only publish it if they have."),
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
            # Translators: a call for reports, never a telephone call.
            label=_("Call"),
            prompt=_("Is this an answer to one of these calls?"),
            kind=OpenCall(),
            module=SHOW,
            in_call=True,
        ),
    )
)
