"""Reading the address of a webhook: https, a public name, and nothing that hides where it leads."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal, TypeAlias

LONGEST = 500
LAST_PORT = 65_535

WrongAddress: TypeAlias = Literal["no_address", "not_https", "has_password", "too_long", "private"]

_PARTS = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#\\\s]+)(?P<rest>(?:/[^?#\\\s]*)?(?:\?[^#\\\s]*)?)(?:#\S*)?",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^:@\[\]]+)(?::(?P<port>\d{1,5}))?", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_INSIDE = (
    ".local",
    ".localhost",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
    ".home",
    ".corp",
    ".test",
    ".invalid",
)


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """The address in its one written form: lower-case ASCII host, no default port, no fragment."""

    url: str


def read_address(text: str) -> WebhookAddress | WrongAddress:
    """Returns the address in `text`, or what is wrong with it. Names are not looked up here."""
    text = text.strip()
    if len(text) > LONGEST:
        return "too_long"
    parts = _PARTS.fullmatch(text)
    if parts is None or any(ord(letter) < ord(" ") for letter in text):
        return "no_address"
    if "@" in parts["authority"]:
        return "has_password"
    if parts["scheme"].lower() != "https":
        return "not_https"
    authority = _AUTHORITY.fullmatch(parts["authority"])
    host = authority and _host(authority["host"])
    if authority is None or not host:
        return "no_address"
    port = int(authority["port"] or 443)
    if not 0 < port <= LAST_PORT:
        return "no_address"
    if not _may_be_public(host):
        return "private"
    path = parts["rest"] if parts["rest"].startswith("/") else f"/{parts['rest']}"
    url = f"https://{host}{'' if port == 443 else f':{port}'}{path}"
    return WebhookAddress(url) if len(url) <= LONGEST else "too_long"


def is_public(address: str) -> bool:
    """Returns whether an IP address is one of the public internet: no private, local, shared or special network.

    An IPv6 address that stands for an IPv4 one is as public as that.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public(found)


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address):
        if (inner := _inside(found)) is not None:
            return _is_public(inner)
        if found.is_site_local:
            return False
    special = found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    return found.is_global and not (special or found.is_private or found.is_link_local)


def _inside(found: IPv6Address) -> IPv4Address | None:
    """Returns the IPv4 address that an IPv6 address stands for: mapped, translated (NAT64) or tunnelled (6to4)."""
    if found.ipv4_mapped is not None:
        return found.ipv4_mapped
    if found.sixtofour is not None:
        return found.sixtofour
    if found.teredo is not None:
        return found.teredo[1]
    packed = found.packed
    if packed[:12] == bytes.fromhex("0064ff9b") + bytes(8) or packed[:12] == bytes(12):
        return IPv4Address(packed[12:])
    return None


def _host(text: str) -> str | None:
    """Returns the host in lower-case ASCII; None if it is none."""
    if text.startswith("["):
        try:
            return f"[{IPv6Address(text[1:-1])}]"
        except ValueError:
            return None
    try:
        name = text.encode("idna").decode().lower().rstrip(".")
    except UnicodeError:
        return None
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    if labels[-1][0].isdigit():  # so would a browser read 127.1 and 0x7f.1: as numbers
        try:
            return str(IPv4Address(name))
        except ValueError:
            return None
    return name


def _may_be_public(host: str) -> bool:
    if host.startswith("["):
        return is_public(host[1:-1])
    if host[-1].isdigit() and host.replace(".", "").isdecimal():
        return is_public(host)
    return "." in host and not f".{host}".endswith(_INSIDE)
