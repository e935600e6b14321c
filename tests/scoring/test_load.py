"""Chatter and muting: load is counted, and what is said of taking part in the exercise leaves it out."""

from __future__ import annotations

from tests.fixtures.by_hand import Story
from tests.scoring.test_score import FIVE, opening, scored


def test_chatter_is_load_and_nothing_else() -> None:
    story = opening(*FIVE)
    talk = {"content": "chatter", "place": None, "seen_s": None}
    story.post("n2", 50, ("draw:chatter:n2:0",), {0: 60.0, 1: 3700.0}, **talk)
    story.post("n3", 60, ("draw:chatter:n3:0",), {0: 70.0}, channel="group-2", **talk)
    story.call("n1", 90, story.sighting("n1", 80, ("fact:x",)))
    story.post("n1", 100, ("sighting:n1:1",), {0: 110.0}, called=True)
    story.post("n1", 120, ("draw:chatter:n1:0",), {}, **talk)
    result = scored(story)
    # what is said of taking part is as if nobody had chatted; only n1 of five called and posted
    about = {"first_post_s": 100.0, "posts": 1, "forwards": 0, "relays": 0, "groups_active": 1, "active_share": 0.2}
    about |= {"saar_order_share": 1.0, "posts_stating_called_share": 1.0, "first_cross_group_s": None}
    assert {key: result[key] for key in about} == about
    # three messages to the four others in group-1, and one to the only member of group-2, which n3 is not in
    assert (result["reads"], result["messages_per_member_mean"]) == (3, 13 / 5)
    # nobody was reached by news but by the post: n0 of the four who saw nothing
    assert result["reach_share"] == 0.25


def test_who_muted_a_group_counts_from_when_he_did() -> None:
    story = opening(*FIVE)
    late = story.post("n1", 3000, ("fact:x",), {})
    data = {"post": late, "members": [0, 2, 3], "from_s": [3010.0, 3600.0, 3601.0], "messages": [5, 5, 6]}
    story.add("mute", "group-1", 3000, (late,), **data)
    story.add("mute", "shopkeepers", 3000, (late,), **data)  # no residents, so they do not count
    story.add("game_end", "organiser", 3600, game="Spel", reason="time")
    # five members of group-1 and one of group-2; two had muted by the end
    assert scored(story)["muted_share"] == 0.333333


def test_without_groups_nobody_mutes() -> None:
    story = Story()
    story.residents(("n0", 40, 0, 0, 0.0, 0.0))
    assert scored(story)["muted_share"] is None
