"""The chain behind a record is the right one, and is told in both languages."""

from __future__ import annotations

import re

import pytest

from simulation.errors import RunError
from simulation.language.catalogue import LANGUAGES
from simulation.trace.kinds import KINDS
from simulation.trace.log import Trace
from simulation.trace.names import Names
from simulation.trace.records import Record
from simulation.trace.why import causal_chain
from simulation.trace.why_words import record_words, why_lines
from tests.fixtures.by_hand import HEADER, Story, evening, place


def steps(record_id: str | None = None) -> list[str]:
    return [link.cause for link in causal_chain(evening(), record_id).links]


def test_the_chain_of_the_finder() -> None:
    assert steps() == [
        "fact:games",
        "game:organiser:1",
        "hint:organiser:1",
        "post:organiser:2",
        "post:organiser:2@n3/1",
        "sighting:n3/1:1",
        "question:n3/1:1",
        "found:suspect-1:1",
    ]


def test_the_chain_of_a_responder_goes_through_what_he_read() -> None:
    chain = causal_chain(evening(), "arrival:n3/1:1")
    assert [link.cause for link in chain.links][-5:] == [
        "call:n1/1:1",
        "post:n1/1:1",
        "post:n1/1:1@n3/1",
        "departure:n3/1:1",
        "arrival:n3/1:1",
    ]
    reading = chain.links[-3]
    assert (reading.reader, reading.time_us) == ("n3/1", 400_000_000)
    assert chain.links[-2].side == ("draw:go-out:n3/1:1",)


def test_a_way_of_a_suspect_is_a_trigger_only_where_nothing_else_is() -> None:
    assert steps("act:suspect-1:1") == ["fact:games", "game:organiser:1", "route:suspect-1:1", "act:suspect-1:1"]


def test_every_chain_ends_in_a_fact_or_a_draw() -> None:
    for record in evening().records:
        chain = causal_chain(evening(), record.id)
        assert chain.links[-1].record == record
        assert chain.links[0].cause.startswith(("fact:", "draw:"))
        times = [link.time_us for link in chain.links if link.time_us is not None]
        assert times == sorted(times)


@pytest.mark.parametrize(
    ("without", "target"),
    [
        ((), "found:suspect-1:1"),
        (("found",), "question:n3/1:1"),
        (("found", "question"), "report:desk:1"),
        (("found", "question", "report"), "sighting:n1/1:1"),
        (("found", "question", "report", "sighting"), "close:organiser:1"),
    ],
)
def test_without_a_record_the_most_interesting_is_explained(without: tuple[str, ...], target: str) -> None:
    kept = tuple(record for record in evening().records if record.kind not in without)
    assert causal_chain(Trace(HEADER, kept)).links[-1].cause == target


def test_unknown_records_are_refused_with_a_suggestion() -> None:
    with pytest.raises(RunError, match="did you mean 'found:suspect-1:1'"):
        causal_chain(evening(), "found:suspect-1")
    with pytest.raises(RunError, match="nothing to explain"):
        causal_chain(Trace(HEADER, ()))


def test_the_words_have_clock_times() -> None:
    lines = list(why_lines(evening(), causal_chain(evening()), "en"))
    assert lines[0] == "It starts with: the games in the scenario."
    assert "19:40:20  Resident 3 (aged 35, came to play) reads the message of the organisers in the group." in lines
    assert lines[-1] == "19:40:50  The suspect is found by resident 3 and hands over the letter."
    dutch = list(why_lines(evening(), causal_chain(evening(), "arrival:n3/1:1"), "nl"))
    assert "19:35:50  Bewoner 1 zet een bericht in de groep: gezien bij Dorpsstraat; er is al gebeld." in dutch
    assert "          Ook nodig: toeval: gaat de bewoner naar buiten?" in dutch


