"""Ask a public service of OpenStreetMap over HTTP: politely, with patience up to a limit, believing nothing.

Volunteers run these services for everybody. So we say who we are, wait when we are asked to, and give up after a few tries.
What comes back is read within limits of size and time before anything else looks at it.
"""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import requests

from simulation import __version__
from simulation.errors import InputError, WorldError
from simulation.maps.texts import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    Tell = Callable[[str], None]

AGENT = f"boef-in-de-wijk/{__version__}"
HEADERS = {"User-Agent": AGENT, "Referer": AGENT, "Accept-Language": "nl, en"}
"""Who asks: the usage policies of both services want the name of the program, not that of its HTTP library."""

MAX_TRIES = 3
USUAL_WAIT_S = 20.0
MAX_WAIT_S = 60.0
"""A busy service is asked this often in all, after the wait it asks for, or the usual one; a longer wait is for the user."""

MAX_ANSWER_S = 600.0
"""Longest time that one answer may drip in, seconds."""

_BUSY = frozenset({requests.codes.too_many_requests, requests.codes.service_unavailable, requests.codes.gateway_timeout})
_STEP = 1 << 16
_WAY_OUT = (
    "To go on without it, save the place as a file (openstreetmap.org: Export; whole regions: download.geofabrik.de) and run\n"
    "boef map import FILE --area AREA --output OUTPUT"
)

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Service:
    """A service on the network.

    Parameters
    ----------
    name
        What people call it.
    url
        Its address, without the name of a request at the end.
    timeout_s
        How long it may be silent, seconds.
    max_bytes
        Longest answer that is read, after unpacking.
    """

    name: str
    url: str
    timeout_s: float
    max_bytes: int

    def __post_init__(self) -> None:
        """Refuse an address that is none."""
        try:
            parts = urlsplit(self.url)
            sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            sound = False
        if not sound:
            raise InputError(f"{self.url[:80]!r} is no address for {self.name}; give one such as https://example.org/api")

    def __str__(self) -> str:
        """Give its name and machine; the rest of its address may hold a password."""
        return f"{self.name} ({self.host})"

    @property
    def host(self) -> str:
        """The machine that it runs on."""
        return urlsplit(self.url).hostname or ""

    def failure(self, reason: str) -> WorldError:
        """Make the error that says what went wrong and how to go on with a file."""
        return WorldError(f"{self} {reason}.\n{_WAY_OUT}")

    def options(self, check: Callable[[bytes], object] = lambda _: None) -> dict[str, Any]:
        """Give what `requests` must be told so that every answer passes through our hands first.

        Parameters
        ----------
        check
            Raises when the answer makes no sense: an error of value, type, look-up, arithmetic or depth.
        """

        def receive(response: requests.Response, **_: object) -> requests.Response:
            return self._receive(response, check)

        # What somebody looks for goes to this service and is not taken along to another one.
        return {"stream": True, "allow_redirects": False, "hooks": {"response": receive}}

    def _receive(self, response: requests.Response, check: Callable[[bytes], object]) -> requests.Response:
        """Turn an answer into one that is read and sound, or raise."""
        status = f"{response.status_code} {clean_text(response.reason or '')[:60]}".strip()
        if response.status_code in _BUSY:
            raise _BusyError(status, _wait_s(response.headers.get("Retry-After", "")))
        if response.status_code != requests.codes.ok:
            raise self.failure(f"refused: it answered {status}")
        body = self._read(response)
        try:
            check(body)
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
            raise self.failure("gave an answer that makes no sense") from error
        return _answer(response, body)

    def _read(self, response: requests.Response) -> bytes:
        """Read an answer within the limits."""
        body = bytearray()
        started = time.monotonic()
        try:
            for step in response.iter_content(_STEP):
                body += step
                if len(body) > self.max_bytes:
                    raise self.failure(f"gave more than {self.max_bytes >> 20} MiB; a smaller place may fit")
                if time.monotonic() - started > MAX_ANSWER_S:
                    raise self.failure(f"was not done with its answer after {MAX_ANSWER_S / 60:.0f} minutes")
        except requests.RequestException as error:
            raise self.failure("broke off in the middle of its answer") from error
        return bytes(body)


def _answer(response: requests.Response, body: bytes) -> requests.Response:
    """Make a response of what was read of another."""
    answer = requests.Response()
    answer.status_code, answer.url, answer.encoding, answer.raw = response.status_code, response.url, "utf-8", io.BytesIO(body)
    return answer


class _BusyError(Exception):
    """A service is busy, and wants to be asked again after some seconds."""

    def __init__(self, status: str, wait_s: float) -> None:
        super().__init__(status, wait_s)
        self.status, self.wait_s = status, wait_s


def _wait_s(retry_after: str) -> float:
    """Read a `Retry-After` header: seconds, or the moment until which to wait."""
    if retry_after.isdecimal() and retry_after.isascii():
        return float(retry_after[:9])
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return USUAL_WAIT_S
    return max((until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(tz=UTC)).total_seconds(), 0.0)


def ask(service: Service, send: Callable[[], Answer], tell: Tell) -> Answer:
    """Send a request, again when the service is busy.

    Parameters
    ----------
    service
        Whom to ask.
    send
        Sends the request, with `Service.options`, and gives what came of it.
    tell
        Is told when we have to wait.

    Raises
    ------
    WorldError
        It cannot be reached, is too busy, or its answer is refused.
    """
    tries = 0
    while True:
        tries += 1
        try:
            return send()
        except _BusyError as busy:
            if busy.wait_s > MAX_WAIT_S:
                raise service.failure(f"is busy ({busy.status}), for another {busy.wait_s / 60:.0f} minutes") from busy
            if tries == MAX_TRIES:
                raise service.failure(f"is busy ({busy.status}), also at try {tries}") from busy
            tell(f"{service} is busy; asking again in {busy.wait_s:.0f} s")
            time.sleep(busy.wait_s)
        except requests.RequestException as error:
            raise service.failure(_reason(service, error)) from error


def _reason(service: Service, error: requests.RequestException) -> str:
    """Say why no answer came; the text of the error itself would repeat what was asked."""
    if isinstance(error, requests.exceptions.SSLError):
        return "shows no certificate that can be trusted"
    if isinstance(error, requests.exceptions.ProxyError):
        return "cannot be reached through the proxy"
    if isinstance(error, requests.ConnectTimeout | requests.ReadTimeout):
        return f"did not answer within {service.timeout_s:.0f} s"
    return "cannot be reached"
