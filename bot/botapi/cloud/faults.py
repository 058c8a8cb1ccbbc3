"""Faults between the bot and Telegram, on demand: delays, lost answers and error codes for chosen calls."""

from dataclasses import dataclass, field
from random import Random
from typing import Literal, get_args

from bot.botapi.specification import errors
from bot.botapi.specification.errors import ApiError

Kind = Literal[
    "delay",
    "lost_answer",
    "cut",
    "page",
    "too_many_requests",
    "internal_error",
    "bad_gateway",
    "unauthorized",
    "not_found",
    "conflict",
    "blocked",
    "deactivated",
    "kicked",
    "migrated",
    "unavailable",
]
KINDS: frozenset[str] = frozenset(get_args(Kind))


@dataclass(slots=True)
class Fault:
    """A fault of calls of `method` (None: any) for `chat_id` (None: any).

    It affects the next `times` such calls (None: all), each with `probability`. `seconds` is the length of a delay, or
    the retry_after of `too_many_requests`; `to_chat_id` is the supergroup that a group has migrated to.
    """

    kind: Kind
    method: str | None = None
    chat_id: int | None = None
    times: int | None = 1
    probability: float = 1.0
    seconds: float = 1.0
    to_chat_id: int = -1_000_000_000_001
    id: int = 0

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Returns whether the fault applies to a call of `method` for `chat_id`."""
        return (
            self.times != 0
            and (self.method is None or self.method.lower() == method.lower())
            and (self.chat_id is None or self.chat_id == chat_id)
        )

    def error(self) -> ApiError | None:
        """Returns the error that the call is answered with; None for other kinds of fault."""
        match self.kind:
            case "delay" | "lost_answer" | "cut" | "page" | "bad_gateway":
                return None
            case "too_many_requests":
                return errors.too_many(int(self.seconds))
            case "internal_error":
                return ApiError(500, "Internal Server Error")
            case "unauthorized":
                return ApiError(401, "Unauthorized")
            case "not_found":
                return ApiError(404, "Not Found")
            case "conflict":
                return errors.conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            case "blocked":
                return errors.forbidden("bot was blocked by the user")
            case "deactivated":
                return errors.forbidden("user is deactivated")
            case "kicked":
                return errors.forbidden("bot was kicked from the group chat")
            case "migrated":
                return errors.migrated(self.to_chat_id)
            case "unavailable":
                return errors.bad_request("wrong file_id or the file is temporarily unavailable")


@dataclass(slots=True)
class Faults:
    """The faults that are switched on."""

    random: Random
    active: list[Fault] = field(default_factory=list)
    _next_id: int = 1

    def add(
        self,
        kind: Kind,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        times: int | None = 1,
        probability: float = 1.0,
        seconds: float = 1.0,
        to_chat_id: int = -1_000_000_000_001,
    ) -> Fault:
        """Switch a fault on; the arguments are explained at Fault."""
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}")
        fault = Fault(kind, method, chat_id, times, probability, seconds, to_chat_id, self._next_id)
        self._next_id += 1
        self.active.append(fault)
        return fault

    def remove(self, fault_id: int) -> None:
        """Switch one fault off; nothing happens if it has already ended."""
        self.active = [fault for fault in self.active if fault.id != fault_id]

    def clear(self) -> None:
        """Switch every fault off."""
        self.active.clear()

    def happening(self, method: str, chat_id: int | None) -> list[Fault]:
        """Returns the faults that affect this call; those with a limited number of calls are counted down."""
        if not self.active:
            return []
        happening = []
        for fault in self.active:
            if fault.concerns(method, chat_id) and (fault.probability >= 1 or self.random.random() < fault.probability):
                happening.append(fault)
                if fault.times is not None:
                    fault.times -= 1
        self.active = [fault for fault in self.active if fault.times != 0]
        return happening
