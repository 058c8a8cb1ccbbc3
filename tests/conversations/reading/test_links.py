"""Addresses of web pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.links import read_links


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://bib.example.dk", ("https://bib.example.dk",)),
        ("http://bib.example.dk/cafe?x=1&y=2#z", ("http://bib.example.dk/cafe?x=1&y=2#z",)),
        ("www.bib.example.dk/y", ("https://www.bib.example.dk/y",)),
        ("bib.odense.dk", ("https://bib.odense.dk",)),
        ("knjiznica.si/dogodki", ("https://knjiznica.si/dogodki",)),
        ("Læs mere på www.bib.dk.", ("https://www.bib.dk",)),
        ("(se https://bib.dk/cafe)", ("https://bib.dk/cafe",)),
        ("https://sl.wikipedia.org/wiki/Ptuj_(mesto)", ("https://sl.wikipedia.org/wiki/Ptuj_(mesto)",)),
        ("<https://bib.dk>", ("https://bib.dk",)),
        ("»www.bib.dk«", ("https://www.bib.dk",)),
        ("https://a.dk, https://b.si;\nc.eu", ("https://a.dk", "https://b.si", "https://c.eu")),
        ("https://a.dk https://a.dk", ("https://a.dk",)),
        ("HTTPS://Bib.DK/Sti", ("https://bib.dk/Sti",)),
        ("https://bib.dk:8443/x", ("https://bib.dk:8443/x",)),
        ("https://børnebiblioteket.dk/læs", ("https://børnebiblioteket.dk/læs",)),
        ("https://knjižnica.si/branje/š", ("https://knjižnica.si/branje/š",)),
        ("https://xn--brnebiblioteket-1tb.dk", ("https://xn--brnebiblioteket-1tb.dk",)),
        ("https://bib.dk/@kanal", ("https://bib.dk/@kanal",)),
        ("https://bib.dk/a%20b", ("https://bib.dk/a%20b",)),
        ("Skriv til anna@bib.dk eller se bib.dk", ("https://bib.dk",)),
    ],
)
def test_links(text: str, links: tuple[str, ...]) -> None:
    assert read_links(text) == links


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nej",
        "f.eks. bl.a. og m.fl.",
        "anna@bib.dk",
        "3.8.2026",
        "Slut.Ny sætning",
        "ftp://bib.dk/fil",
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://bib.dk",
        "data:text/html,hej",
        "tg://resolve?domain=x",
        "https://navn:kode@bib.dk",
        "https://bib.dk@ond.dk",
        "https://",
        "https://bib",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[bib.dk",
        "https://bib.dk:99999/",
        "https://bib.dk:x/",
        "https://bib..dk",
        "https://-bib.dk",
        "https://bib.dk/<script>",
        'https://bib.dk/"onclick=',
        "https://bib.dk/a\\b",
        "https:///bib.dk",
        "https://bib.dk/" + "x" * 2_000,
        "https://bib.dk og ftp://bib.dk",
        "https://a.dk%00.b.dk",
    ],
)
def test_what_must_not_be_shown_as_a_link(text: str) -> None:
    assert read_links(text) is None


@given(st.text() | st.text(alphabet='htps:/.@w bibdk[]()%#?&0<"').map(lambda rest: f"https://{rest}"))
def test_any_text_can_be_read(text: str) -> None:
    for link in read_links(text) or ():
        assert link.startswith(("https://", "http://"))
        assert not set(link) & set(" \n\"'<>\\")
        assert read_links(link) == (link,)
