"""Asking a service: patience and its limits, and what is never believed."""

from __future__ import annotations

import gzip
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest
import requests

from simulation.errors import InputError, WorldError
from simulation.maps import services
from simulation.maps.services import HEADERS, MAX_TRIES, USUAL_WAIT_S, Service, ask
from tests.maps.osm_services import Answer, Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY = Answer(b"<html>busy</html>", 429)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Note waits instead of waiting."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    return waits


def asked(server: Server, told: list[str] | None = None, **limits: float) -> bytes:
    """Ask the server for outlines."""
    service = Service("Outlines", server.url, limits.get("timeout_s", 20.0), int(limits.get("max_bytes", 1000)))

    def send() -> bytes:
        options = service.options(lambda body: body.decode())
        return requests.get(f"{service.url}/search", headers=HEADERS, timeout=service.timeout_s, **options).content

    return ask(service, send, (told if told is not None else []).append)


def test_an_answer_comes_through_and_we_say_who_asks(server: Server) -> None:
    server.find(Answer(gzip.compress(b"fine"), headers={"Content-Encoding": "gzip"}))
    assert asked(server) == b"fine"
    assert server.asked[0].headers["User-Agent"].startswith("boef-in-de-wijk/")


@pytest.mark.parametrize("status", [429, 503, 504])
def test_a_busy_service_is_asked_again_after_the_wait_it_wants(server: Server, waited: list[float], status: int) -> None:
    server.find(Answer(status=status, headers={"Retry-After": "7"}), Answer(b"fine"))
    told: list[str] = []
    assert asked(server, told) == b"fine"
    assert waited == [7]
    assert told == ["Outlines (127.0.0.1) is busy; asking again in 7 s"]


def test_a_wait_may_be_a_moment_or_unknown(server: Server, waited: list[float]) -> None:
    until = datetime.now(tz=UTC) + timedelta(seconds=40)
    odd = [Answer(status=429, headers={"Retry-After": format_datetime(until, usegmt=True)}), Answer(status=429)]
    server.find(*odd, Answer(b"fine"))
    assert asked(server) == b"fine"
    assert 30 < waited[0] <= 40
    assert waited[1] == USUAL_WAIT_S


@pytest.mark.parametrize("header", ["soon", "-5", "1e9", "²", "Wed, 99 Nov 2026 00:00:00 GMT"])
def test_a_wait_that_makes_no_sense_is_the_usual_one(server: Server, waited: list[float], header: str) -> None:
    server.find(Answer(status=429, headers={"Retry-After": header.encode().decode("latin-1")}), Answer(b"fine"))
    assert asked(server) == b"fine"
    assert waited == [USUAL_WAIT_S]


def test_patience_ends(server: Server, waited: list[float]) -> None:
    server.find(BUSY)
    with pytest.raises(WorldError, match=r"is busy \(429 Too Many Requests\), also at try 3\.\nTo go on without it"):
        asked(server)
    assert (len(server.asked), waited) == (MAX_TRIES, [USUAL_WAIT_S] * (MAX_TRIES - 1))


def test_a_long_wait_is_left_to_the_user(server: Server, waited: list[float]) -> None:
    server.find(Answer(status=503, headers={"Retry-After": "3600"}))
    with pytest.raises(WorldError, match=r"is busy .*, for another 60 minutes"):
        asked(server)
    assert (len(server.asked), waited) == (1, [])


@pytest.mark.parametrize(("status", "words"), [(400, "400 Bad Request"), (403, "403 Forbidden"), (500, "500"), (204, "204")])
def test_any_other_answer_is_a_refusal(server: Server, status: int, words: str) -> None:
    server.find(Answer(status=status))
    with pytest.raises(WorldError, match=f"refused: it answered {words}"):
        asked(server)


def test_a_question_is_not_taken_along_to_another_machine(server: Server) -> None:
    with serving() as other:
        server.find(Answer(status=302, headers={"Location": f"{other.url}/search"}))
        with pytest.raises(WorldError, match="answered 302"):
            asked(server)
        assert other.asked == []


def test_too_much_is_not_read_also_when_it_is_packed(server: Server) -> None:
    for answer in (Answer(b"x" * 2000), Answer(gzip.compress(b"x" * 50_000_000), headers={"Content-Encoding": "gzip"})):
        server.find(answer)
        with pytest.raises(WorldError, match="gave more than 0 MiB"):
            asked(server)


def test_an_answer_that_takes_for_ever_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MAX_ANSWER_S", -1.0)
    with pytest.raises(WorldError, match="was not done with its answer"):
        asked(server, max_bytes=10_000)


def test_half_an_answer_is_told(server: Server) -> None:
    for answer in (Answer(b"half", length=1000), Answer(b"no gzip", headers={"Content-Encoding": "gzip"})):
        server.find(answer)
        with pytest.raises(WorldError, match="broke off in the middle of its answer"):
            asked(server)


def test_an_answer_that_fails_its_check_makes_no_sense(server: Server) -> None:
    server.find(Answer(b"\xff\xfe"))
    with pytest.raises(WorldError, match="makes no sense"):
        asked(server)


def test_silence_ends(server: Server) -> None:
    done = threading.Event()
    server.find(Answer(after=done))
    try:
        with pytest.raises(WorldError, match="did not answer within 0 s"):
            asked(server, timeout_s=0.2)
    finally:
        done.set()


def test_nobody_there() -> None:
    with serving() as gone:
        pass
    with pytest.raises(WorldError, match=r"Outlines \(127\.0\.0\.1\) cannot be reached"):
        asked(gone)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (requests.exceptions.SSLError(), "no certificate that can be trusted"),
        (requests.exceptions.ProxyError(), "cannot be reached through the proxy"),
        (requests.exceptions.ConnectTimeout(), "did not answer within 5 s"),
        (requests.exceptions.ConnectionError("http://a/search?q=secret"), "cannot be reached"),
    ],
)
def test_why_no_answer_came_is_told_without_the_question(error: Exception, words: str) -> None:
    def send() -> None:
        raise error

    with pytest.raises(WorldError, match=words) as caught:
        ask(Service("A", "http://a", 5, 1), send, lambda _: None)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "a", "ftp://a", "http://", "http://[", "http://a:b", "file:///etc/passwd", "http://a:0"])
def test_an_address_that_is_none_is_the_mistake_of_the_user(url: str) -> None:
    with pytest.raises(InputError, match="is no address for A"):
        Service("A", url, 1, 1)


def test_a_password_in_an_address_is_not_told() -> None:
    service = Service("A", "https://me:secret@example.org/api", 1, 1)
    assert "secret" not in str(service.failure("failed"))
    assert str(service) == "A (example.org)"
