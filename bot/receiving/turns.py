"""Turns: an update is read, decided and stored in one transaction. Its answer is sent after the commit."""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import structlog

from bot.language.catalogues import Catalogues
from bot.receiving import groups
from bot.receiving.groups import Groups
from bot.receiving.limits import Limits, LimitVerdict
from bot.receiving.sheets import is_sheet, unread
from bot.receiving.surroundings import surroundings
from bot.runtime.counting import count
from bot.runtime.errors import UnreadableUpdate
from bot.runtime.logs import described
from bot.sending.erasing import contact_messages, taken_out
from bot.sending.handled import Handled, Press, TakenIn
from bot.sending.notices import notify
from bot.sending.role_menus import renewed
from bot.sending.showing import said_briefly, show
from bot.telegram.updates import (
    CameBack,
    GroupMoved,
    Incoming,
    LeftGroup,
    NotPrivate,
    PressedElsewhere,
    PressedInGroup,
    Reading,
    Stopped,
    read_update,
)
from conversations.context.context import Context, no_secret
from conversations.context.session import Session, Turn
from conversations.engine.engine import redraw, take_turn
from conversations.flows.calls.editor_sheet import awaited
from conversations.flows.shared.step import STALE
from conversations.language.events import Event, File, FormSheet, Pressed, SentFile
from conversations.language.languages import guess
from conversations.language.screen import Line, Screen, note
from conversations.language.words import Words, _
from conversations.model.initiatives import Appearance
from conversations.model.outcomes import (
    AdministratorAsked,
    CallChanged,
    DigestMade,
    ExportAsked,
    FileReceived,
    InvitationUsed,
    PersonalTakenOut,
    PersonForgotten,
    WebhookTested,
)
from conversations.model.people.person import Person
from storage.digests.digests import Counting
from storage.engine.errors import CommitUnknown, DatabaseAway, NotKept, StorageClosed, ToBeCounted
from storage.engine.jsons import read
from storage.messages.inbox import Received
from storage.registers.port import StoredRegisters
from storage.session.refreshing import refresh_summaries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.turns")

TOO_FAST = _(
    "That was too fast for me, so I did not read your last message. Wait half a minute and send it "
    "again. Your earlier answers are saved."
)

