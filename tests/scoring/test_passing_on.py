"""Messages that are passed on, told from those of people who saw something themselves; and broadcasts."""

from __future__ import annotations

from tests.scoring.test_score import FIVE, opening, scored


def test_passing_on_is_told_from_posting() -> None:
    story = opening(*FIVE)
    news = story.post("n1", 100, (story.sighting("n1", 90, ("fact:x",)),), {0: 105.0})
    story.post("n0", 120, (f"{news}@n0",), {}, channel="group-2", called=True)
    hint = story.post("organiser", 200, ("fact:x",), {0: 205.0}, content="hint")
    story.post("n0", 210, (f"{hint}@n0",), {}, channel="group-2", content="hint")
    seen_after_reading = story.sighting("n2", 300, (f"{news}@n2",))
    story.post("n2", 310, (seen_after_reading, f"{news}@n2"), {})
    result = scored(story)
    assert [result[key] for key in ("posts", "forwards", "relays")] == [2, 1, 1]
    assert (result["first_post_s"], result["first_cross_group_s"]) == (100.0, 120.0)
    assert (result["groups_active"], result["posts_stating_called_share"]) == (1, 0.0)


def test_a_steward_who_passes_on_what_he_saw_himself_passes_on() -> None:
    story = opening(*FIVE)
    own = story.post("n1", 100, (story.sighting("n1", 90, ("fact:x",)),), {})
    judged = story.add("judgement", "n1", 150, (own,), post=own, target="group-2", verdict="passes-on")
    story.post("n1", 150, (judged,), {}, channel="group-2")
    result = scored(story)
    assert [result[key] for key in ("posts", "forwards", "relays")] == [1, 1, 0]
    assert (result["first_post_s"], result["first_cross_group_s"]) == (100.0, 150.0)


def test_a_call_is_prompted_by_a_broadcast_if_the_caller_read_it_himself_wherever_it_was() -> None:
    story = opening(*FIVE)
    first = story.sighting("n0", 100, ("fact:x",))
    story.call("n0", 110, first)
    decided = story.add("broadcast", "desk", 115, (first,), suspect="suspect-1", elements={}, sends=True)
    told = story.post("desk", 120, (decided,), {1: 130.0, 2: 131.0}, channel="broadcast", content="broadcast")
    shared = story.post("n2", 140, (f"{told}@n2",), {0: 150.0, 3: 150.0}, content="broadcast")
    news = story.post("n0", 140, (first,), {3: 150.0}, content="sighting")
    closing = story.post("desk", 150, (told,), {4: 151.0}, channel="broadcast", content="close")
    for index, causes in enumerate(((f"{told}@n1",), (f"{shared}@n3", f"{news}@n3"), (f"{closing}@n4",))):
        who = ("n1", "n3", "n4")[index]
        story.call(who, 210 + index, story.sighting(who, 205, causes))
    result = scored(story)
    assert result["calls_prompted_by_broadcast"] == 2
    assert result["calls_prompted_by_message"] == 1
    assert result["load_by_role"]["desk"]["decisions"] == 1
    assert (result["posts"], result["forwards"], result["relays"]) == (1, 0, 1)
