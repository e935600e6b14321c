"""Files from strangers (contract C8): each is refused with its name, what is wrong and a way out."""

from __future__ import annotations

import bz2
import gzip
import itertools
import json
import resource
import struct
import zlib
from typing import TYPE_CHECKING

import osmium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import MapError
from simulation.maps import features, source
from simulation.maps.area import read_area
from simulation.maps.osm import import_osm
from tests.maps.osm_text import one_street

if TYPE_CHECKING:
    from pathlib import Path

GOOD = one_street().text()
HEAD = b'<?xml version="1.0"?><osm version="0.6">'
BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + GOOD[38:]


def node(lat: str, lon: str = "5.9", number: str = "1") -> bytes:
    return HEAD + f'<node id="{number}" lat="{lat}" lon="{lon}"/></osm>'.encode()


@pytest.fixture
def pbf(tmp_path: Path) -> bytes:
    """Give the good map as PBF."""
    plain, packed = tmp_path / "good.osm", tmp_path / "good.osm.pbf"
    plain.write_bytes(GOOD)
    with osmium.SimpleWriter(str(packed)) as writer:
        for thing in osmium.FileProcessor(str(plain)):
            writer.add(thing)
    return packed.read_bytes()


@pytest.mark.parametrize("pack", [bytes, bz2.compress, gzip.compress], ids=["plain", "bz2", "gz"])
def test_the_same_map_comes_out_of_every_packing(pack: type[bytes], tmp_path: Path, pbf: bytes) -> None:
    for name, content in (("a.osm", pack(GOOD)), ("b.osm", pbf)):
        (tmp_path / name).write_bytes(content)
        assert import_osm(tmp_path / name).texts == import_osm(GOOD).texts


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (GOOD[:-30], "cannot be read as OpenStreetMap data"),
        (bz2.compress(GOOD)[:-20], "is cut short"),
        (gzip.compress(GOOD)[:-20], "is cut short"),
        (bz2.compress(GOOD)[:40] + b"\x00" * 40 + bz2.compress(GOOD)[80:], "is damaged"),
        (gzip.compress(GOOD)[:40] + b"\x00" * 40 + gzip.compress(GOOD)[80:], "is damaged"),
        (b"a,b,c\n1,2,3\n", "is neither XML nor OpenStreetMap PBF"),
        (b'{"elements": []}', "holds JSON"),
        (b"<!doctype html><html><body>Too many requests</body></html>", "is a web page"),
        (b"<gpx></gpx>", "is XML with root <gpx>"),
        (BOMB, "declares a DOCTYPE or entities"),
        (bz2.compress(BOMB), "declares a DOCTYPE or entities"),
        (HEAD + b"<!--" + b" " * (2 << 20) + b"-->" + b"<!ENTITY x 'y'></osm>", "declares a DOCTYPE or entities"),
        (GOOD.decode().encode("utf-16"), "is neither text in UTF-8"),
        (GOOD.replace(b"UTF-8", b"UTF-7"), "is XML in UTF-7"),
        (HEAD + b"<node " + b"a" * (6 << 20), "has a tag longer than"),
        (HEAD + b'<node id="1" lat="1" lon="1"><tag k="name" v="' + b"a" * 1_000_000 + b'"/></node></osm>', "too long"),
        (HEAD + b"<a>" * 100_000, "nested too deep"),
        (node("52", number="9" * 25), "illegal id"),
        (node("nan"), "wrong format for coordinate"),
        (node("52", lon="5000"), "wrong format for coordinate"),
        (GOOD.replace(b"Dorps", b"Dorps&#1;"), "invalid character"),
        (GOOD.replace(b"Dorps", b"Dorps\xff"), "not well-formed"),
        (b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18\x7f" + b"\x01\x02\x03", "is damaged or cut short"),
        (struct.pack(">I", 0x7FFF_FFFF) + b"OSMHeader", "is damaged or cut short"),
    ],
    ids=itertools.count(),
)
def test_what_is_no_sound_map_is_refused_by_name(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "from-a-stranger.osm"
    path.write_bytes(content)
    with pytest.raises(MapError, match=message) as caught:
        import_osm(path)
    (problem,) = caught.value.problems
    assert problem.file == "from-a-stranger.osm"


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MapError, match="does not exist"):
        import_osm(tmp_path / "nothing.osm")
    with pytest.raises(MapError, match="is a folder"):
        import_osm(tmp_path)


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress], ids=["bz2", "gz"])
def test_a_bomb_is_refused_before_it_fills_the_memory(pack: type[bytes], tmp_path: Path) -> None:
    path = tmp_path / "bomb.osm.bz2"
    path.write_bytes(pack(HEAD + b" <a/>" * 5_000_000))
    assert path.stat().st_size < 100_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(MapError, match="unpacks to more than 200 times its size"):
        import_osm(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16_000


def test_too_much_is_refused_also_when_it_is_hardly_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.osm"
    path.write_bytes(GOOD)
    monkeypatch.setattr(source, "MAX_PLAIN_BYTES", len(GOOD) - 1)
    with pytest.raises(MapError, match="unpacks to more than"):
        import_osm(path)
    monkeypatch.setattr(source, "MAX_FILE_BYTES", len(GOOD) - 1)
    with pytest.raises(MapError, match="is larger than"):
        import_osm(path)


@pytest.mark.parametrize("limit", ["MAX_NODES", "MAX_WAYS", "MAX_REFERENCES"])
def test_more_objects_than_fit_in_memory_are_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, limit, 1)
    with pytest.raises(MapError, match="has more than 1 "):
        import_osm(GOOD)