def every_kind() -> Trace:
    """Tell one of everything that the small evening lacks."""
    story = Story(records=list(evening().records))
    call = "call:n1/1:1"
    story.add("abandoned", "n1/1", 340, (call,), call=call, waited_s=65.0)
    story.add("skip", "n6/1", 4000, ("post:n1/1:1@n6/1",), post="post:n1/1:1")
    story.add("gave_up", "n3/1", 900, ("departure:n3/1:1",))
    story.add("follow", "n3/1", 910, ("sighting:n3/1:1",), suspect="suspect-1", until_s=1510.0)
    story.call("n6/1", 4001, "sighting:n1/1:1", number="emergency")
    story.add("question", "n6/1", 4002, asked="n2/1", answer="no")
    story.add("dispatch", "desk", 4003, unit="unit-1", report="report:desk:1", to={"x_m": 0.0, "y_m": 0.0, "street": "West"})
    story.add("callback", "desk", 4003, resident="n6/1", heard="post:n1/1:1", told=None)
    story.add("cover", "suspect-1", 4002, covered_m=812.4, uncovered_m=301.0)
    for verdict in ("passes-on", "takes-on", "no", "known", "taken"):
        story.add("judgement", "n1/1", 4001, ("post:n1/1:1",), post="post:n1/1:1", target="group-1", verdict=verdict)
    everybody = story.add("channel", "broadcast", 4001, structure="broadcast", kind="broadcast", members=[0, 2], muted=[])
    story.add("enrolment", "broadcast", 4001, (everybody,), members=[0, 2], ways=["app", "voice"])
    story.add("correction", "n1/1", 4001, ("post:n1/1:1",), post="post:n1/1:1")
    story.add("role", "administrator", 4001, members=[0], groups=["group-1"])
    for sends in (False, True):
        decided = story.add("broadcast", "desk", 4001, ("report:desk:1",), suspect="suspect-1", elements={}, sends=sends)
    told = story.post("desk", 4002, (decided,), {0: 4003.0}, channel="broadcast", content="broadcast")
    for verdict in ("passes-on", "no", "known"):
        story.add("judgement", "n1/1", 4003, (f"{told}@n1/1",), post=told, target="group-1", verdict=verdict)
    story.post("n1/1", 4003, (f"{told}@n1/1",), {2: 4004.0}, content="broadcast")
    story.post("desk", 4004, (told,), {0: 4005.0}, channel="broadcast", content="close", place=None, seen_s=None)
    for content in ("start", "hint", "close"):
        story.post("n1/1", 4004, ("game:organiser:1",), {}, content=content, place=None, seen_s=None)
    on_duty = {"on_duty": [0], "from_s": [-30.0], "until_s": [7170.0], "by_bike": [1]}
    shops = {"who": ["n9/shopkeeper"], "sees": [1], "until_s": 3600.0, "x_m": [110.0], "y_m": [8.0]}
    story.add("shopkeepers", "organiser", 4002, ("draw:shop-staffed:everybody:0",), **shops)
    sitting = {"who": ["official/officer-1", "official/replaced-1"], "role": ["officer", "replaced"]}
    sitting["duty"] = ["replaced", "off-duty"]
    story.add("officials", "organiser", 4002, ("fact:structure", "draw:on-duty:everybody:0"), **sitting)
    story.add("roster", "patrol-team", 4002, ("fact:structure", "draw:patrol-duty:everybody:0"), members=[0, 2], **on_duty)
    story.add("route", "n1/1", 4002, ("roster:patrol-team:1",), reason="patrol", t_s=[], x_m=[], y_m=[])
    entry = {"member": "n1/1", "sighting": "sighting:n1/1:1", "place": place("West"), "seen_s": 290.0}
    for number, outcome in enumerate(("called", "unanswered", "known", "later"), 1):
        same_as = f"register:coordinator:{number - 2}" if outcome == "known" else None
        cause = same_as or "draw:patrol-start:n1/1:0"
        story.add("register", "coordinator", 4002, ("sighting:n1/1:1", cause), **entry, outcome=outcome, same_as=same_as)
    story.add(
        "handover", "coordinator", 4002, ("register:coordinator:4", "roster:patrol-team:1"), entry="register:coordinator:4"
    )
    for kind in ("sunset", "dark"):
        story.add(kind, "organiser", 4002, ("fact:date", "fact:start"))
    story.add("address", "n6/1", 4003, addressed="passer-by-2/1", unsafe=False)
    story.post("n1/1", 4004, ("draw:chatter:n1/1:0",), {}, content="chatter", place=None, seen_s=None)
    too_much(story, 1)
    return story.trace()


