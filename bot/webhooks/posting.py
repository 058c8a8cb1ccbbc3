"""One request to a webhook: no redirects, ten seconds in all, and of the answer its status and `Retry-After` alone."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from pyreqwest.client import ClientBuilder
from pyreqwest.exceptions import DetailedPyreqwestError, PyreqwestError
from pyreqwest.proxy import ProxyBuilder

from bot.webhooks.guard import Guard, PrivateAddress, UnknownHost
from conversations.model.webhooks.webhook import Trouble

SECONDS = 10.0
"""The time of one attempt: to find the host, to connect, to send, and to wait for the status."""

LONGEST_ASKED = timedelta(days=1)
"""The longest that an address may ask to be left alone."""

ASKING = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)

USER_AGENT = "Meldind-Webhooks"


@dataclass(frozen=True, slots=True)
class PostResult:
    """What became of an attempt: taken if there is no `trouble`. `asked` is how long the receiver wants to be left."""

    status: int | None = None
    trouble: Trouble = ""
    asked: timedelta = timedelta()

    @property
    def is_gone(self) -> bool:
        """Whether the receiver says that its address is not there any more."""
        return self.status == HTTPStatus.GONE


class Poster:
    """Posts messages, through the proxy for their host if there is one: then it is the proxy that connects."""

    def __init__(
        self, guard: Guard, proxy_for: Callable[[str], str | None] = lambda _host: None, seconds: float = SECONDS
    ) -> None:
        self._guard = guard
        self._proxy_for = proxy_for
        self._seconds = seconds

    async def post(self, url: str, headers: Mapping[str, str], body: bytes, attempt: int = 0) -> PostResult:
        """Post `body`; `attempt` says which of several addresses of the host is called."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._posted(url, headers, body, attempt)
        except TimeoutError:
            return PostResult(trouble="slow")
        except UnknownHost:
            return PostResult(trouble="unknown_host")
        except PrivateAddress:
            return PostResult(trouble="private")
        except PyreqwestError as error:
            return PostResult(trouble=_trouble(error))

    async def _posted(self, url: str, headers: Mapping[str, str], body: bytes, attempt: int) -> PostResult:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        if self._guard.https_only and parts.scheme != "https":
            return PostResult(trouble="private")
        proxy = self._proxy_for(host)
        # A new client for each attempt: the connection goes to the address that was looked up and allowed just now.
        builder = ClientBuilder().no_proxy().follow_redirects(enable=False).user_agent(USER_AGENT)
        builder = builder.timeout(timedelta(seconds=self._seconds))
        try:
            found = await self._guard.addresses(host, port)
        except UnknownHost:
            if proxy is None:  # names may be known only beyond the proxy
                raise
        else:
            builder = builder.resolve(host, found[attempt % len(found)], port)
        if proxy is not None:
            builder = builder.proxy(ProxyBuilder.all(proxy))
        async with builder.build() as client:
            request = client.post(url).headers(dict(headers)).body_bytes(body)
            async with request.build_streamed() as response:
                status, asked = response.status, response.headers.get("retry-after", "")
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return PostResult(status)
        redirect = HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST
        return PostResult(
            status, "redirect" if redirect else "status", _asked(asked) if status in ASKING else timedelta()
        )


def _asked(retry_after: str) -> timedelta:
    """Returns the time in a `Retry-After`, which has seconds or a date."""
    try:
        asked = timedelta(seconds=min(int(retry_after), LONGEST_ASKED.total_seconds()))
    except (ValueError, OverflowError):
        try:
            asked = parsedate_to_datetime(retry_after).astimezone(UTC) - datetime.now(UTC)
        except (ValueError, OverflowError):
            return timedelta()
    return min(max(asked, timedelta()), LONGEST_ASKED)


def _trouble(error: PyreqwestError) -> Trouble:
    """Returns what went wrong; reqwest's causes tell a certificate from a connection that was not made."""
    if isinstance(error, TimeoutError):
        return "slow"
    causes = (error.details["causes"] or []) if isinstance(error, DetailedPyreqwestError) else []
    told = " ".join(cause["message"] for cause in causes).lower()
    return "certificate" if "certificate" in told else "unreachable"