ELSEWHERE = _("For that, write to me: I do not know this chat.")
WRITTEN_PRIVATELY = _("I have written to you privately.")


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a turn is decided from, beside what it looks up."""

    update: int
    event: Event
    person: Person
    session: Session


@dataclass(slots=True)
class _Attempt:
    """The state of a turn before it failed, and what has to be done before it.

    That is to read the sheet of questions that is `wanted`, or to decide beside others what has `begun` and asks for
    counts over all reports. `decided` is the turn that followed from what, or None if that did not work.
    """

    received: Received | None = None
    wanted: File | None = None
    sheet: FormSheet | None = None
    begun: _Begun | None = None
    decided: tuple[_Begun, Turn | None] | None = None


class Turns:
    """Handles the waiting updates of the inbox."""

    def __init__(
        self,
        storage: Storage,
        catalogues: Catalogues,
        timezone: ZoneInfo,
        language: str = "en",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        bounds: Limits | None = None,
        spread: Callable[[UnitOfWork, Sequence[Appearance], datetime], bool] = lambda _work, _changed, _now: False,
        bot: int = 0,
        secret_of: Callable[[str], str] = no_secret,
        read_sheet: Callable[[File], Awaitable[FormSheet]] = unread,
    ) -> None:
        self._read_sheet = read_sheet
        self._bot = bot
        self._secret_of = secret_of
        self._spread = spread
        self._storage = storage
        self._bounds = bounds or Limits(0)
        self._catalogues = catalogues
        self._registers = StoredRegisters(catalogues.spellings)
        self._timezone = timezone
        self._language = language
        self._clock = clock
        self._groups = Groups(catalogues, language, clock, self._here, lambda: self.bot_name)
        self.bot_name = ""
        """The bot's name in links; "" until Telegram has told it."""

    async def next(self, lane: int) -> Handled | None:
        """Handle the oldest waiting update of `lane`; None: none is waiting.

        Raises a StorageError if nothing can be stored: the update then still waits. The update of a turn that fails
        otherwise is set aside, and the person is told so.
        """
        attempt = _Attempt()
        try:
            handled = await self._tried(lane, attempt)
            if attempt.wanted is not None:
                attempt.sheet, attempt.wanted = await self._read_sheet(attempt.wanted), None
                handled = await self._tried(lane, attempt)
        except Exception as error:
            if attempt.received is None or _may_pass(error):
                raise
            return await self._set_aside(attempt.received, error)
        return handled

    async def _tried(self, lane: int, attempt: _Attempt) -> Handled | None:
        """Handle the update in one transaction. A turn that counts all reports is decided before it, so that no turn of
        others waits; until then its update waits in the inbox as any other.
        """
        try:
            return await self._storage.write(partial(self._handle, lane, attempt))
        except ToBeCounted:
            begun = attempt.begun
            if begun is None:
                raise
        await refresh_summaries(self._storage)
        turn = None
        try:
            turn = await self._storage.read_beside(partial(self._decide_beside, begun))
        except StorageClosed:
            raise
        except Exception as error:  # noqa: BLE001 - it is decided in its transaction, which says what is wrong
            log.warning("cannot count beside the turn", **described(error))
        attempt.decided = begun, turn
        return await self._storage.write(partial(self._handle, lane, attempt))

    def _decide_beside(self, begun: _Begun, work: UnitOfWork) -> Turn:
        context = self._here(work, begun.person, self._clock(), Counting.REFRESHED)
        return take_turn(begun.session, begun.event, context)

    async def take_in(self, lane: int, store: Callable[[UnitOfWork], Sequence[Received]]) -> TakenIn:
        """Store one update of `lane` and handle the oldest that waits there, in one transaction.

        Raises whatever went wrong: then nothing is stored, except after CommitUnknown, when it may be.
        """
        return await self._storage.write(partial(self._take_in, lane, store))

    def _take_in(self, lane: int, store: Callable[[UnitOfWork], Sequence[Received]], work: UnitOfWork) -> TakenIn:
        if not (kept := store(work)):
            return TakenIn(0, None, finished=True)
        attempt = _Attempt()
        handled = self._handle(lane, attempt, work)
        return TakenIn(len(kept), handled, finished=handled is not None and attempt.received == kept[0])

    def _handle(self, lane: int, attempt: _Attempt, work: UnitOfWork) -> Handled | None:
        before, received = attempt.received, work.inbox.next_for(lane)
        attempt.received = received
        if received is None:
            return None
        if before is not None and before.id != received.id:
            attempt.sheet = None  # another worker has handled that update
        verdict = self._bounds.judge(lane, received.id, self._clock())
        if verdict is not LimitVerdict.READ:
            work.inbox.drop(received.id)
            return self._left_unread(work, received) if verdict is LimitVerdict.TELL else Handled()
        handled = self._answered(work, received, attempt)
        if attempt.wanted is not None:
            return None  # it still waits
        work.inbox.done(received)
        if handled.forgets:
            work.inbox.empty(received.id)
        return handled

    def _left_unread(self, work: UnitOfWork, received: Received) -> Handled:
        """Tell a person that they sent too many updates; a group is told nothing."""
        log.warning("too much of one person, left unread", update=received.update_id)
        incoming = self._reading(received)
        if not isinstance(incoming, Incoming):
            return Handled()
        now = self._clock()
        person, _session = self._arrive(work, incoming, now)
        rows = show(
            work,
            (Screen((note(TOO_FAST),)),),
            self._catalogues[person.language],
            chat=incoming.chat,
            topic=incoming.topic,
            person=person.id,
            now=now,
            press=incoming.press,
        )
        return Handled(rows)

    def _answered(self, work: UnitOfWork, received: Received, attempt: _Attempt) -> Handled:
        match self._reading(received):
            case Incoming() as incoming:
                return self._take_turn(work, incoming, attempt)
            case Stopped(person):
                work.people.stopped(person)
                work.outbox.cancel_for(person)  # a private chat has the number of its person
            case CameBack(person):
                work.people.revived(person)
            case NotPrivate() as met:
                return Handled(self._groups.met(work, met), chats=met.added)
            case PressedInGroup() as pressed:
                return self._pressed_in_group(work, pressed, attempt)
            case LeftGroup(chat):
                return Handled(groups.gone(work, chat, self._catalogues, self._clock()))
            case GroupMoved(chat, new):
                groups.moved(work, chat, new, self._clock())
            case PressedElsewhere(press, tag):
                language = guess(tag, self._language)
                return Handled(press=Press(press, self._catalogues.say(ELSEWHERE, language)))
            case None:
                pass
        return Handled()

    def _reading(self, received: Received) -> Reading:
        try:
            return read_update(read(received.payload), self._bot)
        except RecursionError as error:
            raise UnreadableUpdate("update: nested too deeply") from error

    def _take_turn(self, work: UnitOfWork, incoming: Incoming, attempt: _Attempt) -> Handled:
        now = self._clock()
        person, session = self._arrive(work, incoming, now)
        if isinstance(sent := incoming.event, SentFile) and is_sheet(sent.file) and awaited(session.at, person):
            if attempt.sheet is None:
                attempt.wanted = sent.file
                return Handled()
            incoming = replace(incoming, event=replace(sent, sheet=attempt.sheet))
        turn = self._decided(work, attempt, incoming.event, person, session, now)
        if _makes_a_file(turn) and (then := self._bounds.wait_for_files(person.id, now)):
            turn = replace(turn, session=session, screens=_too_often(then), outcomes=(), notices=(), toast=None)
        written = contact_messages(work, person, incoming.chat, turn.outcomes, incoming.pressed_message, now)
        news = self._spread(work, work.keep(person, turn, now), now)
        if any(isinstance(outcome, InvitationUsed) for outcome in turn.outcomes):
            work.people.set_name(person.id, incoming.name)
        catalogue = self._catalogues[turn.language]
        newest = incoming.press is not None and work.outbox.last_shown(incoming.chat) == incoming.pressed_message
        # A second press on a receipt: there is no step to return to, and the receipt should stay.
        over = newest and turn.toast == STALE and session.at is None
        toast = turn.toast or (WRITTEN_PRIVATELY if incoming.from_group and _writes_privately(turn, person) else None)
        rows = show(
            work,
            () if over else turn.screens,
            catalogue,
            chat=incoming.chat,
            topic=incoming.topic,
            person=person.id,
            now=now,
            replacing=incoming.pressed_message if newest or _is_current(incoming.event, session) else None,
            press=incoming.press,
            toast=toast,
        )
        unanswered = incoming.press and not rows
        return Handled(
            rows=[
                *rows,
                *renewed(work, person, turn, self._catalogues, now),
                *taken_out(work, person, incoming.chat, turn.outcomes, written, now),
                *notify(work, turn.notices, self._catalogues, now),
            ],
            press=Press(incoming.press, said_briefly(toast, catalogue)) if incoming.press and unanswered else None,
            files=any(isinstance(outcome, FileReceived) for outcome in turn.outcomes),
            chats=any(isinstance(outcome, AdministratorAsked) for outcome in turn.outcomes),
            news=news,
            webhooks=news or any(isinstance(outcome, CallChanged | WebhookTested) for outcome in turn.outcomes),
            forgets=any(isinstance(outcome, PersonForgotten | PersonalTakenOut) for outcome in turn.outcomes),
        )

    def _decided(
        self, work: UnitOfWork, attempt: _Attempt, event: Event, person: Person, session: Session, now: datetime
    ) -> Turn:
        """Returns the turn. Raises ToBeCounted if it is to be decided beside others first."""
        begun = _Begun(attempt.received.id if attempt.received else 0, event, person, session)
        before, turn = attempt.decided or (None, None)
        if turn is not None and before == begun:
            return turn
        attempt.begun = begun
        counting = Counting.BESIDE if before is None else Counting.HERE
        return take_turn(session, event, self._here(work, person, now, counting))

    def _arrive(self, work: UnitOfWork, incoming: Incoming, now: datetime) -> tuple[Person, Session]:
        language = guess(incoming.language_tag, self._language)
        standing = work.people.arrive(incoming.person, incoming.chat, language, now, incoming.name)
        return standing.person, standing.session

    def _here(self, work: UnitOfWork, person: Person, now: datetime, counting: Counting = Counting.HERE) -> Context:
        return surroundings(
            work, person, now, self._timezone, self._registers, self.bot_name, self._secret_of, counting
        )

    def _pressed_in_group(self, work: UnitOfWork, pressed: PressedInGroup, attempt: _Attempt) -> Handled:
        """Handle a press in a group with the person's stored roles; the answer is sent to their private chat."""
        if refusal := self._groups.refusal(work, pressed):
            return Handled(press=Press(pressed.press, refusal))
        if pressed.event.action == groups.USE:
            rows = self._groups.use(work, pressed.chat, pressed.topic, pressed.person, pressed.language_tag)
            return Handled(rows, Press(pressed.press))
        return self._take_turn(work, groups.in_private(pressed), attempt)

    async def _set_aside(self, received: Received, error: Exception) -> Handled:
        """Set aside an update that cannot be handled, and notify its sender."""
        code = secrets.token_hex(3).upper()
        count("quarantined")
        log.error("turn failed, update set aside", code=code, update=received.update_id, **described(error))
        if isinstance(error, UnreadableUpdate):
            await self._storage.write(lambda work: work.inbox.set_aside(received, f"{code} {error}"))
            return Handled()
        reason = f"{code} {type(error).__name__}"
        for where_they_stand in (True, False):
            try:
                return await self._storage.write(partial(self._apologise, received, code, reason, where_they_stand))
            except Exception as failure:
                if _may_pass(failure):
                    raise
                log.warning("apology failed", code=code, **described(failure))
        await self._storage.write(lambda work: work.inbox.set_aside(received, reason))
        return Handled()

    def _apologise(
        self, received: Received, code: str, reason: str, where_they_stand: bool, work: UnitOfWork
    ) -> Handled:
        work.inbox.set_aside(received, reason)
        incoming = self._reading(received)
        if not isinstance(incoming, Incoming):
            return Handled()
        now = self._clock()
        person, session = self._arrive(work, incoming, now)
        screens = redraw(session, self._here(work, person, now)) if where_they_stand else ()
        rows = show(
            work,
            _with_note(failed_words(code), screens),
            self._catalogues[person.language],
            chat=incoming.chat,
            topic=incoming.topic,
            person=person.id,
            now=now,
            press=incoming.press,
        )
        return Handled(rows=rows)


