"""Example calls, ready to be opened: the five campaigns the bot was made for. The catalogues have their words."""

from dataclasses import dataclass, field

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.calls.editor import sheet_of, slug_of
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.languages import LANGUAGES
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _
from conversations.model.calls import Audience, OwnQuestion, Variant, as_json
from conversations.model.outcomes import CallChanged, CallStarted
from conversations.model.people.permissions import can


@dataclass(frozen=True, slots=True)
class Example:
    """A call that is ready to be opened; if it has a `question` of its own, the answer is a text."""

    key: str
    title: Words
    introduction: Words
    thanks: Words
    organisers: str
    countries: tuple[str, ...]
    variant: Variant = "standard"
    sharing: Audience = ""
    themes: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    questions: tuple[Words, ...] = field(default=())


EXAMPLES = (
    Example(
        "integration",
        title=_("Focus on integration"),
        introduction=_(
            "We collect the best experiences of public libraries with work for refugees and immigrants, "
            "past, running and planned: to share knowledge, to get an overview, and to show what libraries "
            "contribute. We would also like to hear from libraries that want to join national projects, "
            "and about people whom others can ask for advice."
        ),
        thanks=_("Thank you for sharing your experience. It becomes part of the national overview."),
        organisers="Slots- og Kulturstyrelsen, Bibliotekschefforeningen, Bibliotekscenter for Integration, "
        "Gentofte Centralbibliotek, Danmarks Biblioteksforening, Bibliotekarforbundet",
        countries=("DK",),
        themes=(
            "employment_readiness",
            "language_cafe",
            "local_integration",
            "internships_jobs",
            "school_cooperation",
            "cultural_exchange",
        ),
        target_groups=("refugees", "immigrants"),
    ),
    Example(
        "networks",
        title=_("Networks for inclusion"),
        introduction=_(
            "Which language cafés, reading groups and joint projects with housing associations are there, "
            "and who would like to exchange experience? Tell us what you do, so that libraries across "
            "borders can find each other, visit each other and apply for funding together."
        ),
        thanks=_("Thank you. Libraries with the same interest will be able to find you."),
        organisers="Nordisk Biblioteksnetværk, Boligsocialt og Kulturelt Netværk",
        countries=("DK",),
        themes=("language_cafe", "reading_group", "staff_network", "local_community_life", "democracy_citizenship"),
        target_groups=("refugees", "immigrants", "vulnerable_residents"),
        questions=(_("Would you like to visit another library, or have visitors?"),),
    ),
    Example(
        "councils",
        title=_("Libraries and integration councils together"),
        introduction=_(
            "Libraries and integration councils strengthen integration together: the library as a learning "
            "centre, as a space for democracy and as a meeting place of cultures. Tell us about offers "
            "where you work with your local council, or would like to."
        ),
        thanks=_("Thank you. Your experience helps libraries and councils to find each other."),
        organisers="Rådet for Etniske Minoriteter, Styrelsen for Bibliotek og Medier",
        countries=("DK",),
        themes=("homework_help", "employment_readiness", "democracy_citizenship", "cultural_exchange"),
        target_groups=("ethnic_minorities", "children", "young_people", "women", "men"),
        questions=(_("What does the integration council do with you?"),),
    ),
    Example(
        "crisis",
        title=_("Library offers in a time of crisis"),
        introduction=_(
            "What does your library do now for people who are alone, at risk or shut out? Two sentences "
            "are enough, and ideas count too. You can send a whole list in one message."
        ),
        thanks=_("Thank you. The list is shared with libraries and partners as it grows."),
        organisers="Danmarks Biblioteksforening",
        countries=("DK",),
        variant="short",
        sharing="network",
        themes=(
            "home_delivery",
            "loan_collections",
            "digital_inclusion",
            "conversation_contact",
            "online_events",
            "wellbeing_loneliness",
        ),
        target_groups=("vulnerable_children", "older_people", "lonely_people", "people_ill"),
    ),
    Example(
        "povezujejo",
        title=_("Libraries connect"),
        introduction=_(
            "Public libraries help people who are shut out of society. Show with credible examples and measured "
            "effects what your services for job seekers, foster families, older people, ethnic groups and patients "
            "lead to. The results are brought together for a national campaign, and you can use yours in your own town."
        ),
        thanks=_("Thank you. Your measured effects make the case for public libraries stronger."),
        organisers="Združenje splošnih knjižnic",
        countries=("SI",),
        variant="impact",
        themes=("advocacy", "language_course", "digital_inclusion", "intergenerational", "employment_readiness"),
        target_groups=("jobseekers", "foster_families", "older_people", "roma", "people_with_disabilities"),
    ),
)


def listed(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows the examples to choose from."""
    if not can(context.person, "open calls"):
        return Step(at, (note(NOT_ALLOWED),))
    lines = (
        heading(_("Call templates")),
        Line(_("This makes a copy that you can edit before you open it."), Style.HELP),
    )
    buttons = tuple(Button(example.title, "call_example", example.key) for example in EXAMPLES)
    return Step(at, screen=Screen(lines, (*stacked(buttons), (Button(_("‹ All calls"), "calls", "0"),))))


def chosen(at: Position | None, event: Pressed, context: Context) -> Step:
    """Creates a call from the example, in every language, as a draft."""
    if not can(context.person, "open calls"):
        return Step(at, (note(NOT_ALLOWED),))
    example = next((each for each in EXAMPLES if each.key == event.argument), None)
    if example is None:
        return listed(at, event, context)
    titles, language = spelled(example.title, context), context.person.language
    slug = slug_of(titles.get(language) or example.title.text, context)
    started = CallStarted(slug, language, titles.get(language) or example.title.text, str(context.timezone))
    questions = [
        as_json(OwnQuestion(f"own_{number}", "text", spelled(words, context)))
        for number, words in enumerate(example.questions, start=1)
    ]
    values = {
        "titles": titles,
        "introductions": spelled(example.introduction, context),
        "thanks": spelled(example.thanks, context),
        "organisers": example.organisers,
        "themes": list(example.themes),
        "target_groups": list(example.target_groups),
        "invited": {"countries": list(example.countries), "municipalities": []},
        "variant": example.variant,
        "sharing": example.sharing,
        "questions": questions,
    }
    changes = tuple(CallChanged(slug, what, value) for what, value in values.items() if value)
    saved = note(_("The call has been created. Set a deadline, check it, then open it."))
    return Step(sheet_of(slug), (saved,), (started, *changes))


def spelled(words: Words, context: Context) -> dict[str, str]:
    """Returns `words` in each language, by language code."""
    spellings = context.registers.spellings(words)
    return dict(zip(LANGUAGES, spellings, strict=True)) if len(spellings) == len(LANGUAGES) else {"en": words.text}
