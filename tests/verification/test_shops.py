"""Shopkeepers on one straight street: what they see, and how news passes between their group and the residents', by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pytest

from simulation.draws import stream_key, text_key, uniform
from simulation.scenario.model import Hint, Players, Structure
from tests.verification.lane import looks
from tests.verification.pencil import Pass, phone_checks, resident
from tests.verification.written import DURATION_S, STREETS, SURE, SUSPECT
from tests.worlds import House, evening, play_all, street_map, with_shops

if TYPE_CHECKING:
    from simulation.trace.log import Trace

HINT_S = 30.0
SHOP = (150.0, 8.0)
SHOPS = ("n9001/shopkeeper", "n9002/shopkeeper")
VALUES = SURE | {
    "p_shop_staffed": 1.0,
    "p_number_known": 1.0,
    "p_report_member": 1.0,
    "p_post_member": 1.0,
    "p_watch": 1.0,
    "p_watch_player": 1e-6,
    "p_ask_stranger": 0.0,
    "admins_per_group": 1.0,
    "read_delay_ordinary_median_s": 90.0,
    "read_delay_ordinary_sigma": 0.8,
}
"""Shopkeepers look out all the time, residents, who all play, hardly ever; each group has one administrator."""
HALVES = (House((150.0, 12.0), "Hofje", "1"), House((160.0, 12.0), "Hofje", "2"))
HALVES += (House((600.0, 12.0), "Plein", "1"), House((620.0, 12.0), "Plein", "2"))
SEEDS = range(16)


def played(houses: tuple[House, ...], shops: list[tuple[float, float]], until_s: float, **values: float) -> list[Trace]:
    """Play evenings in which players and shopkeepers are told the description on the page."""
    scenario = evening(
        VALUES | values,
        suspect=SUSPECT,
        game={"duration_s": DURATION_S, "hints": (Hint(at_s=HINT_S, tell=("upper",)),)},
        players=Players(share=1.0),
        structure=Structure(id="administrators-group", groups=2, shopkeepers_until=until_s),
    )
    return play_all(scenario, with_shops(street_map(STREETS, houses), *shops), SEEDS)


@cache
def checks(seed: int, who: str) -> list[float]:
    """Draw when somebody looks at his phone."""
    key, median_s = (text_key(who), 90.0) if who in SHOPS else (resident(who[:5]), 60.0)
    return phone_checks(seed, key, median_s, 0.8, DURATION_S + 900.0)


def reads(seed: int, who: str, sent: float) -> float:
    """Give when somebody reads a message."""
    return next(moment for moment in checks(seed, who) if moment > sent)


def administrator(seed: int, *members: str) -> str:
    """Give who of a group has the lowest number in the draw of roles."""
    keys = {who: text_key(who) if who in SHOPS else resident(who[:5]) for who in members}
    return min(members, key=lambda who: uniform(stream_key(seed, "role"), keys[who]))


@dataclass
class Expected:
    """What is done about one sighting: kind, who, channel and seconds of each record of it."""

    seed: int
    rows: list[tuple[str, str, str | None, float]] = field(default_factory=list)

    def passes_on(self, who: str, target: str, read: float) -> float:
        """Let somebody judge a message 30 s after reading or writing it, and pass it on; give when."""
        self.rows += [(kind, who, target, read + 30.0) for kind in ("judgement", "post")]
        return read + 30.0

    def met_by(self, trace: Trace) -> bool:
        """Compare with what happened, within two microseconds."""
        of = {record.id: record for record in trace.records}
        done = []
        for record in trace.records:
            told = of[record.data["post"]] if record.kind == "judgement" else record
            if record.kind == "sighting" or told.data.get("content") == "sighting":
                where = record.data.get("channel", record.data.get("target"))
                done.append((record.kind, record.who, where, record.time_s))
        rows = sorted((row for row in self.rows if row[3] < DURATION_S), key=str)
        same = [one[:3] == other[:3] for one, other in zip(sorted(done, key=str), rows, strict=True)]
        times = [one[3] for one in sorted(done, key=str)]
        return all(same) and times == pytest.approx([row[3] for row in rows], abs=2e-6)


def read_at(trace: Trace, channel: str, who: str) -> float:
    """Give when somebody reads the first message about a sighting in a group."""
    names = [name for record in trace.records if record.kind in {"residents", "shopkeepers"} for name in record.data["who"]]
    post = next(
        record.data
        for record in trace.records
        if record.kind == "post" and record.data["channel"] == channel and record.data["content"] == "sighting"
    )
    return float(dict(zip(list(post["readers"]), list(post["read_s"]), strict=True))[names.index(who)])


def shopkeeper_sees(seed: int, until_s: float) -> float | None:
    """Solve when the shopkeeper at x = 150 recognises the suspect, seconds, with the eyes of the address above the shop."""
    by = Pass(12.0, 200.0, 0.5, 0.0, until_s)
    seen = looks(seed, [by], VALUES, 1e5, reads(seed, SHOPS[0], HINT_S), who=text_key(SHOPS[0]))
    return seen[0] / 1e6 if seen else None


def test_what_a_shopkeeper_sees_comes_to_the_residents_through_the_administrators() -> None:
    arrived = 0
    for seed, trace in zip(SEEDS, played(HALVES, [SHOP], DURATION_S), strict=True):
        seen, expected = shopkeeper_sees(seed, DURATION_S), Expected(seed)
        if seen is not None:
            told = seen + 15.0 + 5.0 + 75.0 + 40.0  # he dials, is answered, talks, and types
            expected.rows += [("sighting", SHOPS[0], None, seen), ("post", SHOPS[0], "shopkeepers", told)]
            expected.passes_on(SHOPS[0], "administrators-1", told)
            for group, members in (("group-1", ("n0001/1", "n0002/1")), ("group-2", ("n0003/1", "n0004/1"))):
                steward = administrator(seed, *members)
                posted = expected.passes_on(steward, group, reads(seed, steward, told + 30.0))
                (other,) = set(members) - {steward}
                if posted < DURATION_S:
                    assert read_at(trace, group, other) == pytest.approx(reads(seed, other, posted), abs=2e-6)
                    arrived += 1
        assert expected.met_by(trace)
    assert arrived >= 8


def test_after_closing_time_nobody_looks_out_of_a_shop() -> None:
    before = 0
    for seed, trace in zip(SEEDS, played(HALVES, [SHOP], 110.0), strict=True):
        seen = shopkeeper_sees(seed, 110.0)
        assert [record.time_s for record in trace.records if record.kind == "sighting"] == (
            [] if seen is None else [pytest.approx(seen, abs=2e-6)]
        )
        before += seen is not None
    assert 2 <= before < len(SEEDS)


def test_what_a_resident_sees_comes_to_the_shops_where_one_sees_nothing() -> None:
    # The only address with a view of the street is at x = 600; the shops are 30 m from the nearest one.
    houses, far = (House((150.0, 400.0), "Ver", "1"), House((600.0, 12.0), "Plein", "1")), [(150.0, 370.0), (152.0, 370.0)]
    arrived = 0
    for seed, trace in zip(SEEDS, played(houses, far, DURATION_S, p_watch_player=1.0), strict=True):
        (shops,) = (record.data for record in trace.records if record.kind == "shopkeepers")
        assert (shops["who"], list(shops["sees"])) == (list(SHOPS), [0, 0])
        since = reads(seed, "n0002/1", HINT_S)
        seen = looks(seed, [Pass(12.0, 1100.0, 0.5, 0.0, DURATION_S)], VALUES, 1e5, since, who="n0002")
        expected = Expected(seed)
        if seen:
            told = seen[0] / 1e6 + 15.0 + 5.0 + 75.0 + 40.0
            expected.rows += [("sighting", "n0002/1", None, seen[0] / 1e6), ("post", "n0002/1", "group-2", told)]
            expected.passes_on("n0002/1", "administrators-1", told)
            expected.passes_on("n0001/1", "group-1", reads(seed, "n0001/1", told + 30.0))
            steward = administrator(seed, *SHOPS)
            posted = expected.passes_on(steward, "shopkeepers", reads(seed, steward, told + 30.0))
            (other,) = set(SHOPS) - {steward}
            if posted < DURATION_S:
                assert read_at(trace, "shopkeepers", other) == pytest.approx(reads(seed, other, posted), abs=2e-6)
                arrived += 1
        assert expected.met_by(trace)
    assert arrived >= 4


def test_who_is_present_is_drawn_for_each_shop() -> None:
    some = set[int]()
    for seed, trace in zip(SEEDS, played(HALVES, [SHOP, (155.0, 8.0)], DURATION_S, p_shop_staffed=0.5), strict=True):
        present = [who for who in SHOPS if uniform(stream_key(seed, "shop-staffed"), text_key(who)) < 0.5]
        told = [list(record.data["who"]) for record in trace.records if record.kind == "shopkeepers"]
        assert told == ([present] if present else [])
        groups = [list(record.data["members"]) for record in trace.records if record.who == "shopkeepers"]
        assert groups == ([[4 + number for number in range(len(present))]] if present else [])
        some.add(len(present))
    assert some == {0, 1, 2}