def too_much(story: Story, messages: int) -> str:
    """Let messages come, the last of which is one too many for two members; give the id of that record."""
    sent = [
        story.post(
            "n1/1",
            5000 + number,
            ("draw:chatter:n1/1:1", "fact:structure/topics"),
            {},
            content="chatter",
            place=None,
            seen_s=None,
        )
        for number in range(messages)
    ]
    data = {"post": sent[-1], "members": [2, 5], "from_s": [5100.0, 5200.0], "messages": [messages, messages]}
    return story.add("mute", "group-1", 4999 + messages, (*reversed(sent), "draw:tolerance:everybody:0"), **data)


@pytest.mark.parametrize(
    ("messages", "needed"),
    [
        (1, "chance: how many messages does each member bear?"),
        (3, "the message of resident 1 at 20:53:21; the message of resident 1 at 20:53:20; chance: how many"),
        (4, "the message of resident 1 at 20:53:22; the message of resident 1 at 20:53:21; the message of resident 1 at"),
        (5, "4 other messages; chance: how many messages does each member bear?"),
    ],
)
def test_a_muting_is_explained_by_the_last_message_and_those_before_it(messages: int, needed: str) -> None:
    story = Story(records=list(evening().records))
    muting = too_much(story, messages)
    chain = causal_chain(story.trace(), muting)
    assert [link.cause for link in chain.links[-2:]] == [f"post:n1/1:{messages + 1}", muting]
    told = list(why_lines(story.trace(), chain, "en"))
    assert told[0] == "It starts with: what the groups talk about, according to the scenario."
    assert told[-2].endswith("  It gets too busy in the group for 2 members, who mute it at their next look.")
    assert told[-1].startswith("          Also needed: " + needed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_words(language: str) -> None:
    trace = every_kind()
    told = {record.kind: record_words(trace, record, Names(trace, language), language) for record in trace.records}
    assert told.keys() == KINDS.keys()
    assert all(words.endswith(".") and words[0].isupper() for words in told.values())
    assert not [words for words in told.values() if "{" in words or "None" in words]


def test_a_decision_is_the_trigger_of_what_was_decided() -> None:
    story = Story(records=list(evening().records))
    decided = story.add("broadcast", "desk", 420, ("report:desk:1",), suspect="suspect-1", elements={}, sends=True)
    later = story.sighting("n3/1", 430, (f"{'post:n1/1:1'}@n3/1",))
    told = story.post("desk", 440, (decided, later, "draw:broadcast-setup:suspect-1:0"), {}, channel="broadcast")
    chain = causal_chain(story.trace(), told)
    assert [link.cause for link in chain.links[-3:]] == ["report:desk:1", decided, told]
    assert chain.links[-1].side == (later, "draw:broadcast-setup:suspect-1:0")


def test_a_hint_may_tell_little() -> None:
    story = Story()
    story.add("hint", "organiser", 0, game="Spel", suspect="suspect-1", rung=0, tell={}, where=None, reason="clock")
    story.add(
        "hint",
        "organiser",
        0,
        game="Spel",
        suspect="suspect-1",
        rung=1,
        tell={},
        where=place() | {"direction_rad": None},
        reason="clock",
    )
    tell = {"bag": "rucksack", "wings": "two", "sex": "woman"}
    story.add("hint", "organiser", 0, game="Spel", suspect="suspect-1", rung=2, tell=tell, where=None, reason="clock")
    told = [record_words(story.trace(), record, Names(story.trace(), "en"), "en") for record in story.records]
    assert [words.partition(": ")[2] for words in told] == [
        "no details.",
        "seen near Dorpsstraat.",
        "woman (sex); rucksack (bag); two (wings).",
    ]


def test_ids_lead_on_to_every_step() -> None:
    lines = list(why_lines(evening(), causal_chain(evening()), "en", ids=True))
    shown = [line.rpartition("  [")[2].removesuffix("]") for line in lines if line.endswith("]")]
    assert shown == steps()[1:]
    assert [steps(record_id)[-1] for record_id in shown] == shown
    assert "boef why DIR RECORD" in lines[-1]


def test_words_name_nothing_that_only_the_machinery_knows() -> None:
    trace = every_kind()
    for language in LANGUAGES:
        for record in trace.records:
            told = " ".join(why_lines(trace, causal_chain(trace, record.id), language))
            assert not re.search(r"fact:|draw:|suspect-|group-|page-|-page|n\d/\d|organiser:", told), told


def test_people_have_names() -> None:
    names = Names(evening(), "nl", introduce=True)
    assert [names.who(key) for key in ("organiser", "desk", "suspect-1", "n3/1", "n3/1", "unit-1")] == [
        "de organisatie",
        "de meldtafel",
        "de boef",
        "bewoner 3 (35 jaar, doet mee als speler)",
        "bewoner 3",
        "eenheid 1",
    ]


def test_only_who_is_one_of_more_has_a_number() -> None:
    story = Story()
    story.add("game", "organiser", 0, game="Spel", suspects=["suspect-4", "suspect-2"], duration_s=60.0)
    for number in (1, 2):
        story.add("channel", f"group-{number}", 0, structure="separate-groups", kind="group", members=[], muted=[])
    names = Names(story.trace(), "nl")
    assert [names.who("suspect-2"), names.channel("group-2"), names.channel("?")] == ["boef 2", "in groep 2", "in ?"]
    assert names.cause("game:organiser:1") == 'het begin van het spel "Spel"'


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("fact:games/0/hints/1", "hint 2 bij spel 1 in het scenario"),
        ("fact:games/1/too_few", "wat er bij spel 2 in het scenario staat over te weinig meldingen"),
        ("fact:players/know", "wat spelers vooraf weten, volgens het scenario"),
        ("fact:weather", "het scenario (weather)"),
        ("draw:tell-who:n3/1:1", "toeval: wat vertelt de beller?"),
        ("draw:suspect-turn:suspect-1:0", "toeval: welke kant gaat iemand op?"),
        ("draw:dice:n3/1:0", "toeval (dice)"),
        ("post:n1/1:1@n3/1", "het bericht van bewoner 1 dat bewoner 3 las"),
        ("sighting:n1/1:1", "wat bewoner 1 zag om 19:35:10"),
        ("gone:n1/1:1", "gone:n1/1:1"),
    ],
)
def test_causes_have_names(cause: str, words: str) -> None:
    assert Names(evening(), "nl").cause(cause) == words


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ("sighting:n1/1:7", "sighting:n1/1:1"),
        ("sighting:n1/99:1", "sighting:n1/1:1"),
        ("report:desk:9@n1/1", "report:desk:1"),
    ],
)
def test_a_record_of_the_same_kind_and_person_is_suggested_if_there_is_one(wanted: str, meant: str) -> None:
    with pytest.raises(RunError) as caught:
        causal_chain(evening(), wanted)
    assert f"did you mean {meant!r}?" in str(caught.value)


