"""What the broadcast does to people: they look out and call, and do not go out; administrators share it; all hear the end."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.channels.messages import Message, Spot
from simulation.draws import combine_one, lognormal, stream_key, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.saar.alert import chance_to_call
from simulation.saar.app import DESK, ORGANISER, deliver
from simulation.scenario.model import Announced, Game, Players, Structure
from simulation.scoring import score
from simulation.trace.names import Names
from simulation.trace.why import causal_chain
from simulation.trace.why_words import record_words, why_lines
from tests.saar.lively import KEEN, MAP, TWO, pick
from tests.saar.stages import records, stage_of
from tests.saar.test_forwarding import reads
from tests.verification.pencil import resident
from tests.worlds import evening, play_all

if TYPE_CHECKING:
    from simulation.saar.stage import Stage
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

SEEDS = range(4)
CLEAR = {
    **KEEN,
    "p_challenge_player": 0.0,
    "p_follow": 0.0,
    "p_mute": 0.0,
    "callback_s": 1e6,
    "burgernet_min_elements": 1.0,
    "burgernet_setup_median_s": 180.0,
    "p_burgernet": 0.3,
    "p_watch": 0.3,
    "p_odd": 0.0,
}


def clear(structure: str, **changes: object) -> Scenario:
    """Give a busy evening with two suspects, of whom one element is enough for a broadcast."""
    return evening(
        {**CLEAR, **changes.pop("parameters", {})},  # type: ignore[dict-item]
        game={"suspects": TWO, "duration_s": 2400.0, "stop": "time"},
        players=changes.pop("players", Players(share=0.1, know=("upper",), announced=Announced(others=0.3))),
        structure=Structure(id=structure, groups=4),
        **changes,
    )


@cache
def played(structure: str) -> list[Trace]:
    return play_all(clear(structure), MAP, SEEDS)


def sent(trace: Trace, content: str = "broadcast", channel: str = "broadcast") -> list[Record]:
    posts = [post for post in pick(trace, "post") if post.who == "desk" and post.data["content"] == content]
    return [post for post in posts if post.data["channel"].startswith(channel)]


STRUCTURES = [
    "broadcast",
    "separate-groups+broadcast",
    "broadcast-shared",
    "single-group+broadcast-shared",
    "zoomwijck+broadcast-shared",
]


@pytest.mark.parametrize("structure", STRUCTURES)
def test_there_is_one_decision_and_at_most_one_broadcast_for_each_suspect(structure: str) -> None:
    count = 0
    for trace in played(structure):
        seed, decided = int(trace.header["seed"]), pick(trace, "broadcast")
        assert len({record.data["suspect"] for record in decided}) == len(decided)
        sending = [record for record in decided if record.data["sends"]]
        posts = {post.causes[0]: post for post in sent(trace)}
        assert set(posts) <= {record.id for record in sending}
        for record in decided:
            key = text_key(record.data["suspect"])
            assert record.data["sends"] == (uniform(stream_key(seed, "broadcast-sent"), key) < 0.8)
            if record.id in posts:
                later = lognormal(stream_key(seed, "broadcast-setup"), key, 0, 180.0, 0.5)
                assert posts[record.id].time_s == pytest.approx(whole_microseconds(record.time_s + later), abs=2e-6)
                count += 1
    assert count >= 4


@pytest.mark.parametrize("structure", STRUCTURES)
def test_it_goes_to_those_enrolled_who_live_round_the_place_where_he_was_last_seen(structure: str) -> None:
    for trace in played(structure):
        enrolled = next(record for record in pick(trace, "channel") if record.who == "broadcast").data["members"].tolist()
        homes = trace.records[1].data
        for post in sent(trace):
            known = [report for report in pick(trace, "report") if report.time_us <= post.time_us and report.data["place"]]
            suspect = next(record for record in pick(trace, "broadcast") if record.id == post.causes[0]).data["suspect"]
            about = [report for report in known if _taken_for(trace, report) == suspect]
            assert post.data["place"] == max(about, key=lambda report: report.data["seen_s"]).data["place"]
            place = post.data["place"]
            near = [
                person
                for person in enrolled
                if np.hypot(homes["home_x_m"][person] - place["x_m"], homes["home_y_m"][person] - place["y_m"]) <= 750.0
            ]
            assert set(post.data["readers"].tolist()) <= set(near)
            assert len(near) - len(post.data["readers"]) <= 2  # who would have read it a quarter of an hour after the end


def _taken_for(trace: Trace, report: Record) -> str:
    """Give the suspect whose description a report tells: the two have nothing in common."""
    seen = next(record for record in trace.records if record.id == report.causes[1])
    told = set(seen.data["elements"].values())
    assert bool(told & {"rood", "man"}) != bool(told & {"blauw", "zwart"})
    return "suspect-1" if told & {"rood", "man"} else "suspect-2"


def test_nobody_goes_out_because_of_a_broadcast() -> None:
    for structure in STRUCTURES:
        for trace in played(structure):
            posts = {post.id: post for post in pick(trace, "post")}
            because = [posts[record.data["post"]] for record in pick(trace, "departure") if record.data["post"]]
            assert all(post.data["content"] == "sighting" for post in because)
    assert because


@pytest.mark.parametrize("structure", STRUCTURES)
def test_everybody_who_was_reached_is_told_that_it_is_over(structure: str) -> None:
    closed = 0
    for trace in played(structure):
        (end,) = pick(trace, "game_end")
        first, last = sent(trace), sent(trace, "close")
        assert [post.causes[:2] for post in last] == [(end.id, post.id) for post in sorted(first, key=_suspect_first(trace))]
        for post in last:
            opening = next(one for one in first if one.id == post.causes[1])
            before = dict(zip(opening.data["readers"].tolist(), opening.data["read_s"].tolist(), strict=True))
            after = dict(zip(post.data["readers"].tolist(), post.data["read_s"].tolist(), strict=True))
            assert set(after) <= set(before)
            assert all(after[person] >= max(before[person], end.time_s) for person in after)
            closed += len(after)
    assert closed >= 50


def _suspect_first(trace: Trace):  # type: ignore[no-untyped-def]  # noqa: ANN202
    decided = {record.id: record.data["suspect"] for record in pick(trace, "broadcast")}
    return lambda post: decided[post.causes[0]]


@pytest.mark.parametrize("structure", STRUCTURES[2:])
def test_administrators_share_it_in_their_own_groups_unless_they_have_seen_it_there(structure: str) -> None:
    verdicts = {"passes-on": 0, "no": 0, "known": 0}
    for trace in played(structure):
        seed, by_id = int(trace.header["seed"]), {record.id: record for record in trace.records}
        who = trace.records[1].data["who"]
        inside = {record.who: {who[index] for index in record.data["members"]} for record in pick(trace, "channel")}
        (enrolment,) = pick(trace, "enrolment")
        ways = dict(zip((who[index] for index in enrolment.data["members"]), enrolment.data["ways"], strict=True))
        own = {post.id for post in sent(trace)}
        shares = [record for record in pick(trace, "judgement") if record.data["post"] in own]
        assert len({(record.who, record.data["post"], record.data["target"]) for record in shares}) == len(shares)
        for record in shares:
            post, target = by_id[record.data["post"]], record.data["target"]
            assert target.startswith("group-")
            assert record.who in inside[target] & inside["broadcast"]
            assert ways[record.who] == "app"
            home, _, number = record.who.partition("/")
            key = combine_one(resident(home, int(number)), text_key(post.causes[0]))
            delay = lognormal(stream_key(seed, "press-share-delay"), key, 0, 30.0, 0.7)
            read = reads(trace, post, record.who)
            assert read is not None
            assert record.time_s == pytest.approx(whole_microseconds(read + delay), abs=1e-6)
            if record.data["verdict"] != "known":
                presses = uniform(stream_key(seed, "press-share"), key) < 0.7
                assert (record.data["verdict"] == "passes-on") == presses
            verdicts[record.data["verdict"]] += 1
        for post in pick(trace, "post"):
            if post.data["content"] == "broadcast" and post.who != "desk":
                judged = by_id[post.causes[0]]
                assert (judged.who, judged.data["target"]) == (post.who, post.data["channel"])
    assert verdicts["passes-on"] >= 3
    assert verdicts["no"] >= (structure != "single-group+broadcast-shared")


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_the_station_phone_copies_it_to_administrators_who_pass_it_on_wherever_they_live(chance: float) -> None:
    nobody_near = {"burgernet_circle_m": 300.0, "p_station_copy": chance, "p_steward_available": 1.0, "p_admin_forward": 1.0}
    at_hand = {"read_delay_ordinary_median_s": 30.0, "read_delay_player_median_s": 30.0}
    copied = passed = 0
    for trace in play_all(clear("zoomwijck+broadcast-shared", parameters={**nobody_near, **at_hand}), MAP, SEEDS):
        first, copies = sent(trace), sent(trace, channel="steering") + sent(trace, channel="coordination")
        ends = {game.time_s for game in pick(trace, "game_end")}
        for post in copies:
            original = next(one for one in first if one.id == post.causes[0])
            assert post.time_s == pytest.approx(original.time_s + 120.0, abs=1e-6)
            assert {key: post.data[key] for key in ("place", "elements")} == {
                key: original.data[key] for key in ("place", "elements")
            }
        seen = {post.id for post in copies}
        judged = [record for record in pick(trace, "judgement") if record.data["post"] in seen]
        assert all(record.data["target"].startswith("group-") for record in judged)
        because = {record.id for record in judged}
        passed += sum(post.causes[0] in because for post in pick(trace, "post"))
        copied += len(copies)
        late = [post for post in first if post.time_s + 120.0 > max(ends)]
        channels = {record.who for record in pick(trace, "channel") if record.who.startswith(("steering", "coordination"))}
        assert len(copies) == (len(first) - len(late)) * len(channels) * chance
    assert (copied >= 4) == (passed >= 4) == (chance == 1.0)


def test_shared_it_reaches_more_than_by_itself_or_in_groups_without_it() -> None:
    def read(structure: str) -> int:
        return sum(
            len(
                {
                    person
                    for post in pick(trace, "post")
                    if post.data["content"] == "broadcast"
                    for person in post.data["readers"].tolist()
                }
            )
            for trace in played(structure)
        )

    assert read("broadcast-shared") > 1.2 * read("separate-groups+broadcast") > 0
    assert read("separate-groups+broadcast") == pytest.approx(read("broadcast"), rel=0.1)


def hears(stage: Stage, *, channel: str = "broadcast") -> None:
    """Let everybody have read a broadcast at once, in a channel."""
    message = Message("broadcast", 0, Spot(300.0, 0.0, "West"), 0.0, stage.now, ("upper",))
    where = stage.broadcast.channel if channel == "broadcast" else stage.groups[0]  # type: ignore[union-attr]
    read_at = np.full(len(stage.people.key), stage.now)
    deliver(stage, where, DESK if channel == "broadcast" else 1, message, (("fact:x",), read_at))


def test_readers_know_the_number_and_the_exercise_where_it_is_announced() -> None:
    for announced in (Announced(members=0.0, others=0.5), Announced(members=0.0, others=0.0)):
        nobody = Players(count=0, announced=announced)
        stage = stage_of({"p_burgernet": 1.0, "p_household_member": 0.0}, players=nobody, structure=Structure(id="broadcast"))
        person = int(np.flatnonzero(~stage.people.aware)[0])
        assert not stage.knowledge.has_number(person, 0.0)
        assert chance_to_call(stage, person, recognised=True) == 0.05
        hears(stage)
        assert stage.knowledge.has_number(person, 0.0)
        assert stage.knowledge.aware(person, 0.0) == (announced.others > 0.0)
        assert stage.knowledge.elements(person, 0, 0.0) == ["upper"]
        assert chance_to_call(stage, person, recognised=True) == 0.4
        assert chance_to_call(stage, person, recognised=False) == 0.05
        assert stage.alarms.begin[person] == 0.0


def test_who_reads_it_in_a_group_was_not_asked_by_the_control_room() -> None:
    stage = stage_of(
        {"p_household_member": 1.0}, players=Players(count=0), structure=Structure(id="broadcast-shared", groups=2)
    )
    hears(stage, channel="group")
    assert stage.knowledge.has_number(0, 0.0)
    assert not stage.knowledge.was_asked(0, 0.0)


@pytest.mark.parametrize("structure", ["separate-groups+broadcast", "broadcast-shared"])
def test_a_hint_of_the_same_moment_still_lets_people_go_out(structure: str) -> None:
    stage = stage_of({"p_go_out_player": 1.0, "p_burgernet": 1.0}, structure=Structure(id=structure, groups=2))
    read_at = np.full(len(stage.people.key), 10.0)
    old = Message("hint", 0, Spot(300.0, 0.0, "West"), 0.0, 0.0)
    new = Message("broadcast", 0, Spot(320.0, 0.0, "West"), 0.0, 5.0, ("upper",))
    deliver(stage, stage.outlets[0], ORGANISER, old, (("fact:x",), read_at))
    deliver(stage, stage.groups[0], DESK, new, (("fact:x",), read_at))
    stage.agenda.run(until=11_000_000)
    assert {record.data["post"] for record in records(stage, "departure")} == {"post:organiser:1"}


def test_the_broadcast_prompts_calls_of_who_read_it() -> None:
    prompted = 0
    for trace in played("broadcast"):
        named = {
            cause.partition("@")[2]
            for record in pick(trace, "sighting")
            for cause in record.causes
            if cause.startswith("post:desk:")
        }
        assert score(trace)["calls_prompted_by_message"] == 0
        calls = [record for record in pick(trace, "call") if record.who in named and record.data["number"] == "temporary"]
        assert score(trace)["calls_prompted_by_broadcast"] <= len(calls)
        prompted += score(trace)["calls_prompted_by_broadcast"]
    assert prompted >= 3


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_chain_behind_a_call_goes_through_the_broadcast(language: str) -> None:
    told = 0
    for trace in played("broadcast-shared"):
        names = Names(trace, language)
        for record in pick(trace, "broadcast", "enrolment", "channel", "judgement", "post"):
            assert "{" not in record_words(trace, record, names, language)
        for record in sent(trace, "close") + [post for post in pick(trace, "post") if post.data["content"] == "broadcast"]:
            chain = causal_chain(trace, record.id)
            kinds = [link.record.kind for link in chain.links if link.record]
            assert "broadcast" in kinds or record.data["content"] == "close"
            lines = " ".join(why_lines(trace, chain, language, ids=True))
            assert "Burgernet" in lines
            assert "broadcast-" not in lines.replace("broadcast:desk", "")
            told += 1
    assert told >= 4


def test_each_game_closes_its_own_broadcasts_when_it_ends() -> None:
    first, second = (
        Game(name=f"Spel {number}", start_s=1500.0 * number, duration_s=1500.0, suspects=(suspect,))
        for number, suspect in enumerate(TWO)
    )
    scenario = clear("broadcast", parameters={"burgernet_sent_prob": 1.0}).model_copy(update={"games": (first, second)})
    closed = 0
    for trace in play_all(scenario, MAP, SEEDS):
        ends = {record.data["game"]: record for record in pick(trace, "game_end")}
        decided = {record.id: record.data["suspect"] for record in pick(trace, "broadcast")}
        opened = {post.id: decided[post.causes[0]] for post in sent(trace)}
        assert len(sent(trace, "close")) == len(opened)
        for post in sent(trace, "close"):
            end = ends[{"suspect-1": "Spel 0", "suspect-2": "Spel 1"}[opened[post.causes[1]]]]
            assert (post.causes[0], post.time_us) == (end.id, end.time_us)
        closed += len(opened)
    assert closed >= 4
