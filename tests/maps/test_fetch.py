"""`boef map fetch` against a server on this machine: what it asks, what it makes of the answer, and how it fails."""

from __future__ import annotations

import bz2
import dataclasses
import re
import time
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import numpy as np
import osmnx
import pytest
import shapely

from simulation.errors import WorldError
from simulation.maps import fetch
from simulation.maps.area import Area
from simulation.maps.fetch import fetch_map, overpass_query
from simulation.maps.osm import import_osm
from simulation.maps.pinned import read_map
from tests.command_line import boef
from tests.maps.osm_services import OVERPASS_HEAD, REMARK, Answer, Server, data, place, places, ring, serving
from tests.maps.osm_text import EXTRACTS, degrees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILTER = re.compile(r'(\w+)((?:\["[^]]+\])+)\(poly:"([^"]*)"\);')
CONDITION = re.compile(r'\["([^"]+)"(?:(=|~)"([^"]+)")?\]')


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait."""
    monkeypatch.setattr(time, "sleep", lambda _: None)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fetched(server: Server, name: str = "Brunnepe, Kampen") -> Any:
    """Run the command against the server."""
    return boef("map", "fetch", name, "--nominatim", server.url, "--overpass", f"{server.url}/api/", "--output", "x.map")


def failed(server: Server, code: int, name: str = "Brunnepe, Kampen") -> str:
    """Run the command, which must fail well, and give the message that it ends with."""
    result = fetched(server, name)
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) <= 8
    return result.stderr


def test_a_place_becomes_a_map_that_says_where_it_came_from(server: Server, folder: Path) -> None:
    result = fetched(server)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("Made x.map: 1 homes, digest ")
    assert result.stderr.startswith("Found Brunnepe, Kampen, Overijssel, Nederland (0.4 km²); asking Overpass (127.0.0.1)")
    assert [path.name for path in folder.iterdir()] == ["x.map"]
    street_map = read_map(folder / "x.map")
    about = street_map.about
    assert (about["title"], about["source"]) == ("Brunnepe, Kampen, Overijssel, Nederland", "Overpass (127.0.0.1)")
    assert (about["source_date"], about["attribution"]) == ("2026-11-20", "© OpenStreetMap contributors, ODbL")
    assert about["fetched"] == {
        "place": "Brunnepe, Kampen",
        "found": "Brunnepe, Kampen, Overijssel, Nederland",
        "osm": "relation 271828",
        "geocoder": "127.0.0.1",
        "service": "127.0.0.1",
        "data_of": "2026-11-20T12:34:56Z",
    }
    assert about["report"]["area"]["origin"] == "Brunnepe, Kampen, Overijssel, Nederland"
    assert street_map.sight is not None


def test_each_service_is_asked_once_and_knows_who_asks(server: Server) -> None:
    assert fetched(server).exit_code == 0
    assert server.paths() == ["/search", "/api/interpreter"]
    outline, streets = server.asked
    assert outline.fields["q"] == ["Brunnepe, Kampen"]
    assert outline.fields["polygon_geojson"] == ["1"]
    assert "Brunnepe" not in str(streets.fields)
    assert streets.fields["data"][0].startswith("[out:xml][timeout:180]")
    for asked in server.asked:
        headers = {name.lower(): value for name, value in asked.headers.items()}
        assert headers["user-agent"] == headers["referer"]
        assert headers["user-agent"].startswith("boef-in-de-wijk/")


def test_the_servers_can_be_named_in_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOEF_NOMINATIM_URL", server.url)
    monkeypatch.setenv("BOEF_OVERPASS_URL", f"{server.url}/api")
    assert boef("map", "fetch", "Brunnepe", "--output", "x.map").exit_code == 0


def test_the_settings_of_osmnx_are_left_as_they_were(server: Server) -> None:
    before = {name: value for name, value in vars(osmnx.settings).items() if not name.startswith("_")}
    fetch_map("Brunnepe", server.url, f"{server.url}/api")
    assert {name: vars(osmnx.settings)[name] for name in before} == before


def test_a_busy_service_is_waited_for_and_the_user_told(server: Server) -> None:
    server.hold(Answer(status=429), Answer(status=504), data())
    server.find(Answer(status=503, headers={"Retry-After": "3"}), places(place()))
    result = fetched(server)
    assert result.exit_code == 0
    assert [line.split("; ")[-1] for line in result.stderr.splitlines() if "busy" in line] == [
        f"asking again in {seconds} s" for seconds in (3, 20, 20)
    ]


OUTSIDE = {
    "busy outlines": (Answer(status=429), None, "Nominatim (127.0.0.1) is busy"),
    "busy data": (None, Answer(status=504), "Overpass (127.0.0.1) is busy"),
    "refused outlines": (Answer(status=403), None, "Nominatim (127.0.0.1) refused: it answered 403 Forbidden"),
    "refused data": (None, Answer(status=400), "Overpass (127.0.0.1) refused: it answered 400 Bad Request"),
    "empty outlines": (Answer(), None, "makes no sense"),
    "empty data": (None, Answer(), "gave an answer that is empty"),
    "nothing there": (None, Answer(OVERPASS_HEAD.encode() + b"</osm>"), "has no data there at all"),
    "half outlines": (Answer(b'[{"place_id": 1', length=500), None, "broke off in the middle"),
    "cut outlines": (Answer(b'[{"place_id": 1'), None, "makes no sense"),
    "half data": (None, Answer(data().body[:400], length=5000), "broke off in the middle"),
    "cut data": (None, Answer(data().body[:-40]), "broke off in the middle"),
    "out of time": (None, data(remark=REMARK), "is not whole, as Overpass remarks in it (runtime error: Query timed out"),
    "a page for outlines": (Answer(b"<html><body>Log in to the wifi</body></html>"), None, "makes no sense"),
    "a page for data": (None, Answer(b"<!doctype html><html></html>"), "gave an answer that"),
    "JSON for data": (None, Answer(b'{"elements": []}'), "holds JSON"),
    "broken data": (None, Answer(OVERPASS_HEAD.encode() + b"<node id='a'></osm>"), "cannot be read as OpenStreetMap data"),
    "an entity": (None, Answer(b'<?xml version="1.0"?><!DOCTYPE a><osm version="0.6"></osm>'), "declares a DOCTYPE"),
    "no list": (Answer(b'{"error": "no"}'), None, "makes no sense"),
    "an odd list": (Answer(b"[1, 2]"), None, "makes no sense"),
    "deep": (Answer(b"[" * 100_000), None, "makes no sense"),
    "no outline": (places({key: value for key, value in place().items() if key != "geojson"}), None, "makes no sense"),
    "odd corners": (places(place(geojson={"type": "Polygon", "coordinates": [["a", "b"]]})), None, "makes no sense"),
    "off the earth": (
        places(place(geojson={"type": "Polygon", "coordinates": [[[0, 0], [500, 0], [0, 500], [0, 0]]]})),
        None,
        "makes no sense",
    ),
    "no number": (
        Answer(places(place()).body.replace(b"5.89", b"1e999")),
        None,
        "makes no sense",
    ),
    "a text for an outline": (places(place(geojson="Polygon")), None, "makes no sense"),
    "no kind": (places(place(geojson={"type": "Blob", "coordinates": [1, 2]})), None, "makes no sense"),
    "no corners": (places(place(geojson={"type": "Polygon", "coordinates": []})), None, "makes no sense"),
}


@pytest.mark.parametrize("case", OUTSIDE)
def test_a_failing_service_is_the_outside_world_and_a_file_is_the_way_on(server: Server, folder: Path, case: str) -> None:
    outlines, streets, words = OUTSIDE[case]
    if outlines:
        server.find(outlines)
    if streets:
        server.hold(streets)
    message = failed(server, 3)
    assert words in message
    assert message.splitlines()[-1] == "boef map import FILE --area AREA --output OUTPUT"
    assert list(folder.iterdir()) == []


def test_no_network_is_the_outside_world() -> None:
    with serving() as gone:
        pass
    assert failed(gone, 3).startswith("Nominatim (127.0.0.1) cannot be reached.\nTo go on without it")


def test_an_answer_that_is_too_long_is_not_read(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_ANSWER_BYTES", 100)
    assert "Overpass (127.0.0.1) gave more than" in failed(server, 3)


def square(side_m: float) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring(0, 0, side_m, side_m)]}


USER = {
    "unknown": (places(), "knows no place 'Brunnepe, Kampen'"),
    "a point": (places(place(geojson={"type": "Point", "coordinates": [5.9, 52.55]})), "is a point or a line on the map"),
    "a line": (
        places(place(geojson={"type": "LineString", "coordinates": [[5.9, 52.55], [5.91, 52.55]]})),
        "a point or a line",
    ),
    "no surface": (
        places(place(geojson={"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52], [5, 52], [5, 52]]]})),
        "a point or a line",
    ),
    "too large": (places(place(geojson=square(8000))), "is 64 km² and 8 km wide; at most 50 km² and 30 km"),
    "too long": (
        places(place(geojson={"type": "Polygon", "coordinates": [ring(0, 0, 40_000, 100)]})),
        "is 4 km² and 40 km wide",
    ),
    "scattered": (
        places(place(geojson={"type": "MultiPolygon", "coordinates": [[ring(0, 0, 9000, 9)], [ring(0, 8000, 9000, 8009)]]})),
        "is 72 km²",
    ),
}


@pytest.mark.parametrize("case", USER)
def test_a_place_that_will_not_do_is_refused_before_any_data_are_asked_for(server: Server, folder: Path, case: str) -> None:
    answer, words = USER[case]
    server.find(answer)
    assert words in failed(server, 2)
    assert server.paths() == ["/search"]
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201])
def test_what_is_no_name_is_not_asked(server: Server, name: str) -> None:
    assert "is no name of a place" in failed(server, 2, name)
    assert server.paths() == []


def test_what_is_in_the_way_is_told_before_anybody_is_asked(server: Server, folder: Path) -> None:
    (folder / "x.map").write_text("mine", encoding="utf-8")
    assert "exists already" in failed(server, 2)
    assert server.paths() == []


def test_a_place_without_homes_is_the_mistake_of_the_user(server: Server) -> None:
    server.find(places(place(geojson={"type": "Polygon", "coordinates": [ring(-300, -300, 50, 300)]})))
    assert "the data of Brunnepe, Kampen, Overijssel, Nederland: has no address near a street" in failed(server, 2)


def test_the_most_important_place_with_an_outline_is_taken_and_mended(server: Server) -> None:
    bow = [degrees(*corner) for corner in ((-300, -300), (400, 300), (400, -300), (-300, 300), (-300, -300))]
    point = {"type": "Point", "coordinates": [5.9, 52.55]}
    found = (
        place(importance=0.1, display_name="The least"),
        place(importance=0.9, display_name="A point", geojson=point),
        place(importance=0.5, display_name="A bow\u202e\x1b[2J", geojson={"type": "Polygon", "coordinates": [bow]}),
    )
    server.find(places(*found))
    street_map = fetch_map("x", server.url, f"{server.url}/api")
    assert street_map.about["title"] == "A bow[2J"
    assert street_map.about["report"]["area"]["polygons"] == 2


Row = tuple[str, list[tuple[str, str, str]], str]


def rows(query: str) -> list[Row]:
    """Take a query to pieces: kind of object, conditions on its tags, ring."""
    return [(kind, CONDITION.findall(conditions), corners) for kind, conditions, corners in FILTER.findall(query)]


def test_the_ring_is_wide_enough_and_has_few_corners() -> None:
    wavy = shapely.Point(5.9, 52.55).buffer(0.01, quad_segs=500)
    query = overpass_query(Area(wavy, "test"))
    assert len(query) < 30_000
    (corners,) = {corners for _, _, corners in rows(query)}
    numbers = np.array(corners.split(), float).reshape(-1, 2)
    metres = shapely.Polygon(numbers[:, ::-1] * (67_700, 111_320))
    around = shapely.transform(wavy, lambda degree: degree * (67_700, 111_320)).buffer(150)
    assert metres.contains(around.buffer(-1))
    assert metres.area < 1.1 * around.area


def wanted(element: ET.Element, query: list[Row]) -> bool:
    """Whether Overpass would pick an object, its place left aside."""
    tags = {tag.get("k", ""): tag.get("v", "") for tag in element.iter("tag")}

    def fits(key: str, operator: str, value: str) -> bool:
        if operator == "~":
            return bool(re.search(value, tags.get(key, "")))
        return tags.get(key) == value if operator else key in tags

    kinds = {"nwr": ("node", "way", "relation"), "wr": ("way", "relation")}
    return any(
        element.tag in kinds.get(kind, (kind,)) and all(fits(*condition) for condition in conditions)
        for kind, conditions, _ in query
    )


def picked(text: bytes) -> bytes:
    """Give of some data what Overpass would, with the parts of what it picks; everything lies within the ring."""
    query = rows(overpass_query(Area(shapely.box(5.89, 52.54, 5.91, 52.56), "test")))
    root = ET.fromstring(text)
    everything = {(element.tag, element.get("id")): element for element in root if element.get("id")}
    kept: dict[tuple[str, str | None], ET.Element] = {}
    queue = [element for element in everything.values() if wanted(element, query)]
    while queue:
        element = queue.pop()
        kept[element.tag, element.get("id")] = element
        parts = [("node", part.get("ref")) for part in element.iter("nd")]
        parts += [(part.get("type", ""), part.get("ref")) for part in element.iter("member")]
        queue += [everything[part] for part in parts if part in everything and part not in kept]
    for element in [element for element in root if (element.tag, element.get("id")) not in kept and element.get("id")]:
        root.remove(element)
    return ET.tostring(root)


@pytest.mark.skipif(not EXTRACTS.is_dir(), reason=f"no extracts in {EXTRACTS}")
def test_all_that_a_map_is_made_of_is_asked_for() -> None:
    text = bz2.decompress((EXTRACTS / "amsterdam-centrum.osm.bz2").read_bytes())
    whole, part = import_osm(text), import_osm(picked(text))
    assert part.about["report"]["objects"]["in_file"] < whole.about["report"]["objects"]["in_file"]
    assert part.texts == whole.texts
    for name in ("streets", "homes", "buildings", "water", "places"):
        for field in dataclasses.fields(getattr(whole, name)):
            np.testing.assert_array_equal(getattr(getattr(part, name), field.name), getattr(getattr(whole, name), field.name))


def test_from_python_a_failure_is_an_error_of_ours(server: Server) -> None:
    server.find(Answer(status=500))
    with pytest.raises(WorldError):
        fetch_map("Brunnepe", server.url, server.url)
    assert server.paths() == ["/search"]