def test_a_person_weighs_more_than_letters() -> None:
    ids = ["sighting:n4370/shopkeeper:1", "sighting:n4371/shopkeeper:9", "post:n4370/shopkeeper:9"]
    trace = Trace(HEADER, tuple(Record(one, 0, one.split(":")[0], one.split(":")[1], (), {}) for one in ids))
    with pytest.raises(RunError, match="did you mean 'sighting:n4370/shopkeeper:1'"):
        causal_chain(trace, "sighting:n4370/shopkeeper:9")


def test_a_reading_that_never_was_is_no_record() -> None:
    for record_id in ("post:n1/1:1@n2/1", "post:n1/1:1@nobody", "close:organiser:1@n1/1"):
        with pytest.raises(RunError, match="no record"):
            causal_chain(evening(), record_id)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nl", "Winkelier 1 ziet vanuit de winkel de boef bij Dorpsstraat, op 12 m afstand, en herkent het signalement."),
        ("en", "Shopkeeper 1 sees the suspect from the shop near Dorpsstraat, 12 m away, and recognises the description."),
    ],
)
def test_a_shopkeeper_is_named_as_one_and_reads_like_others(language: str, told: str) -> None:
    story = Story(records=list(evening().records))
    shops = {"who": ["n9/shopkeeper"], "sees": [1], "until_s": 3600.0, "x_m": [110.0], "y_m": [8.0]}
    story.add("shopkeepers", "organiser", 4000, ("fact:structure/shopkeepers_until",), **shops)
    number = len(story.records[1].data["who"])
    post = story.post("organiser", 4010, ("fact:games",), {number: 4020.0}, content="start", channel="shopkeepers")
    seen = story.sighting("n9/shopkeeper", 4030, (f"{post}@n9/shopkeeper",), **{"from": "shop"})
    trace = story.trace()
    (last,) = (record for record in trace.records if record.id == seen)
    assert record_words(trace, last, Names(trace, language), language) == told
    assert [link.reader for link in causal_chain(trace, seen).links].count("n9/shopkeeper") == 1


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        (("group-1", "group-1-2", "group-2"), ["in group 1", "in group 1-2", "in group 2"]),
        (("group-4",), ["in the group"]),
        (("west", "east"), ["in group 1", "in group 2"]),
    ],
)
def test_groups_are_called_by_the_number_of_their_area(keys: tuple[str, ...], named: list[str]) -> None:
    story = Story()
    for key in keys:
        story.add("channel", key, 0, ("fact:structure",), structure="x", kind="group", members=[], muted=[])
    for key in ("shopkeepers", "shopkeepers-2"):
        story.add("channel", key, 0, ("fact:structure",), structure="x", kind="shops", members=[], muted=[])
    names = Names(story.trace(), "en")
    assert [names.channel(key) for key in keys] == named
    assert names.channel("shopkeepers-2") == "in shopkeepers' group 2"


