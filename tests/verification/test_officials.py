"""Officers between two districts, by hand: when news of the one comes to the other, by whom, and when it never does."""

from __future__ import annotations

from itertools import product
from math import inf

import pytest

from simulation.draws import stream_key, text_key, uniform
from tests.verification.pencil import micros, phone_checks, resident
from tests.verification.spreading import PASSING_ON, RELAY_S, Given, sighting, spread, stage_of, world_of

END_S = 5400.0
VALUES = {"admins_per_group": 1.0, **PASSING_ON}
HOMES = ("n0001/1", "n0002/1", "n0003/1", "n0004/1")
OFFICERS = ("official/officer-1", "official/officer-2")


class Hand:
    """The draws of one seed: who has a role, who is on duty, and when everybody looks at his phone."""

    def __init__(self, seed: int, on_duty: float, replaced: float) -> None:
        self.seed = seed
        self.serving = [
            who for who in OFFICERS if self.draw("on-duty", who) < on_duty or self.draw("replaced", who) < replaced
        ]

    def key(self, who: str) -> int:
        return text_key(who) if who in OFFICERS else resident(who[:5])

    def draw(self, purpose: str, who: str) -> float:
        return uniform(stream_key(self.seed, purpose), self.key(who))

    def administrator(self, members: list[str]) -> str:
        return min(members, key=lambda who: self.draw("role", who))

    def reads(self, who: str, sent: float) -> float:
        checks = phone_checks(self.seed, self.key(who), 90.0, 0.8, END_S + 900.0)
        return next((moment for moment in checks if moment > sent), inf)

    def crosses(self, above: float) -> list[float]:
        """Give when officers post in the other administrators' group what stands in the first."""
        posted: list[float] = []
        for ready, who in sorted((micros(self.reads(who, above) + RELAY_S), who) for who in self.serving):
            if ready < END_S + RELAY_S and not any(self.reads(who, earlier) <= ready for earlier in posted):
                posted.append(ready)
        return posted


@pytest.mark.parametrize(("on_duty", "replaced"), [(1.0, 0.0), (0.5, 0.0), (0.3, 0.5), (0.0, 0.0)])
def test_officers_take_news_from_one_district_to_the_next(on_duty: float, replaced: float) -> None:
    chances = {"p_official_on_duty": on_duty, "p_official_replaced": replaced}
    drawn = world_of(4, END_S, VALUES | chances, id="administrators-group", groups=2, district=1)
    serving, twice = set[int](), 0
    for seed, author in product(range(12), range(4)):
        stage, hand = stage_of(drawn, seed), Hand(seed, on_duty, replaced)
        own = [HOMES[person] for person in stage.group_of[author].members.tolist()]
        other = [name for name in HOMES if name not in own]
        (known,) = spread(stage, Given(author, 10.0, sighting(0.0)))
        steward = hand.administrator(own)
        above = micros((10.0 if steward == HOMES[author] else hand.reads(steward, 10.0)) + RELAY_S)
        crossed = hand.crosses(above)
        beyond = hand.administrator(other)
        heard = min((hand.reads(beyond, moment) for moment in crossed), default=inf)
        (member,) = set(other) - {beyond}
        expected = {
            HOMES[author]: 10.0,
            beyond: heard,
            member: inf if heard == inf else hand.reads(member, micros(heard + RELAY_S)),
        }
        for who, moment in expected.items():
            assert known[HOMES.index(who)] == pytest.approx(moment, abs=2e-6), (seed, author, who)
        posts = [record for record in stage.log.trace({}).records if record.kind == "post" and record.who in OFFICERS]
        assert [record.time_s for record in posts] == pytest.approx(crossed, abs=2e-6)
        (there,) = (upper.key for upper in stage.uppers if HOMES.index(beyond) in upper.members)
        assert {record.data["channel"] for record in posts} <= {there}
        serving.add(len(hand.serving))
        twice += len(crossed) > 1
    assert serving == {1.0: {2}, 0.5: {0, 1, 2}, 0.3: {0, 1, 2}, 0.0: {0}}[on_duty]
    assert (twice > 0) == (2 in serving)