def test_a_pbf_blob_that_unpacks_to_far_more_is_refused(tmp_path: Path, pbf: bytes) -> None:
    packed = zlib.compress(bytes(3 << 20))
    blob = b"\x10" + varint(3 << 20) + b"\x1a" + varint(len(packed)) + packed
    header = b"\x0a\x07OSMData\x18" + varint(len(blob))
    path = tmp_path / "bomb.osm.pbf"
    path.write_bytes(pbf + struct.pack(">I", len(header)) + header + blob)
    with pytest.raises(MapError, match="unpacks to far more"):
        import_osm(path)


def varint(value: int) -> bytes:
    """Write a number as protobuf does."""
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.booleans())
def test_damaged_pbf_is_read_or_refused_but_never_anything_else(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, *, cut: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    packed = folder / "mother.osm.pbf"
    if not packed.exists():
        with osmium.SimpleWriter(str(packed)) as writer:
            for thing in osmium.FileProcessor(osmium.io.FileBuffer(GOOD, "osm")):
                writer.add(thing)
    content = bytearray(packed.read_bytes())
    place %= len(content)
    content[place] = byte
    path = folder / "damaged.osm.pbf"
    path.write_bytes(content[: place if cut else None])
    refusal, homes = "", 0
    try:
        homes = len(import_osm(path).homes.key)
    except MapError as error:
        refusal = str(error)
    assert homes or "damaged.osm.pbf: " in refusal


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,2,3,x", "is not four numbers"),
        ("5,52,4,53", "smaller numbers first"),
        ("nan,52,6,53", "smaller numbers first"),
        ("no-such.geojson", "no such area file"),
        ("a,b,c,no-such.geojson", "no such area file"),
        ("x" * 5000, "cannot be read"),
    ],
)
def test_a_box_that_makes_no_sense_is_refused(text: str, message: str) -> None:
    with pytest.raises(MapError, match=message):
        read_area(text)


SQUARE = [[5.89, 52.54], [5.91, 52.54], [5.91, 52.56], [5.89, 52.56], [5.89, 52.54]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not a GeoJSON polygon"),
        ("[" * 100_000, "is not a GeoJSON polygon"),
        ('{"type": "Point", "coordinates": [5, 52]}', "holds no polygon"),
        ('{"type": "Polygon", "coordinates": [[[5, 52], [6, NaN], [6, 53]]]}', "is not a GeoJSON polygon"),
        ('{"type": "Polygon", "coordinates": [[[5000, 52], [6, 52], [6, 53]]]}', "is not a GeoJSON polygon"),
        ('{"type": "Polygon", "coordinates": [[["a", "b"], [6, 52], [6, 53]]]}', "is not a GeoJSON polygon"),
        ('{"type": "Polygon", "coordinates": [[[5, 52], [6, 53], [6, 52], [5, 53], [5, 52]]]}', "unsound polygon"),
        ('{"type": "FeatureCollection", "features": []}', "holds no polygon"),
    ],
)
def test_an_area_file_that_makes_no_sense_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "area.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MapError, match=message):
        read_area(str(path))


@pytest.mark.parametrize("wrap", ["Polygon", "MultiPolygon", "Feature", "FeatureCollection"])
def test_an_area_may_be_any_sort_of_geojson_polygon(wrap: str, tmp_path: Path) -> None:
    polygon = {"type": "Polygon", "coordinates": [SQUARE]}
    forms = {
        "Polygon": polygon,
        "MultiPolygon": {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
        "Feature": {"type": "Feature", "properties": {}, "geometry": polygon},
        "FeatureCollection": {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": polygon}]},
    }
    path = tmp_path / "area.geojson"
    path.write_text(json.dumps(forms[wrap]), encoding="utf-8")
    area = read_area(str(path))
    assert area.shape.bounds == (5.89, 52.54, 5.91, 52.56)
    assert len(import_osm(GOOD, area=area).homes.key) == 1


def test_half_the_world_is_no_area() -> None:
    with pytest.raises(MapError, match="wide"):
        import_osm(GOOD, area=read_area("4,50,7,54"))