def test_a_message_tells_what_it_says_of_how_somebody_looks() -> None:
    story = Story()
    looks = {"upper": "rode jas", "sex": "vrouw"}
    for elements in (looks, {}):
        story.post("n1/1", 10, ("fact:x",), {}, elements=elements)
    told = [record_words(story.trace(), record, Names(story.trace(), "nl"), "nl") for record in story.records]
    assert told[0] == f"{told[1]} Signalement: vrouw, rode jas."


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("nl", ["wijkagent 1", "wijkagent 2 (een collega in zijn plaats)", "de wijkregisseur", "number 1", "number 2-2"]),
        ("en", ["neighbourhood officer 1", "neighbourhood officer 2 (a colleague in his place)", "the area manager"]),
    ],
)
def test_officials_are_called_by_their_role_and_district(language: str, names: list[str]) -> None:
    story = Story()
    roles = ["officer", "officer", "area-manager", "number", "number"]
    keys = ["officer-1", "officer-2", "area-manager-1", "number-1", "number-2-2"]
    duty = ["on-duty", "replaced", "off-duty", "on-duty", "on-duty"]
    story.add("officials", "organiser", 0, ("fact:structure",), who=[f"official/{key}" for key in keys], role=roles, duty=duty)
    told = Names(story.trace(), language)
    assert [told.who(f"official/{key}") for key in keys][: len(names)] == names
    (record,) = story.trace().records
    words = record_words(story.trace(), record, told, "en")
    assert words == (
        "In groups above sit 5 people who live elsewhere: 3 on duty, 1 replaced by a colleague, 1 for whom nobody reads."
    )
