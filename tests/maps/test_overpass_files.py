"""What Overpass says about its data, in the head and at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation.errors import MapError
from simulation.maps.osm import import_osm
from tests.maps.osm_services import REMARK, data
from tests.maps.osm_text import one_street

if TYPE_CHECKING:
    from pathlib import Path


def test_the_date_of_overpass_data_is_known(tmp_path: Path) -> None:
    (tmp_path / "saved.osm").write_bytes(data().body)
    assert import_osm(tmp_path / "saved.osm").about["source_date"] == "2026-11-20"
    assert import_osm(one_street().text()).about["source_date"] is None


def test_data_that_overpass_calls_incomplete_are_refused(tmp_path: Path) -> None:
    (tmp_path / "saved.osm").write_bytes(data(remark=REMARK).body)
    with pytest.raises(
        MapError, match=r"saved\.osm: is not whole, as Overpass remarks in it \(runtime error: Query timed out"
    ):
        import_osm(tmp_path / "saved.osm")
