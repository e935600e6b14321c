"""The likely cause of an outcome, against evenings that are written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.language.catalogue import LANGUAGES
from simulation.scoring.goalwords import told_goal
from tests.fixtures.by_hand import Story, place
from tests.scoring.test_rating import hunt, rated, row, seen
from tests.scoring.test_score import FIVE, opening


def cause(story: Story, text: str) -> tuple[str, dict[str, Any]]:
    """Give the key of the likely cause of a goal and what it names; check that the records exist, and that it can be told."""
    trace, found = story.trace(), row(story, text)["cause"]
    assert {record.id for record in trace.records} >= set(found["records"])
    for language in LANGUAGES:
        assert told_goal("19:30", row(story, text), language)["texts"]
    return found["key"], found["facts"]


def test_no_call_because_nobody_saw_him() -> None:
    story = opening(*FIVE)
    hint = {"game": "Spel", "suspect": "suspect-1", "rung": 0, "tell": {}, "where": None, "reason": "clock"}
    story.add("hint", "organiser", 60, **hint)
    for text in ("first_call_s <= 10 min", "sightings >= 1", "found = yes", "first_post_s <= 10 min", "posts >= 1"):
        assert cause(story, text) == ("unseen", {"hints": 1})


def test_no_call_in_time_because_nobody_had_seen_him_yet() -> None:
    story = seen(900)
    story.call("n0", 901, "sighting:n0:1")
    assert cause(story, "first_call_s <= 10 min") == ("seen-too-late", {"seen_at_s": 900.0})
    assert cause(story, "first_post_s <= 10 min") == ("seen-too-late", {"seen_at_s": 900.0})


def test_no_call_because_those_who_saw_him_did_not_call() -> None:
    story = seen(100, 200, 300)
    story.call("n3", 990, story.sighting("n3", 980, ("fact:x",)))
    assert cause(story, "first_call_s <= 10 min") == ("silent", {"count": 3, "of": 3})
    assert cause(story, "calls >= 2") == ("silent", {"count": 3, "of": 4})


def test_no_call_because_they_called_the_police() -> None:
    story = seen(100, 200)
    for who in ("n0", "n1"):
        story.call(who, 250, f"sighting:{who}:1", number="emergency")
    assert cause(story, "first_call_s <= 10 min") == ("other-number", {"count": 2, "of": 2})
    assert cause(story, "bystander_emergency_calls <= 0") == ("number-unread", {"count": 2, "of": 2})


def test_no_call_because_they_read_that_there_was_one() -> None:
    story = seen(100, 200)
    post = story.post("n4", 90, ("fact:x",), {0: 95.0, 1: 96.0}, called=True)
    for who in ("n0", "n1"):
        story.add("skip", who, 210, (f"sighting:{who}:1", f"{post}@{who}"), post=post)
    assert cause(story, "calls >= 1") == ("skipped", {"count": 2, "of": 2})


def test_a_call_long_after_the_sighting() -> None:
    story = seen(100)
    story.call("n0", 800, "sighting:n0:1")
    assert cause(story, "first_call_s <= 10 min") == ("dialled-late", {"seen_at_s": 100.0, "called_at_s": 800.0})


def test_everybody_called_and_more_was_asked() -> None:
    story = seen(100)
    story.call("n0", 110, "sighting:n0:1")
    assert cause(story, "calls >= 2") == ("all-called", {"count": 1})


def test_waiting_because_of_a_rush_or_a_closed_number() -> None:
    story = seen(100, 200, 900)
    for who, time_s in (("n0", 110), ("n1", 210), ("n2", 910)):
        call = story.call(who, time_s, f"sighting:{who}:1")
        story.add("answer", "desk", time_s + 120, (call,), call=call, waited_s=120.0)
    for text in ("call_wait_mean_s <= 30 s", "first_call_answered_s <= 3 min"):
        assert cause(story, text) == ("busy", {"count": 2, "begin_at_s": 110.0, "doubled": 0})
    story.add("abandoned", "n2", 950, ("call:n2:1", "fact:number"), call="call:n2:1", waited_s=0.0)
    assert cause(story, "calls_abandoned <= 0") == ("closed", {"count": 1})


def report(story: Story, who: str, time_s: float, *, duplicate: bool = False, **told: bool) -> None:
    call = story.call(who, time_s, story.sighting(who, time_s - 1, ("fact:x",)))
    elements = dict.fromkeys(("who", "what", "where", "when", "how", "whereto"), True) | told
    story.add("report", "desk", time_s + 60, (call,), call=call, caller=who, elements=elements, place=None,
              direction_rad=None, seen_s=time_s, duplicate=duplicate)  # fmt: skip


def test_what_reports_lack_most() -> None:
    story = opening(*FIVE)
    for who in ("n0", "n1", "n2"):
        report(story, who, 100, where=False, how=who != "n0")
    assert cause(story, "report_elements_mean >= 5") == ("w-missing", {"w": "where", "count": 3, "of": 3})


@pytest.mark.parametrize("order", [("how", "where"), ("where", "how")])
def test_what_reports_lack_does_not_hang_on_the_order_in_a_file(order: tuple[str, str]) -> None:
    story = opening(*FIVE)
    report(story, "n0", 100, where=False, how=False)
    elements = story.records[-1].data["elements"]
    story.records[-1].data["elements"] = {name: elements[name] for name in (*order, *elements)}
    assert cause(story, "report_elements_mean >= 5") == ("w-missing", {"w": "where", "count": 1, "of": 1})


def test_duplicates_of_those_who_had_and_had_not_read_of_a_call() -> None:
    story = opening(*FIVE)
    story.post("n4", 90, ("fact:x",), {0: 95.0}, called=True)
    report(story, "n0", 100, duplicate=True)
    assert cause(story, "calls_duplicate <= 0") == ("called-anyway", {"count": 1, "of": 1})
    report(story, "n1", 200, duplicate=True)
    assert cause(story, "calls_duplicate <= 0") == ("called-unread", {"count": 1, "of": 2})


def test_no_message_because_of_groups_members_or_silence() -> None:
    story = seen(100, 200)
    assert cause(story, "first_post_s <= 10 min") == ("not-posted", {"count": 2, "of": 2})
    story.post("n1", 700, ("sighting:n1:1",), {})
    assert cause(story, "first_post_s <= 10 min") == ("posted-late", {"seen_at_s": 200.0, "posted_at_s": 700.0})
    story.post("n0", 710, ("sighting:n0:1",), {})
    assert cause(story, "posts >= 3") == ("all-posted", {"count": 2})
    outsiders = opening(*FIVE)
    outsiders.sighting("somebody", 100, ("fact:x",))
    assert cause(outsiders, "posts >= 1") == ("no-member", {"count": 1})
    groupless = Story()
    groupless.residents(("n0", 40, 0, 0, 0.0, 0.0))
    assert cause(groupless, "posts >= 1") == ("no-groups", {})


def test_messages_before_calls() -> None:
    story = seen(100, 200)
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    assert cause(story, "saar_order_share >= 0.9") == ("posted-uncalled", {"count": 1, "of": 1})
    assert cause(story, "posts_stating_called_share >= 0.9") == ("call-unmade", {"count": 1, "of": 1})
    story.add("skip", "n0", 105, ("sighting:n0:1",), post=post)
    assert cause(story, "saar_order_share >= 0.9") == ("posted-skipped", {"count": 1, "of": 1})
    story.call("n0", 106, "sighting:n0:1")
    assert cause(story, "posts_stating_called_share >= 0.9") == ("call-unsaid", {"count": 1, "of": 1})
    story.post("n1", 210, ("sighting:n1:1",), {})
    (told,) = rated(story.trace(), "posts_stating_called_share >= 0.9")["goals"]
    assert told["cause"] == {"key": "call-unmade", "facts": {"count": 1, "of": 2}, "records": ["post:n1:1"]}


def test_news_that_stays_in_its_group() -> None:
    story = seen(100)
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    assert cause(story, "forwards >= 1") == ("nobody-between", {"groups": 2})
    again = story.post("n1", 155, (f"{post}@n1",), {})
    assert cause(story, "forwards >= 2") == ("unknown", {})
    story.records[:] = [record for record in story.records if record.id != again]
    story.add("judgement", "n0", 160, (post,), post=post, target="group-2", verdict="no")
    assert cause(story, "first_cross_group_s <= 10 min") == ("kept", {"count": 1, "of": 1})


def test_where_people_are_lost_to_the_news() -> None:
    story = seen(100)
    story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    # n0 saw him; n1 read it, n2 to n4 are in the group and did not
    assert cause(story, "reach_share >= 0.9") == ("unread", {"part_share": 0.75})
    story.records[1].data["members"][:] = [0, 1]
    assert cause(story, "reach_share >= 0.9") == ("in-no-channel", {"part_share": 0.75})
    story.records[2].data["members"][:] = [2, 3, 4]
    assert cause(story, "reach_share >= 0.9") == ("in-other-channel", {"part_share": 0.75})
    late = seen(100)
    late.post("n0", 1100, ("sighting:n0:1",), {})
    assert cause(late, "reach_share >= 0.9") == ("news-late", {"posted_at_s": 1100.0, "until_at_s": 1000.0})
    assert cause(seen(100), "reach_share >= 0.9") == ("not-posted", {"count": 1, "of": 1})


def test_few_who_take_part_had_heard_of_it_or_not() -> None:
    story = seen(100)
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    assert cause(story, "active_share >= 0.9") == ("heard-nothing", {"part_share": 0.2})
    assert post == story.post("n0", 120, ("sighting:n0:1",), {2: 150.0, 3: 150.0}).replace(":2", ":1")
    assert cause(story, "active_share >= 0.9") == ("heard-only", {"part_share": 0.6})


def test_too_much_talk() -> None:
    story = seen(100)
    story.post("n0", 110, ("sighting:n0:1",), {1: 150.0})
    story.post("n2", 120, ("draw:chatter:n2:0",), {1: 150.0}, content="chatter", place=None, seen_s=None)
    assert cause(story, "messages_per_member_mean <= 0.1") == ("noise", {"count": 1, "of": 2})
    story.post("n3", 130, (story.sighting("n3", 125, ("fact:x",), suspect="n4"),), {1: 140.0}, true=False)
    assert cause(story, "reach_false_share <= 0.1") == ("rumours", {"count": 1})


@pytest.mark.parametrize(
    ("times_s", "key"), [((900, 950, 1000), "long-unseen"), ((50, 950, 1000), "long-untold"), ((50, 100, 1000), "long-search")]
)
def test_found_late_for_what_took_longest(times_s: tuple[float, float, float], key: str) -> None:
    facts = dict(zip(("seen_at_s", "gone_at_s", "found_at_s"), times_s, strict=True))
    assert cause(hunt(*times_s), "found_at_s <= 10 min") == (key, facts)
    assert cause(hunt(*times_s), "all_found_at_s <= 10 min") == (key, facts)


@pytest.mark.parametrize(("gone_s", "key"), [(900, "long-waited"), (200, "long-search")])
def test_a_searcher_who_left_before_he_saw_him_did_not_wait_for_his_own_sighting(gone_s: float, key: str) -> None:
    story = seen(30)  # somebody else, of no consequence
    hint = story.post("organiser", 60, ("fact:x",), {1: 100.0}, content="hint")
    gone = story.add("departure", "n1", gone_s, (f"{hint}@n1",), post=hint, to=place(), **{"from": "home"})
    way = story.route("n1", "search", [(gone_s, 0, 0), (1000, 9, 0)], (gone,))
    sight = story.sighting("n1", 990, (way,))
    story.add("question", "n1", 1000, (sight,), asked="suspect-1", answer="yes")
    assert cause(story, "found_at_s <= 10 min") == (key, {"gone_at_s": float(gone_s), "found_at_s": 1000.0})


def test_few_sightings_because_it_was_over_soon() -> None:
    story = seen(100)
    assert cause(story, "sightings >= 3") == ("unknown", {})
    story.add("game_end", "organiser", 300, game="Spel", reason="found")
    assert cause(story, "sightings >= 3") == ("found-soon", {"end_at_s": 300.0})


def test_how_a_finder_came_to_ask() -> None:
    told = {"found_at_s": 300.0, "posted_at_s": 51.0}
    for text in ("found_at_s >= 10 min", "found_at_s <= 10 min", "found = yes"):
        assert cause(hunt(50, 100, 300), text) == ("found-by-message", told)
    story = hunt(50, 100, 300)
    early = story.post("n2", 20, ("fact:x",), {1: 25.0})  # told him whom to look for, and did not send him out
    asked = story.records.index(next(record for record in story.records if record.kind == "question"))
    story.records[asked] = story.records[asked]._replace(causes=(*story.records[asked].causes, f"{early}@n1"))
    assert cause(story, "found = yes") == ("found-by-message", told)
    for causes, key, facts in (
        (("sighting:n0:1",), "found-by-sight", {}),
        (("route:n0:1", "draw:ask-stranger:n0:0"), "found-by-chance", {}),
        (("post:organiser:1@n0",), "found-by-hint", {"posted_at_s": 200.0}),
    ):
        story = seen(100)
        story.route("n0", "player", [(0, 0, 0), (900, 9, 0)], ("fact:x",))
        story.post("organiser", 200, ("fact:x",), {0: 250.0}, content="hint")
        story.add("question", "n0", 300, causes, asked="suspect-1", answer="yes")
        assert cause(story, "found_at_s >= 10 min") == (key, {"found_at_s": 300.0, **facts})


def test_not_found_for_how_far_it_came() -> None:
    story = seen(100)
    assert cause(story, "found = yes") == ("untold", {"count": 1})
    post = story.post("n0", 110, ("sighting:n0:1",), {1: 150.0, 2: 160.0})
    assert cause(story, "found_at_s <= 40 min") == ("nobody-went", {"count": 2})
    story.add("departure", "n1", 150, (f"{post}@n1",), post=post, to=place(), **{"from": "home"})
    assert cause(story, "suspects_found >= 1") == ("not-met", {"searchers": 1})
    story.add("gave_up", "n1", 900, ("departure:n1:1",))
    assert cause(story, "all_found_at_s <= 40 min") == ("gave-up", {"count": 1, "searchers": 1})
    story.add("question", "n1", 300, ("draw:ask-stranger:n1:0",), asked="n4", answer="no")
    assert cause(story, "found = yes") == ("asked-others", {"count": 1, "searchers": 1})


def test_others_asked_by_likeness_by_chance_or_by_a_message() -> None:
    story = opening(*FIVE)
    alike = story.sighting("n0", 100, ("fact:x",), suspect="n4")
    story.add("question", "n0", 100, (alike,), asked="n4", answer="no")
    assert cause(story, "challenges_wrong <= 0") == ("wrong-alike", {"count": 1, "of": 1})
    for who in ("n2", "n3"):
        story.add("question", who, 200, (f"draw:ask-stranger:{who}:0",), asked="n4", answer="no")
    assert cause(story, "challenges_wrong <= 0") == ("wrong-stranger", {"count": 2, "of": 3})
    news = story.post("n0", 110, (alike,), {1: 120.0}, true=False)
    for time_s in (300, 310, 320):
        again = story.sighting("n1", time_s, (f"{news}@n1",), suspect="n4")
        story.add("question", "n1", time_s, (again,), asked="n4", answer="no")
    assert cause(story, "challenges_wrong <= 0") == ("wrong-told", {"count": 3, "of": 6})


def test_risks_and_units() -> None:
    story = opening(*FIVE)
    story.add("address", "n1", 100, addressed="suspect-1", unsafe=True)
    assert cause(story, "unsafe_approaches <= 0") == ("unknowing", {"count": 1})
    assert cause(story, "dispatches >= 1") == ("unreported", {"calls": 0})


def test_calls_that_no_message_prompted() -> None:
    story = seen(100)
    story.call("n0", 110, "sighting:n0:1")
    assert cause(story, "calls_prompted_by_message >= 1") == ("unprompted", {"count": 1, "of": 1})


def test_how_the_first_came_to_see_him() -> None:
    assert cause(seen(100), "first_sighting_s <= 1 min") == ("seen-first", {"seen_at_s": 100.0})
    story = opening(*FIVE)
    act = story.add("act", "suspect-1", 90, ("fact:x",), act="voelt aan deuren", **place(), until_s=120.0)
    story.sighting("n0", 100, ("route:suspect-1:1", act), by="act", recognised=False)
    assert cause(story, "first_sighting_s <= 1 min") == ("seen-by-act", {"seen_at_s": 100.0, "act": "voelt aan deuren"})
    for sender, key in (("organiser", "seen-by-hint"), ("n3", "seen-by-message")):
        story = opening(*FIVE)
        told = story.post(sender, 50, ("fact:x",), {0: 60.0}, content="hint" if sender == "organiser" else "sighting")
        story.sighting("n0", 100, (f"{told}@n0",))
        assert cause(story, "first_sighting_s <= 1 min") == (key, {"seen_at_s": 100.0, "posted_at_s": 50.0})
        assert cause(story, "first_sighting_s <= 2 min") == (key, {"seen_at_s": 100.0, "posted_at_s": 50.0})


def test_what_the_trace_does_not_tell_is_said() -> None:
    story = seen(100)
    assert cause(story, "sightings <= 0") == ("unknown", {})
    assert told_goal("19:30", row(story, "sightings <= 0"), "en")["texts"][1].endswith("does not tell why it went this way.")
    assert row(story, "sightings >= 1")["cause"] is None
