"""Keeps web pages from elsewhere out: they can reach a server on loopback through the browser of whoever runs it."""

from urllib.parse import urlsplit

from aiohttp import web

NAMES = ("127.0.0.1", "localhost", "[::1]")


def hosts(port: int) -> frozenset[str]:
    """What the Host header of a request to `port` on this machine may say."""
    return frozenset(f"{name}:{port}" for name in NAMES)


def refusal(request: web.BaseRequest, hosts: frozenset[str]) -> str | None:
    """Why `request` is not answered, or None.

    A foreign Host is a foreign name that was made to point here (DNS rebinding); a foreign Origin, or a browser's own
    word that the request crosses sites, is a page of somebody else's.
    """
    headers = request.headers
    host = headers.get("Host", "")
    if host not in hosts:
        return "This server answers only to its address on this machine."
    origin = headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return "This server answers no other site's pages."
    if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return "This server answers no other site's pages."
    return None
