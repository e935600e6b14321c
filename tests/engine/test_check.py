"""What only scenario and map together can tell: every misfit, at its place in the file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulation.engine import check, remarks
from simulation.engine.world import build_worlds
from simulation.errors import ScenarioError
from simulation.people.households import ADULT
from simulation.people.network import Network
from simulation.people.playareas import play_area
from simulation.people.population import able_to_play, residents_on
from simulation.scenario.loader import parse_scenario
from simulation.scenario.model import Area
from tests.maps.small_worlds import world
from tests.worlds import House, made_neighbourhood, street_map

MAP = made_neighbourhood()
STREET, NUMBER = MAP.texts[MAP.homes.street[0]], MAP.texts[MAP.homes.number[0]]
HEAD = """\
title: Proef
date: 2026-09-16
start: 19:30
"""
GAMES = """\
games:
  - name: Spel
    end: 21:00
    suspects:
      - name: Rood
        description: {upper: rood}
"""


def misfits(text: str) -> list[tuple[int, int, str]]:
    """List what does not fit the map: line, column and message."""
    with pytest.raises(ScenarioError) as caught:
        check(parse_scenario(text, "my.yaml"), MAP)
    assert all(problem.file == "my.yaml" for problem in caught.value.problems)
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


def test_what_fits_passes() -> None:
    text = HEAD + GAMES + f"        start: {{street: {STREET}, number: '{NUMBER}'}}\n        behaviour: {{visit: shop}}\n"
    loaded = parse_scenario(text + "residents: {count: 100}\nplayers: {count: 5}\n")
    check(loaded, MAP)
    assert loaded.scenario.residents.count == 100


def test_a_map_without_homes() -> None:
    empty = street_map({"West": [(0.0, 0.0), (50.0, 0.0)]})
    with pytest.raises(ScenarioError, match="nobody lives there"):
        check(parse_scenario(HEAD + GAMES), empty)


def test_a_map_without_sight_lines() -> None:
    with pytest.raises(ScenarioError, match="no sight lines; make it anew with `boef map import`"):
        check(parse_scenario(HEAD + GAMES), replace(MAP, sight=None))


def test_more_residents_than_live_there() -> None:
    scenario = parse_scenario(HEAD + GAMES).scenario
    living = residents_on(scenario, Network(MAP), scenario.seed)
    text = HEAD + "residents:\n  count: COUNT\n" + GAMES + "players: {count: 5}\n"
    check(parse_scenario(text.replace("COUNT", str(living))), MAP)
    assert misfits(text.replace("COUNT", str(living + 1))) == [
        (5, 10, f"residents.count: {living + 1} residents, but only {living} people live on the map; write at most {living}")
    ]


def test_more_players_than_are_of_the_age() -> None:
    text = HEAD + GAMES + "residents: {count: 60}\nplayers:\n  count: COUNT\n"
    able = able_to_play(parse_scenario(text.replace("COUNT", "1")).scenario, Network(MAP), 1)
    assert 30 < able < 60
    check(parse_scenario(text.replace("COUNT", str(able))), MAP)
    assert misfits(text.replace("COUNT", str(able + 1))) == [
        (
            12,
            10,
            f"players.count: {able + 1} players, but only {able} residents are of the age of a game; write at most {able}",
        )
    ]


@pytest.mark.parametrize(
    ("date", "audience", "told"),
    [
        ("2026-12-16", "children", "children play in the dark from 19:30 on"),
        ("2026-09-16", "children", "children play in the dark from 20:25 on"),
        ("2026-06-16", "children", ""),
        ("2026-12-16", "all", ""),
    ],
)
def test_children_who_play_after_dark_are_remarked_on(date: str, audience: str, told: str) -> None:
    text = (
        HEAD.replace("2026-09-16", date)
        + GAMES
        + f"    audience: {audience}\n    companions: {str(audience == 'children').lower()}\n"
    )
    found = [str(remark) for remark in remarks(parse_scenario(text, "my.yaml"), MAP)]
    assert found == [f"my.yaml:10:15: games[0].audience: {told}; start earlier, or choose a lighter time of the year"] * bool(
        told
    )


def test_a_patrol_team_of_more_than_the_adults_is_remarked_on() -> None:
    text = HEAD + GAMES + "residents: {count: 50}\nplayers: {count: 5}\nstructure: {id: ID}\n"
    text += "parameters: {patrol_members: {value: 5000, beyond_range: true}}\n"
    loaded = parse_scenario(text.replace("ID", "patrol-team"), "my.yaml")
    (world,) = build_worlds(loaded.scenario, Network(MAP), [loaded.scenario.seed])
    (remark,) = remarks(loaded, MAP)
    adults = int((world.people.resident & (world.people.age >= ADULT)).sum())
    told = f"5000 members of the patrol team, but only {adults} adults live here; write at most {adults}"
    assert str(remark) == f"my.yaml:13:30: parameters.patrol_members: {told}"
    assert remarks(parse_scenario(text.replace("ID", "none")), MAP) == []
    assert remarks(parse_scenario(text.replace("ID", "patrol-team").replace("5000", "15")), MAP) == []


def test_a_structure_that_was_put_in_place_must_agree_with_the_rest() -> None:
    text = HEAD + GAMES + "players: {count: 5}\noutlet: administrators\n"
    text += "structure:\n  id: administrators-group\n  groups: 200\n  shopkeepers_until: 20:30\n"
    loaded = parse_scenario(text)
    with pytest.raises(ScenarioError) as caught:
        check(replace(loaded, scenario=loaded.scenario.with_structure("bridging-coordinators")), MAP)
    assert [(one.line, one.message.partition(":")[0]) for one in caught.value.problems] == [
        (11, "outlet"),
        (14, "structure.groups"),
        (15, "structure.shopkeepers_until"),
    ]


def test_children_who_play_after_sunrise_are_not_remarked_on() -> None:
    text = HEAD.replace("19:30", "04:00") + GAMES.replace(
        "    end: 21:00\n", "    start: 14:00\n    end: 15:00\n    audience: children\n    companions: true\n"
    )
    assert remarks(parse_scenario(text, "my.yaml"), MAP) == []


def test_more_groups_than_homes() -> None:
    text = HEAD + GAMES + "structure:\n  id: separate-groups\n  groups: COUNT\n"
    check(parse_scenario(text.replace("COUNT", "80")), MAP)
    assert misfits(text.replace("COUNT", "81")) == [
        (12, 11, "structure.groups: 81 groups on a map with 80 homes; write at most 80")
    ]


def test_shopkeepers_on_a_map_without_shops() -> None:
    text = HEAD + GAMES + "structure:\n  id: administrators-group\n  shopkeepers_until: 20:30\n"
    check(parse_scenario(text), MAP)
    assert remarks(parse_scenario(text), MAP) == []
    shopless = street_map({"Lang": [(0.0, 0.0), (100.0, 0.0)]}, [House((10.0, 5.0 + n), "Lang", str(n)) for n in range(9)])
    unstaffed = text + "parameters: {p_shop_staffed: {value: 0, beyond_range: true}}\n"
    for written, where, told in (
        (text, shopless, "the map has no shops, so there are no shopkeepers"),
        (unstaffed, MAP, "nobody is present at the "),
    ):
        check(parse_scenario(written), where)
        (remark,) = remarks(parse_scenario(written), where)
        assert (remark.line, remark.column) == (12, 22)
        assert told in remark.message


def test_every_place_that_the_map_lacks() -> None:
    text = (
        HEAD
        + GAMES
        + "        start: {street: Nergens}\n"
        + f"        behaviour: {{route: [{{street: {STREET}, number: '{NUMBER}'}}, {{street: {STREET}, number: '9999'}}, "
        + "{street: Ook nergens, number: '1'}]}\n"
    )
    found = misfits(text)
    lines = text.splitlines()
    assert [(line, message) for line, _, message in found] == [
        (10, "games[0].suspects[0].start: the map has no street called 'Nergens'"),
        (11, f"games[0].suspects[0].behaviour.route[1]: {STREET!r} has no number '9999' on the map"),
        (11, "games[0].suspects[0].behaviour.route[2]: the map has no street called 'Ook nergens'"),
    ]
    for (line, column, _), word in zip(found, ("{street: Nergens}", "{street", "{street: Ook"), strict=True):
        assert lines[line - 1][column - 1 :].startswith(word)


def test_nothing_to_visit() -> None:
    place = street_map({"West": [(0.0, 0.0), (50.0, 0.0)]}, [House((10.0, 8.0), "West")])
    text = HEAD + GAMES + "        behaviour: {visit: shop}\n"
    with pytest.raises(ScenarioError) as caught:
        check(parse_scenario(text), place)
    (problem,) = caught.value.problems
    assert problem.message == "games[0].suspects[0].behaviour: the map has no 'shop' to visit; it has: no places"
    assert (problem.line, problem.column) == (10, 20)


def test_a_street_is_known_by_its_homes_too() -> None:
    place = street_map({"West": [(0.0, 0.0), (50.0, 0.0)]}, [House((10.0, 8.0), "Hofje")])
    for street in ("West", "Hofje"):
        loaded = parse_scenario(HEAD + GAMES + f"        start: {{street: {street}}}\n")
        check(loaded, place)
        assert loaded.scenario.games[0].suspects[0].start is not None


def test_everything_is_reported_at_once() -> None:
    text = HEAD + "residents: {count: 5000}\n" + GAMES + "        start: {street: Nergens}\nplayers: {count: 5}\n"
    text += "structure: {id: separate-groups, groups: 200}\n"
    assert [line for line, _, _ in misfits(text)] == [4, 11, 13]


def test_the_network_refuses_a_map_without_sight_lines() -> None:
    with pytest.raises(ValueError, match="sight lines"):
        Network(world([[(0, 0), (9, 0)]], (), [((1, 1), -1)]))


def test_a_street_is_suggested_and_a_position_off_the_map_is_refused() -> None:
    start = "        start: {street: STREET}\n".replace("STREET", STREET[:-1])
    assert misfits(HEAD + GAMES + start)[0][2].endswith(f"did you mean '{STREET}'?")
    far = HEAD + GAMES + "        start: {lat: 51.0, lon: 5.0}\n"
    assert "m from the nearest street of the map" in misfits(far)[0][2]


AREA = "    area: {share: 0.2}\n"


def _places(*, inside: bool) -> tuple[str, str]:
    """Give an address in, or outside, the area in the middle of the map."""
    walkable = play_area(Network(MAP), Area(share=0.2)).network.walkable
    home = int(np.flatnonzero(walkable[MAP.homes.edge] == inside)[0])
    return MAP.texts[MAP.homes.street[home]], MAP.texts[MAP.homes.number[home]]


def test_places_in_the_area_of_a_game_pass() -> None:
    place = "{{street: {}, number: '{}'}}".format(*_places(inside=True))
    text = HEAD + GAMES + f"        start: {place}\n        behaviour: {{route: [{place}, {place}]}}\n" + AREA
    loaded = parse_scenario(text + "players: {count: 5}\n")
    check(loaded, MAP)
    assert loaded.scenario.games[0].area == Area(share=0.2)


def test_places_of_a_suspect_outside_the_area_of_his_game() -> None:
    near, far = ("{{street: {}, number: '{}'}}".format(*_places(inside=inside)) for inside in (True, False))
    text = HEAD + GAMES + f"        start: {far}\n        behaviour: {{route: [{near}, {far}]}}\n" + AREA
    message = "this place lies outside the area of the game; choose another one, or make the area larger"
    found = misfits(text)
    suspect = "games[0].suspects[0]"
    assert [(line, text) for line, _, text in found] == [
        (10, f"{suspect}.start: {message}"),
        (11, f"{suspect}.behaviour.route[1]: {message}"),
    ]
    assert text.splitlines()[10][found[1][1] - 1 :].startswith(far)


def test_nothing_to_visit_in_the_area_of_a_game() -> None:
    walkable = play_area(Network(MAP), Area(radius_m=1.0)).network.walkable
    assert not any(MAP.texts[kind] == "school" for kind in MAP.places.kind[walkable[MAP.places.edge]])
    text = HEAD + GAMES + "        behaviour: {visit: school}\n    area: {radius: 1 m}\n"
    assert misfits(text) == [
        (10, 20, "games[0].suspects[0].behaviour: the area of the game has no 'school' to visit; make it larger")
    ]
    check(parse_scenario(text.replace("radius: 1 m", "share: 1") + "players: {count: 5}\n"), MAP)


def test_an_area_around_a_place_that_the_map_lacks() -> None:
    text = HEAD + GAMES + "    area: {radius: 300 m, around: {street: Nergens}}\n"
    assert misfits(text) == [(10, 35, "games[0].area.around: the map has no street called 'Nergens'")]


def test_a_briefing_and_a_base_that_the_map_does_not_have() -> None:
    players = "players:\n  count: 5\n  briefing: {street: Nergensweg}\n"
    units = "units:\n  - {name: Team, base: {street: Nergens}}\n"
    assert [(line, message.split(";")[0]) for line, _, message in misfits(HEAD + GAMES + players + units)] == [
        (12, "players.briefing: the map has no street called 'Nergensweg'"),
        (14, "units[0].base: the map has no street called 'Nergens'"),
    ]
