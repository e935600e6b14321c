"""Evenings in which much happens, for tests of what people do in them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from simulation.people.network import Network
from simulation.scenario.model import Hint, Players, Structure, Suspect
from tests.worlds import evening, made_neighbourhood, play_all

if TYPE_CHECKING:
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

MAP = made_neighbourhood()
NETWORK = Network(MAP)
KEEN = {
    "p_notice_walker": 0.9,
    "p_challenge_player": 1.0,
    "p_report_player": 1.0,
    "p_go_out_player": 1.0,
    "p_go_out_ordinary": 0.5,
    "p_household_member": 0.7,
}
TWO = (
    Suspect(name="Rood", description={"upper": "rood", "sex": "man"}),
    Suspect(name="Blauw", description={"upper": "blauw", "bag": "zwart"}),
)
HINTS = (
    Hint(at_s=0.0, tell=("upper",)),
    Hint(at_s=300.0, where=True),
    Hint(at_s=600.0, tell=("photo",)),
    Hint(at_s=900.0, tell=("sex",), where=True),
)
SEEDS = range(4)


def lively(parameters: dict[str, float] | None = None, **game: Any) -> Scenario:
    """Give an evening after two suspects with many keen players."""
    usual = {"suspects": TWO, "duration_s": 1800.0, "stop": "time"}
    return evening(
        {**KEEN, **(parameters or {})},
        game={**usual, **game},
        players=Players(share=0.25, know=("upper",)),
        structure=Structure(id="single-group"),
    )


@cache
def played(stop: str = "time", on_found: str = "leaves") -> list[Trace]:
    return play_all(lively(stop=stop, on_found=on_found), MAP, SEEDS)


def pick(trace: Trace, *kinds: str) -> list[Record]:
    return [record for record in trace.records if record.kind in kinds]


@cache
def hinted() -> list[Trace]:
    return play_all(lively({"p_challenge_player": 0.0}, hints=HINTS, duration_s=1000.0), MAP, range(2))
