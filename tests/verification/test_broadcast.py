"""The broadcast of the control room: an evening solved by hand and compared whole, and the arithmetic of any reaction."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from simulation.draws import stream_key, uniform
from simulation.scenario.model import Players, Structure
from simulation.scenario.registry import REGISTRY
from simulation.trace.canonical import canonical
from tests.verification.lane import CERTAIN, REACH_M, UP_AND_DOWN, WINDOW, played
from tests.verification.pencil import Pass, micros, misses, notice_rate, pair, phone_checks, resident, threshold
from tests.worlds import House, evening

if TYPE_CHECKING:
    from collections.abc import Mapping

END_S = 500.0
HOUSES = (WINDOW, House((150.0, 250.0), "Achterom", "2"), House((600.0, 400.0), "Ver", "3"))
"""Only the first sees the street; the second lives some 250 m from where the suspect is seen, the third some 600 m."""
NAMES = tuple(f"n{home:04d}/{person}" for home in (1, 2, 3) for person in (1, 2))
LOOK = {"upper": "rode jas", "lower": "spijkerbroek", "hair": "muts"}
VAGUE = {"upper": "rode jas", "hair": "muts"}
ENROLLED = CERTAIN | {
    "p_household_family": 1.0,
    "p_one_parent": 1.0,
    "p_children_1": 1.0,
    "p_children_2": 0.0,
    "watch_min_age": 18.0,
    "d_half_m": 100.0,
    "p_notice_walker": 0.86,
    "p_go_out_player": 0.0,
    "resight_s": 1e5,
    "p_burgernet": 1.0,
    "burgernet_sent_prob": 1.0,
    "burgernet_setup_median_s": 120.0,
    "burgernet_setup_sigma": 0.0,
    "burgernet_circle_m": 300.0,
    "burgernet_delivery_median_s": 100.0,
    "burgernet_delivery_sigma": 0.0,
    "p_burgernet_voice": 0.3,
    "p_burgernet_app": 0.4,
    "burgernet_voice_factor": 2.0,
    "burgernet_app_factor": 0.5,
}
"""One adult and one child in each home; who is 16 or older is enrolled, and read or heard it after 50, 100 or 200 s."""
AFTER = {"voice": 200.0, "text": 100.0, "app": 50.0}
SEED = 76
"""Here the adult of the first home makes out all three elements at once, and one of the children is old enough."""


def told(look: Mapping[str, str] = LOOK, **values: float) -> list[dict[str, Any]]:
    """Play the evening and give its records as the file has them."""
    scenario = evening(
        ENROLLED | values,
        suspect=UP_AND_DOWN | {"description": look},
        game={"duration_s": END_S},
        players=Players(share=1.0, know=("upper",)),
        structure=Structure(id="broadcast"),
    )
    (trace,) = played(scenario, *HOUSES, seeds=range(SEED, SEED + 1))
    return [json.loads(canonical(record._asdict())) for record in trace.records]


def key(name: str) -> int:
    return resident(name[:5], int(name[6:]))


def way(name: str) -> str:
    share = uniform(stream_key(SEED, "broadcast-way"), key(name))
    return "voice" if share < 0.3 else "app" if share < 0.7 else "text"


def test_a_broadcast_record_by_record() -> None:
    for record, expected in zip(told(), _by_hand(), strict=True):
        identity, time, causes, data = expected
        assert record["id"] == identity
        assert (record["time_us"], record["causes"]) == (round(time * 1e6), causes), identity
        assert record["data"] == data, identity


AGES = [39, 4, 61, 17, 31, 7]


def _by_hand() -> list[tuple[str, float, list[str], dict[str, Any]]]:
    # The suspect walks along y = 0 at 1 m/s, x = 50 + t; the first window is at (150, 12), and sees him within 100 m.
    one = pair(key(NAMES[0]))
    passing = Pass(12.0, 100.0, 1.0, 0.0, END_S)
    rate = notice_rate(0.86, 100.0, REACH_M)
    seen = micros(passing.moment(passing.within(REACH_M)[0], threshold(SEED, one, 0), rate, 100.0))
    clear = 1e4 / (1e4 + passing.distance(seen) ** 2)
    assert all(misses(SEED, one, element, 0) < clear for element in LOOK)
    x = round(50.0 + seen, 6)
    # 15 s to dial, 5 s until it is answered, 75 s of talk; 120 s later it goes out.
    reported, sent = micros(seen + 95.0), micros(seen + 215.0)
    enrolled = [number for number, age in enumerate(AGES) if age >= 16]
    inside = [number for number in enrolled if number < 4]
    assert (enrolled, inside) == ([0, 2, 3, 4], [0, 2, 3])
    assert math.hypot(150.0 - x, 250.0) < 300.0 < math.hypot(600.0 - x, 400.0)
    players = [number for number, age in enumerate(AGES) if age >= 14]
    place, street = {"x_m": round(x, 3), "y_m": 0.0}, {"street": "West" if x < 100.0 else "Midden"}
    about = "n0001/1/suspect-1/1:0"
    six = ("who", "what", "where", "when", "how", "whereto")
    nothing = {"called": False, "direction_rad": None, "elements": {}, "place": None, "seen_s": None, "true": True}

    def official(sent: float, content: str) -> dict[str, Any]:
        checks = [phone_checks(SEED, key(NAMES[number]), 60.0, 0.8, END_S + 900.0) for number in players]
        reads = [min(check for check in one if check > sent) for one in checks]
        return nothing | {"channel": "public-page", "content": content, "readers": players, "read_s": reads}

    def broadcast(sent: float, content: str) -> dict[str, Any]:
        reads = [micros(sent + AFTER[way(NAMES[number])]) for number in inside]
        return nothing | {"channel": "broadcast", "content": content, "readers": inside, "read_s": reads}

    homes = [house.at for house in HOUSES for _ in (1, 2)]
    return [
        ("evening:organiser:1", 0.0, ["fact:games"], {"games": ["Spel"]}),
        (
            "residents:organiser:1",
            0.0,
            ["fact:residents", "draw:household-type:everybody:0", "draw:household-size:everybody:0"],
            {
                "who": list(NAMES),
                "type": ["family"] * 6,
                "age": AGES,
                "member": [1, 0] * 3,
                "player": [int(age >= 14) for age in AGES],
                "party": [0] * 6,
                "home_x_m": [x for x, _ in homes],
                "home_y_m": [y for _, y in homes],
            },
        ),
        (
            "channel:public-page:1",
            0.0,
            ["fact:structure", "draw:member:everybody:0"],
            {"structure": "public-page", "kind": "page", "members": players, "muted": []},
        ),
        (
            "channel:broadcast:1",
            0.0,
            ["fact:structure", "draw:enrolled:everybody:0"],
            {"structure": "broadcast", "kind": "broadcast", "members": enrolled, "muted": []},
        ),
        (
            "enrolment:broadcast:1",
            0.0,
            ["channel:broadcast:1", "draw:broadcast-way:everybody:0"],
            {"members": enrolled, "ways": [way(NAMES[number]) for number in enrolled]},
        ),
        (
            "game:organiser:1",
            0.0,
            ["evening:organiser:1", "fact:games/0"],
            {"game": "Spel", "suspects": ["suspect-1"], "duration_s": END_S, "area": None, "prize": ""},
        ),
        (
            "route:suspect-1:1",
            0.0,
            ["game:organiser:1", "fact:games/0/suspects/0"],
            {"reason": "suspect", "t_s": [0.0, END_S], "x_m": [50.0, 550.0], "y_m": [0.0, 0.0]},
        ),
        ("post:organiser:1", 0.0, ["game:organiser:1"], official(0.0, "start")),
        (
            "sighting:n0001/1:1",
            seen,
            ["route:suspect-1:1", "draw:look:n0001/1/suspect-1:0", "draw:perceive:n0001/1/suspect-1:0", "fact:players/know"],
            {"suspect": "suspect-1", "by": "description", "recognised": True, "elements": LOOK, "from": "home"}
            | {"x_m": x, "y_m": 0.0, **street, "distance_m": round(passing.distance(seen), 3)},
        ),
        (
            "call:n0001/1:1",
            seen,
            ["sighting:n0001/1:1", f"draw:report:{about}"],
            {"number": "temporary", "n_try": 1, "prompted_by": "sighting", "sighting": "sighting:n0001/1:1"},
        ),
        ("answer:desk:1", micros(seen + 20.0), ["call:n0001/1:1"], {"call": "call:n0001/1:1", "waited_s": 0.0}),
        (
            "report:desk:1",
            reported,
            ["answer:desk:1", "sighting:n0001/1:1"]
            + [
                f"draw:{purpose}:{about}" for purpose in (*(f"tell-{element}" for element in six), "place-east", "place-north")
            ],
            {
                "call": "call:n0001/1:1",
                "caller": "n0001/1",
                "elements": dict.fromkeys(six, True),
                "place": place | street,
                "direction_rad": 0.0,
                "seen_s": seen,
                "duplicate": False,
            },
        ),
        (
            "broadcast:desk:1",
            reported,
            ["report:desk:1", "draw:broadcast-sent:suspect-1:0"],
            {"suspect": "suspect-1", "elements": LOOK, "sends": True},
        ),
        (
            "post:desk:1",
            sent,
            ["broadcast:desk:1", "draw:broadcast-setup:suspect-1:0", "draw:broadcast-delay:everybody:0"],
            broadcast(sent, "broadcast") | {"place": place | street, "direction_rad": 0.0, "seen_s": seen, "elements": LOOK},
        ),
        ("game_end:organiser:1", END_S, ["game:organiser:1"], {"game": "Spel", "reason": "time"}),
        (
            "post:desk:2",
            END_S,
            ["game_end:organiser:1", "post:desk:1", "draw:broadcast-delay:everybody:0"],
            broadcast(END_S, "close"),
        ),
        ("post:organiser:2", END_S, ["game_end:organiser:1"], official(END_S, "close")),
        ("close:organiser:1", END_S, ["game_end:organiser:1"], {}),
    ]


def ids(records: list[dict[str, Any]]) -> list[str]:
    return [record["id"] for record in records]


@pytest.mark.parametrize("changes", [{"look": VAGUE}, {"burgernet_min_elements": 4.0}, {"p_tell_who": 0.0}])
def test_with_too_few_elements_nobody_thinks_of_a_broadcast(changes: dict[str, Any]) -> None:
    whole = [one for one in ids(told()) if not one.startswith(("broadcast:", "post:desk:"))]
    assert ids(told(**changes)) == whole


def test_the_control_room_may_decide_against_it() -> None:
    records = told(burgernet_sent_prob=0.0)
    assert ids(records) == [one for one in ids(told()) if not one.startswith("post:desk:")]
    assert [record["data"]["sends"] for record in records if record["kind"] == "broadcast"] == [False]


def test_what_is_not_sent_by_the_end_of_the_game_is_not_sent() -> None:
    records = told(burgernet_setup_median_s=490.0)
    assert ids(records) == [one for one in ids(told()) if not one.startswith("post:desk:")]
    assert [record["data"]["sends"] for record in records if record["kind"] == "broadcast"] == [True]


def test_a_wider_circle_reaches_all_who_are_old_enough() -> None:
    sent = [record for record in told(burgernet_circle_m=3000.0) if record["id"].startswith("post:desk:")]
    assert [record["data"]["readers"] for record in sent] == [[0, 2, 3, 4]] * 2


# Of the actions of Burgernet that are in a hurry, 48 % bring at least one reaction: national figure of 2017 (docs/model.md).
ANY_REACTION = 0.48


@pytest.mark.parametrize(("recipients", "percent"), [(54, 1.2), (120, 0.54), (300, 0.22), (1000, 0.07)])
def test_one_reaction_at_least_among_independent_recipients(recipients: int, percent: float) -> None:
    # 1 - (1 - p)^n: what p must be among as many recipients as Dutch actions had, and back again.
    each = 1.0 - (1.0 - ANY_REACTION) ** (1.0 / recipients)
    assert 100.0 * each == pytest.approx(percent, abs=0.5 * 10.0 ** -(1 if percent > 1.0 else 2))
    assert 1.0 - (1.0 - each) ** recipients == pytest.approx(ANY_REACTION, abs=1e-12)
    # The rates that are given for real incidents, 0.07 to 1.2 % (default 0.3 %), are those of this range of recipients.
    assert 1.0 - (1.0 - 0.0007) ** recipients <= ANY_REACTION + 0.03
    assert 1.0 - (1.0 - 0.012) ** recipients >= ANY_REACTION - 0.03


def test_no_rate_of_reaction_is_put_in() -> None:
    assert not [name for name in REGISTRY if "react" in name or "solved" in name]
