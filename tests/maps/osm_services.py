"""A server on this machine that answers in the formats of Nominatim and Overpass, well or badly."""

from __future__ import annotations

import json
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.maps.osm_text import degrees, one_street

if TYPE_CHECKING:
    from collections.abc import Iterator

OVERPASS_HEAD = """<osm version="0.6" generator="Overpass API 0.7.62.1 084b4234">
<note>The data included in this document is from www.openstreetmap.org. The data is made available under ODbL.</note>
<meta osm_base="2026-11-20T12:34:56Z"/>
"""
REMARK = '<remark> runtime error: Query timed out in "query" at line 1 after 180 seconds. </remark>'


@dataclass
class Answer:
    """One answer; `length` is what it claims to be long, `after` an event to wait for first."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    after: threading.Event | None = None


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    fields: dict[str, list[str]]
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    """Gives the next answer of its server, the last one again and again."""

    server: Server

    def do_GET(self) -> None:
        self.reply("")

    def do_POST(self) -> None:
        self.reply(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def reply(self, form: str) -> None:
        parts = urlsplit(self.path)
        self.server.asked.append(Asked(parts.path, parse_qs(form or parts.query), dict(self.headers)))
        answers = self.server.answers[parts.path]
        answer = answers.popleft() if len(answers) > 1 else answers[0]
        if answer.after:
            answer.after.wait(30)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    """Both services in one: outlines at `/search`, data at `/api/interpreter`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.answers: dict[str, deque[Answer]] = {}
        self.find(places(place()))
        self.hold(data())

    def handle_error(self, *_: object) -> None:
        """Shrug when the other side has gone."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def find(self, *answers: Answer) -> None:
        self.answers["/search"] = deque(answers)

    def hold(self, *answers: Answer) -> None:
        self.answers["/api/interpreter"] = deque(answers)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


@contextmanager
def serving() -> Iterator[Server]:
    """Give a server while it runs."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ring(west_m: float, south_m: float, east_m: float, north_m: float) -> list[tuple[float, float]]:
    """Give a box as a closed ring of degrees."""
    corners = ((west_m, south_m), (east_m, south_m), (east_m, north_m), (west_m, north_m), (west_m, south_m))
    return [degrees(*corner) for corner in corners]


def place(**changes: Any) -> dict[str, Any]:
    """Give a place as Nominatim does, with the street of `one_street` in the middle."""
    return {
        "place_id": 87654,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "osm_type": "relation",
        "osm_id": 271828,
        "boundingbox": ["52.5472", "52.5527", "5.8955", "5.9059"],
        "lat": "52.55",
        "lon": "5.9",
        "class": "boundary",
        "type": "administrative",
        "place_rank": 20,
        "importance": 0.31,
        "addresstype": "suburb",
        "name": "Brunnepe",
        "display_name": "Brunnepe, Kampen, Overijssel, Nederland",
        "geojson": {"type": "Polygon", "coordinates": [ring(-300, -300, 400, 300)]},
        **changes,
    }


def places(*found: Any) -> Answer:
    """Give what Nominatim answers."""
    return Answer(json.dumps(found).encode(), headers={"Content-Type": "application/json; charset=utf-8"})


def data(*, remark: str = "") -> Answer:
    """Give what Overpass answers: one street with one house."""
    text = one_street().text().replace(b'<osm version="0.6">', OVERPASS_HEAD.encode())
    return Answer(text.replace(b"</osm>", f"{remark}\n</osm>\n".encode()), headers={"Content-Type": "application/osm3s+xml"})