def _is_current(event: Event, session: Session) -> bool:
    """Returns whether `event` is a press on a button of the person's current step."""
    return isinstance(event, Pressed) and event.revision is None and event.step == session.step


def _writes_privately(turn: Turn, person: Person) -> bool:
    """Returns whether the turn sends something to the person's own chat."""
    return bool(turn.screens) or any(
        notice.to == person.id and not notice.in_group and notice.how == "anew" for notice in turn.notices
    )


def _makes_a_file(turn: Turn) -> bool:
    """Returns whether the turn makes a picture or file, which costs far more than an answer."""
    return any(screen.enclosed and screen.enclosed.kind not in ("qr", "ics") for screen in turn.screens) or any(
        isinstance(outcome, DigestMade | ExportAsked) for outcome in turn.outcomes
    )


def _too_often(then: datetime) -> tuple[Screen, ...]:
    words = _("You have asked for that very often in an hour. You can ask for it again from {time}.", time=then)
    return (Screen((note(words),), revision=0),)


def failed_words(code: str) -> Words:
    """Returns the text for a person whose message could not be handled."""
    return _(
        "Sorry, something went wrong. Your earlier answers are saved. Try again. (Error {code})",
        code=code,
    )


def _with_note(words: Words, screens: tuple[Screen, ...]) -> tuple[Screen, ...]:
    line: Line = note(words)
    if not screens:
        return (Screen((line,)),)
    first, *others = screens
    return (Screen((line, *first.lines), first.rows, first.report, first.step, first.album), *others)


def _may_pass(error: Exception) -> bool:
    """Returns whether a later retry may succeed."""
    return isinstance(error, (DatabaseAway, NotKept, CommitUnknown, StorageClosed))
