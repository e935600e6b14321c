"""What may only help, or only harm, when messages go through groups: the same evening with one thing changed, draw by draw.

Messages are given and nobody does anything but read, judge and pass on, without limits to forwarding: with limits, or with
people who act on what they read, more can be less.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.draws import stream_key, text_key, uniform
from tests.verification.spreading import Given, sighting, spread, stage_of, world_of

if TYPE_CHECKING:
    from simulation.engine.world import World
    from simulation.saar.stage import Stage

    Cut = tuple[str, str, str]

HOMES, END_S = 60, 5400.0
SEEDS = range(24)
NOBODY = np.zeros(HOMES, bool)
STEWARDS = {
    "zoomwijck": "steering_members",
    "zoomwijck-municipal": "steering_members",
    "administrators-group": "admins_per_group",
    "bridging-coordinators": "coordinators_per_group",
    "village-coordinators": "admins_per_group",
}
"""Structures, and what tells how many people run a group."""

CONNECTED = [*((structure, 1) for structure in STEWARDS), ("zoomwijck", 3)]
"""Each structure, and how many groups one steering group runs."""


@cache
def world(structure: str, stewards: int, cluster: int = 1) -> World:
    values = {"p_mute": 0.3, STEWARDS[structure]: float(stewards)}
    return world_of(HOMES, END_S, values, id=structure, groups=6, cluster=cluster)


def sightings(seed: int) -> list[Given]:
    """Choose three sightings: by whom, when and where."""
    share = [uniform(stream_key(seed, "given"), text_key("given"), number) for number in range(9)]
    return [
        Given(int(HOMES * who), 1000.0 * number + 500.0 * when, sighting(1200.0 * where, 1000.0 * number, number))
        for number, (who, when, where) in enumerate(zip(share[:3], share[3:6], share[6:], strict=True))
    ]


@pytest.mark.parametrize(("structure", "cluster"), CONNECTED)
def test_one_more_steward_lowers_nobodys_reach(structure: str, cluster: int) -> None:
    gained = 0
    for seed in SEEDS:
        some, more = (spread(stage_of(world(structure, count, cluster), seed), *sightings(seed)) for count in (2, 3))
        assert (more <= some).all(), seed
        gained += (more < some).any()
    assert gained >= 6


@pytest.mark.parametrize(("structure", "cluster"), CONNECTED)
def test_one_link_less_and_half_of_all_links_less_raise_nobodys_reach(structure: str, cluster: int) -> None:
    lost = 0
    drawn = world(structure, 2, cluster)
    for seed in SEEDS:
        stage = stage_of(drawn, seed)
        whole, cuts = spread(stage, *sightings(seed)), links_in_order_of_use(stage)
        one, half = (spread(without(cuts[:number], stage_of(drawn, seed)), *sightings(seed)) for number in (1, len(cuts) // 2))
        assert (one >= whole).all(), (seed, cuts[0])
        assert (half >= one).all(), seed
        lost += (one > whole).any()
    assert lost >= 2


def links_in_order_of_use(stage: Stage) -> list[Cut]:
    """List all links, those through which a message was passed on before the others."""
    records = {record.id: record for record in stage.log.trace({}).records}
    used = [
        (records[record.data["post"]].data["channel"], record.who, record.data["target"])
        for record in records.values()
        if record.kind == "judgement" and record.data["verdict"] == "passes-on"
    ]
    links = ((source, stage.name(link.steward), link.target.key) for source, some in stage.links.items() for link in some)
    return list(dict.fromkeys([*used, *links]))


def without(cuts: list[Cut], stage: Stage) -> Stage:
    """Take links away from a stage."""
    stage.links = {
        source: [link for link in some if (source, stage.name(link.steward), link.target.key) not in cuts]
        for source, some in stage.links.items()
    }
    return stage


@pytest.mark.parametrize(("structure", "cluster"), CONNECTED[2:4])
def test_who_mutes_a_group_but_passes_nothing_on_changes_nothing_for_others(structure: str, cluster: int) -> None:
    drawn, changed = world(structure, 2, cluster), 0
    for seed in SEEDS:
        before = stage_of(drawn, seed, NOBODY)
        usual = spread(before, *sightings(seed))
        plain = {link.steward for some in before.links.values() for link in some}.isdisjoint
        silent = np.array([person % 2 == 0 and plain([person]) for person in range(HOMES)])
        muted = spread(stage_of(drawn, seed, silent), *sightings(seed))
        assert np.array_equal(muted[:, ~silent], usual[:, ~silent]), seed
        assert (muted >= usual).all(), seed
        changed += (muted != usual).any()
    assert changed == len(SEEDS)


@pytest.mark.parametrize(("structure", "cluster"), CONNECTED)
def test_nobody_reads_anything_sooner_because_of_a_mute(structure: str, cluster: int) -> None:
    drawn, later = world(structure, 2, cluster), 0
    for seed in SEEDS:
        none, half, everybody = (
            spread(stage_of(drawn, seed, silent), *sightings(seed)) for silent in (NOBODY, np.arange(HOMES) % 2 == 0, ~NOBODY)
        )
        assert (half >= none).all(), seed
        assert (everybody >= half).all(), seed
        later += (half > none).any() and (everybody > half).any()
    assert later == len(SEEDS)
