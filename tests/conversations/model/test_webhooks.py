"""Which addresses are taken, which networks are public, when it is tried again, and what counts as an event."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from conversations.model.initiatives import Appearance, Initiative
from conversations.model.webhooks.address import LONGEST, WebhookAddress, is_public, read_address
from conversations.model.webhooks.changes import event_of
from conversations.model.webhooks.retrying import GIVEN_UP_AFTER, next_try, rest
from conversations.model.webhooks.webhook import Webhook

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org", "https://example.org/"),
        ("  HTTPS://Example.ORG:443/a/B?c=D#e ", "https://example.org/a/B?c=D"),
        ("https://example.org.:8443/x", "https://example.org:8443/x"),
        ("https://blåbær.dk/krog", "https://xn--blbr-roah.dk/krog"),
        ("https://knjižnica.si", "https://xn--knjinica-p4b.si/"),
        ("https://93.184.215.14/x", "https://93.184.215.14/x"),
        ("https://[2606:2800:21F::1]/x", "https://[2606:2800:21f::1]/x"),
        ("https://my_hooks.example.org/?a", "https://my_hooks.example.org/?a"),
    ],
)
def test_an_address_has_one_written_form(text: str, url: str) -> None:
    assert read_address(text) == WebhookAddress(url)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hello", "no_address"),
        ("", "no_address"),
        ("https://", "no_address"),
        ("https:///x", "no_address"),
        ("https://exa mple.org", "no_address"),
        ("https://example.org/a b", "no_address"),
        ("https://example.org\\@10.0.0.1/", "no_address"),
        ("https://example.org:0/", "no_address"),
        ("https://example.org:99999/", "no_address"),
        ("https://example.org:/", "no_address"),
        ("https://a..b/", "no_address"),
        ("https://-a.example.org/", "no_address"),
        ("https://%31%30.example.org/", "no_address"),
        ("https://127.1/", "no_address"),
        ("https://0x7f.0.0.1/", "no_address"),
        ("https://2130706433/", "no_address"),
        ("https://017700000001/", "no_address"),
        ("https://[::1/", "no_address"),
        ("https://[fe80::1%25eth0]/", "no_address"),
        ("http://example.org/", "not_https"),
        ("ftp://example.org/", "not_https"),
        ("https://name:word@example.org/", "has_password"),
        ("https://@example.org/", "has_password"),
        (f"https://example.org/{'x' * LONGEST}", "too_long"),
        ("https://localhost/", "private"),
        ("https://localhost:8080/", "private"),
        ("https://printer/", "private"),
        ("https://nas.local/", "private"),
        ("https://metadata.google.internal/", "private"),
        ("https://127.0.0.1/", "private"),
        ("https://10.1.2.3/", "private"),
        ("https://192.168.1.1:8443/", "private"),
        ("https://169.254.169.254/latest", "private"),
        ("https://100.64.0.1/", "private"),
        ("https://０.0.0.0/", "private"),
        ("https://１２７.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:127.0.0.1]/", "private"),
        ("https://[fd00::1]/", "private"),
    ],
)
def test_what_is_no_address_is_told_apart(text: str, why: str) -> None:
    assert read_address(text) == why


@given(some.text(max_size=600))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    for each in (text, f"https://{text}", f"https://{text}.org/"):
        read = read_address(each)
        if isinstance(read, WebhookAddress):
            assert read.url.isascii() or "/" in read.url
            assert read_address(read.url) == read
            assert Webhook("w", read.url, ()).host.isascii()


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254"),  # nosec
        *("172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.51.100.1"),
        *("203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "fe80::1"),
        *("fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1"),
        *("64:ff9b::10.0.0.1", "2002:a00:1::1", "64:ff9b:1::1", "nonsense", ""),
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",  # Teredo, 10.0.0.1 behind it
    ],
)
def test_what_is_not_of_the_public_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f::1", "64:ff9b::8.8.8.8", "172.32.0.1"])
def test_what_is(address: str) -> None:
    assert is_public(address)


def test_pauses_grow_and_end_after_a_day() -> None:
    now, pauses = NOW, []
    attempts = 1
    while then := next_try(attempts, NOW, now, 0.5):
        pauses.append((then - now).total_seconds())
        now, attempts = then, attempts + 1
    assert pauses[:6] == [5, 25, 125, 625, 3_125, 14_400]
    assert GIVEN_UP_AFTER <= now - NOW < GIVEN_UP_AFTER + timedelta(minutes=1)
    assert attempts < 16


@given(some.integers(1, 10_000), some.floats(0, 1), some.timedeltas(timedelta(), timedelta(hours=23)))
def test_a_next_try_is_always_later_and_never_beyond_the_day(attempts: int, jitter: float, since: timedelta) -> None:
    then = next_try(attempts, NOW, NOW + since, jitter)
    assert then is not None
    assert NOW + since < then <= NOW + GIVEN_UP_AFTER


def test_a_receiver_that_asks_for_time_gets_it() -> None:
    asked = timedelta(hours=6)
    assert next_try(1, NOW, NOW, 0.5, timedelta(seconds=2)) == NOW + timedelta(seconds=5)
    assert next_try(1, NOW, NOW, 0.5, asked) == NOW + asked
    late = NOW + timedelta(hours=23)
    assert next_try(9, NOW, late, 0.5, asked) == late + asked
    assert next_try(9, NOW, late + asked, 0.5, asked) is None


def test_an_address_rests_longer_each_time() -> None:
    assert [rest(failures).total_seconds() for failures in (1, 2, 3, 100)] == [5, 10, 20, 600]


PUBLIC = Initiative(
    "r1", 1, "da", NOW, NOW, "", "", "Odense", "", "", "", "DK", {"title": "Sprogcafé", "sharing": "public"}
)
NETWORK = replace(PUBLIC, answers={**PUBLIC.answers, "sharing": "network"})


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (None, PUBLIC, "report.published"),
        (None, NETWORK, None),
        (NETWORK, None, None),
        (NETWORK, PUBLIC, "report.published"),
        (PUBLIC, NETWORK, "report.withdrawn"),
        (PUBLIC, None, "report.withdrawn"),
        (PUBLIC, replace(PUBLIC, answers={**PUBLIC.answers, "title": "Café"}), "report.corrected"),
        (PUBLIC, replace(PUBLIC, call="inclusion"), "report.corrected"),
        (PUBLIC, replace(PUBLIC, confirmed_at=NOW + timedelta(days=90)), None),
        (PUBLIC, replace(PUBLIC, revision=2, changed_at=NOW + timedelta(days=1)), None),
    ],
)
def test_what_the_public_sees_decides(before: Initiative | None, after: Initiative | None, event: str | None) -> None:
    assert event_of(Appearance("r1", before, after)) == event
