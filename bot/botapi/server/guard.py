"""Refuses requests of foreign web pages, which could reach a loopback server through its user's browser."""

from urllib.parse import urlsplit

from aiohttp import web

NAMES = ("127.0.0.1", "localhost", "[::1]")


def hosts(port: int) -> frozenset[str]:
    """Returns the valid values of the Host header for `port` on this machine."""
    return frozenset(f"{name}:{port}" for name in NAMES)


def refusal(request: web.BaseRequest, hosts: frozenset[str]) -> str | None:
    """Returns the reason to refuse `request`; None: there is none.

    A foreign Host is a foreign name that resolves to this machine (DNS rebinding); a foreign Origin, or a browser's
    header that marks a cross-site request, comes from a foreign page.
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
