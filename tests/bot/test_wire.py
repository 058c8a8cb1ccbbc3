"""Answers of HTTP/1.1, in whichever pieces they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wire import Answer, AnswerReader, Malformed, TooLarge

MOST = 100

PLAIN = b"HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = (
    b"HTTP/1.1 400 Bad Request\r\ntransfer-encoding: Chunked\r\n\r\n"
    b"3\r\nhel\r\n2;why=not\r\nlo\r\n0\r\nExpires: never\r\n\r\n"
)
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\n" + PLAIN


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (PLAIN, Answer(200, b"hello", last=False)),
        (CHUNKED, Answer(400, b"hello", last=False)),
        (CHUNKED.replace(b"Expires: never\r\n", b""), Answer(400, b"hello", last=False)),
        (INTERIM, Answer(200, b"hello", last=False)),
        (PLAIN.replace(b"Server: x", b"connection: Close"), Answer(200, b"hello", last=True)),
        (PLAIN.replace(b"1.1", b"1.0"), Answer(200, b"hello", last=True)),
        (b"HTTP/1.1 204\r\n\r\n", Answer(204, b"", last=False)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Answer(200, b"", last=False)),
    ],
)
@given(data=st.data())
def test_an_answer_is_the_same_however_it_is_cut(data: st.DataObject, sent: bytes, answer: Answer) -> None:
    reader = AnswerReader(MOST)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1))))
    pieces = [sent[start:end] for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    *unfinished, last = [reader.feed(piece) for piece in pieces]
    assert unfinished == [None] * len(unfinished)
    assert last == answer


def test_an_answer_without_a_length_lasts_until_the_end() -> None:
    reader = AnswerReader(MOST)
    assert reader.feed(b"HTTP/1.1 200 OK\r\n\r\nhel") is None
    assert reader.feed(b"lo") is None
    assert reader.end() == Answer(200, b"hello", last=True)


@pytest.mark.parametrize("cut", [PLAIN[:-1], CHUNKED[:-1], PLAIN[:10], b""])
def test_an_answer_that_breaks_off_is_none(cut: bytes) -> None:
    reader = AnswerReader(MOST)
    assert reader.feed(cut) is None
    assert reader.end() is None


def test_what_nobody_asked_for_ends_the_connection() -> None:
    assert AnswerReader(MOST).feed(PLAIN + PLAIN) == Answer(200, b"hello", last=True)


@pytest.mark.parametrize(
    "sent",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno header\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        b"H" * 70_000,
    ],
)
def test_what_is_no_answer_is_refused(sent: bytes) -> None:
    with pytest.raises(Malformed):
        AnswerReader(MOST).feed(sent)


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 101,
    ],
)
def test_an_answer_has_an_end(sent: bytes) -> None:
    with pytest.raises(TooLarge):
        AnswerReader(MOST).feed(sent)


@given(st.binary(max_size=200))
def test_no_bytes_are_too_strange(sent: bytes) -> None:
    reader = AnswerReader(MOST)
    try:
        reader.feed(b"HTTP/1.1 200 OK\r\n" + sent)
        reader.end()
    except (Malformed, TooLarge):
        pass
