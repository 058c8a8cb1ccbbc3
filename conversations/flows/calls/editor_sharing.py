"""What happens to reports already sent to a call when the coordinator decides who may see them."""

from conversations.context.context import Context
from conversations.context.session import Notice
from conversations.flows.shared.call_words import for_whom_words
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import _, labelled, quoted
from conversations.model.calls import WholeCall


def told(call: WholeCall, context: Context) -> tuple[Notice, ...]:
    """Returns a notice to each author who was never asked: only they themselves can open their report to others."""
    return tuple(
        Notice(
            each.author,
            Screen(
                (
                    heading(
                        _(
                            "Who can see your report? {title}",
                            title=quoted(each.title) if each.title else labelled("title", "a report without a name"),
                        )
                    ),
                    Line(
                        _(
                            "Reports to the call “{name}” can be seen by: {whom}",
                            name=call.title,
                            whom=for_whom_words(call),
                        )
                    ),
                    Line(
                        _("You were not asked, so only coordinators can see yours. Open it to let others see it."),
                        Style.HELP,
                    ),
                ),
                ((Button(_("Open the report"), "open", each.report),),),
                report=each.report,
                revision=each.revision,
            ),
            f"sharing:{each.report}",
            "anew",
        )
        for each in context.find.calls.unsaid(call.slug)
    )
