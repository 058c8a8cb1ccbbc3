"""The control interface under `/control/`: what phones do and see, and switches for tests."""

import asyncio
import json
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from aiohttp import web

from bot.botapi.cloud.cloud import Cloud
from bot.botapi.cloud.groups import add_group, migrate, mute_bot, open_topic, remove_bot
from bot.botapi.cloud.journal import Journal
from bot.botapi.cloud.menu import commands_for, profile_for
from bot.botapi.cloud.people import NotPossible, hand
from bot.botapi.cloud.world import Chat, Json
from bot.botapi.phones.transcript import transcript
from bot.botapi.server.actions import ACTIONS
from bot.botapi.server.events import Events
from bot.botapi.specification.spec import Specification

LONGEST_WAIT = 60.0  # seconds
DELIVERY = {"redeliver": float, "repeat_presses": float, "permute": float, "hold": bool}


class Control:
    """Answers requests under `/control/`. Refusals are 400 or 404 with one line of text."""

    def __init__(self, cloud: Cloud, journal: Journal) -> None:
        self._cloud = cloud
        self._journal = journal
        self.events = Events()
        self.events.listen_to(cloud.world, journal)

    def close(self) -> None:
        """End the event streams."""
        self.events.close()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        given: Json = {}
        try:
            if request.method == "POST":
                given = json.loads(await request.read() or b"{}")
            match [request.method, *request.path.split("/")[2:]]:
                case ["GET", "events"]:
                    return await self.events.stream(request)
                case ["GET", "files", file_id]:
                    return self._file(file_id)
                case ["GET", "chats", chat_id, "changes"]:
                    return reply(await self._changes(self._chat(chat_id), request))
                case ["GET", "chats", chat_id, "transcript"]:
                    return web.Response(text=transcript(self._cloud.world, self._chat(chat_id)))
                case ["POST", "people", person_id, action]:
                    return reply(self._acts(int(person_id), action, given))
                case _:
                    return reply(self._switch(request, given))
        except LookupError as missing:
            return web.Response(status=HTTPStatus.NOT_FOUND, text=f"not found: {missing}")
        except (NotPossible, ValueError, TypeError, AttributeError) as wrong:
            return web.Response(status=HTTPStatus.BAD_REQUEST, text=str(wrong))

    def _switch(self, request: web.BaseRequest, given: Json) -> Any:
        """Returns the requests that are answered at once with JSON."""
        cloud = self._cloud
        match [request.method, *request.path.split("/")[2:]]:
            case ["GET", "state"]:
                return self._state()
            case ["GET", "calls"]:
                after = int(request.query.get("after", "0"))
                return [entry.as_json() for entry in self._journal.entries if entry.number > after]
            case ["GET", "violations"]:
                return [violation.as_json() for violation in self._journal.violations]
            case ["GET", "people", person_id, "commands"]:
                return commands_for(cloud.world, int(person_id))
            case ["GET", "people", person_id, "profile"]:
                return profile_for(cloud.world, int(person_id))
            case ["GET", "chats", chat_id, "interactions"]:
                chat = self._chat(chat_id)
                return [{"what": done.what, "at": done.at, "calls": done.calls} for done in chat.interactions]
            case ["POST", "people"]:
                person = cloud.world.add_person(given.pop("first_name"), **given)
                return {**person.user(), "bot_username": cloud.world.bot["username"]}
            case ["POST", "groups"]:
                return {"id": add_group(cloud, **given).id}
            case ["POST", "groups", chat_id, "migrate"]:
                return {"id": migrate(cloud, self._chat(chat_id)).id}
            case ["POST", "groups", chat_id, "topics"]:
                return {"topic": open_topic(cloud, self._chat(chat_id))}
            case ["POST", "groups", chat_id, "mute"]:
                mute_bot(cloud, self._chat(chat_id), muted=bool(given["muted"]))
                return {}
            case ["POST", "groups", chat_id, "kick"]:
                remove_bot(cloud, self._chat(chat_id))
                return {}
            case ["POST", "faults"]:
                return {"id": cloud.faults.add(given.pop("kind"), **given).id}
            case ["GET", "faults"]:
                return [asdict(fault) for fault in cloud.faults.active]
            case ["DELETE", "faults", fault_id]:
                cloud.faults.remove(int(fault_id))
                return {}
            case ["DELETE", "faults"]:
                cloud.faults.clear()
                return {}
            case ["POST", "delivery"]:
                for name, value in given.items():
                    setattr(cloud.updates.delivery, name, DELIVERY[name](value))
                cloud.updates.arrived.fire()
                return {}
            case ["POST", "flood"]:
                cloud.flood.on = bool(given["on"])
                return {"ignored": cloud.flood.ignored}
            case ["POST", "version"]:
                cloud.specification = Specification(str(given["api_version"]))
                return {"api_version": cloud.specification.version}
            case ["POST", "clock"]:
                cloud.clock.advance(float(given["advance"]))
                cloud.updates.arrived.fire()
                return {"now": cloud.clock.now()}
            case ["POST", "updates"]:
                return {"update_id": cloud.updates.push_raw(given["update"], int(given.get("lane", 0)))}
            case _:
                raise LookupError(request.path)

    def _state(self) -> Json:
        """Returns the whole state in short."""
        cloud = self._cloud
        return {
            "bot": cloud.world.bot,
            "api_version": cloud.specification.version,
            "now": cloud.clock.now(),
            "people": [
                {
                    **person.user(),
                    "started": person.started,
                    "blocked": person.blocked,
                    "deactivated": person.deactivated,
                }
                for person in cloud.world.people.values()
            ],
            "chats": [
                {**cloud.world.chat_json(chat), "version": len(chat.changes)} for chat in cloud.world.chats.values()
            ],
            "commands": [
                {"scope": json.loads(scope), "language_code": language, "commands": commands}
                for (scope, language), commands in cloud.world.commands.items()
            ],
            "webhook": cloud.webhook.info(),
            "pending_update_count": cloud.updates.pending_count(),
            "faults": [fault.kind for fault in cloud.faults.active],
            "flood": {"on": cloud.flood.on, "ignored": cloud.flood.ignored},
            "calls": self._journal.count,
            "violations": len(self._journal.violations),
        }

    def _acts(self, person_id: int, action: str, given: Json) -> Json:
        """Perform an action of a person; the answer has the chat's version after it."""
        does = ACTIONS.get(action)
        if does is None:
            raise LookupError(action)
        doing = hand(self._cloud, person_id, given.get("chat_id"))
        done = does(doing, given)
        return {**done, "version": len(doing.chat.changes)}

    async def _changes(self, chat: Chat, request: web.BaseRequest) -> Json:
        """Returns the changes after a version; waits up to `timeout` seconds for something the bot shows.

        `since` is the version after which the bot's reaction counts (default: `after`). After a reaction it waits for
        `quiet` seconds without a further one, because a reaction may need several calls.
        """
        after = int(request.query.get("after", "0"))
        since = int(request.query.get("since", after))
        wait = min(float(request.query.get("timeout", "0")), LONGEST_WAIT)
        quiet = float(request.query.get("quiet", "0"))
        loop = asyncio.get_running_loop()
        ends = loop.time() + wait
        while not (reacted := shown(chat, since)) and (left := ends - loop.time()) > 0:
            await chat.changed.wait(left)
        if reacted and quiet:
            while loop.time() < ends and await chat.changed.wait(quiet):
                pass
        changes = [change.as_json() for change in chat.changes[after:]]
        return {"version": len(chat.changes), "reacted": reacted, "changes": changes}

    def _chat(self, chat_id: str) -> Chat:
        return self._cloud.world.chats[int(chat_id)]

    def _file(self, file_id: str) -> web.Response:
        stored = self._cloud.world.files[file_id]
        # Sandboxed: a page that opens a sent document must not run it with its own rights.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=stored.content, content_type=stored.mime, headers=headers)


def shown(chat: Chat, since: int) -> bool:
    """Returns whether the bot has shown something in `chat` after the version `since`."""
    return any(change.visible() for change in chat.changes[since:])


def reply(result: Any) -> web.Response:
    """`result` as JSON."""
    return web.Response(body=json.dumps(result).encode(), content_type="application/json")
