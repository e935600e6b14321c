"""What practice says of groups, and what the model says of each statement: as documented, and at equal effort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.scenario.registry import REGISTRY
from tests.studies.compared import Condition
from tests.studies.comparison_tables import LABELS, changed, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.studies.compared import Came

NO_CAP, SILENT, PAGE = "single-group, cap 100", "single-group, nobody says that he called", "separate-groups, hint on the page"
CONDITIONS = {
    NO_CAP: Condition("single-group", cap=100),
    SILENT: Condition("single-group", {"p_post_called_stated": 0.0}),
    PAGE: Condition("separate-groups", outlet="public-page"),
}
"""Conditions of single statements."""

TELLING = ("p_post_member", "p_post_player", "read_delay_player_median_s", "p_mute")
CALLING = ("p_report_member", "p_report_player", "alerted_watch_factor", "p_go_out_player", "p_go_out_ordinary")
PASSING = ("p_admin_forward", "judgement_shared", "p_steward_available", "admin_relay_median_s", "forward_half_s")
SENDING = ("burgernet_sent_prob", "burgernet_setup_median_s", "burgernet_min_elements", "p_report_enrolled", "p_press_share")


@dataclass(frozen=True)
class Statement:
    """One statement.

    Parameters
    ----------
    words, source
        What is said, and where.
    documented, equal
        The answer as documented and at equal effort: begins with emerges, assumed or not represented.
    why
        What it rests on in the model; sections are those of docs/model.md.
    numbers
        The assumed numbers (grade D) on which it rests.
    contrasts
        Conditions that are compared, one minus the other, and in what.
    """

    words: str
    source: str
    documented: str
    equal: str
    why: str
    numbers: tuple[str, ...] = ()
    contrasts: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


STATEMENTS = (
    Statement(
        "Groups bring more and earlier calls",
        "Zoomwijck 2015",
        "emerges: more calls; earlier ones only where nobody plays",
        "emerges, as documented; one group, and separate ones, take nobody's effort",
        "Readers learn elements (7.4), look out more (7.9) and go out (7.18), so more of them notice and may call; a "
        "message by who does not call can bring the first call of another. Against it works the skipped call (7.12). "
        "More calls show where nobody else tells. The first message mostly comes from who called just before, so that "
        "groups bring the first call forward only where the first to see the suspect mostly do not call: without "
        "players (`tests/verification/test_statements.py`). Where hints and players tell everybody anyway, neither "
        "shows. **Assumed** is, under every structure, that members who "
        "recognise somebody or know of the exercise call more often than others (`p_report_member` against "
        "`p_report_unprimed`); the size of the effect hangs on that.",
        (*CALLING, *TELLING, "skip_within_s", "skip_within_m"),
        (
            ("single-group", "none", ("calls", "called", "found")),
            ("separate-groups", "none", ("calls", "called", "found")),
            ("zoomwijck", "none", ("calls", "called", "found")),
        ),
    ),
    Statement(
        "Splitting early loses support",
        "Zoomwijck 2015",
        "not represented",
        "not represented",
        "No willingness depends on the size or history of a group, and nothing lasts beyond the evening. What emerges "
        "is the narrower reach of split groups, which connecting them wins back in part: below, each against one group "
        "of all. A group that is full loses more: with a cap of 100 most members are in no group.",
        (*TELLING, *PASSING),
        (
            ("separate-groups", "single-group", ("told", "calls", "found")),
            ("zoomwijck", "single-group", ("told", "calls", "found")),
            ("bridging-coordinators", "single-group", ("told", "calls", "found")),
            (NO_CAP, "single-group", ("told", "calls", "found")),
        ),
    ),
    Statement(
        "Small groups work because people know each other",
        "Stein 2016",
        "assumed, in one respect",
        "assumed, in one respect",
        "The chance to know a fellow member falls with the size of the group by formula; that small groups mistake "
        "fewer neighbours for the suspect follows. Other things weigh more in the number of wrong people who are asked: "
        "most people in the street are no members of one's group, and players who were told nothing ask strangers, who "
        "are more where groups are small. Trust, willingness and order in a small group are not represented.",
        ("p_know_neighbour", "know_half_size", "passersby_per_km", "p_misperceive"),
        (("separate-groups", "single-group", ("wrong",)),),
    ),
    Statement(
        "'Called' prevents a rain of calls",
        "Groningen 2015-2017",
        "assumed; its size emerges",
        "assumed; its size emerges",
        "That who read it does not call is a rule (7.12). How many calls it saves emerges: only of those who have read "
        "it by the time they notice the same suspect there. Below, a group in which it is said as often as usual "
        "against one in which nobody says it.",
        ("p_post_called_stated", "skip_within_s", "skip_within_m", *TELLING),
        (("single-group", SILENT, ("calls", "duplicates")),),
    ),
    Statement(
        "Administrators need contact with each other",
        "Veenendaal 2017",
        "assumed; its size emerges",
        "assumed; its size emerges, and so does which way of contact does more",
        "Messages pass between groups only where administrators share a group or sit in each other's (7.3, 7.15). How "
        "many more read them, and how much sooner, emerges; of an evening `admins_joined_share` tells how many have such "
        "contact, and `load_by_role` what it costs them. At equal effort the last rows tell whether a group above "
        "does better than people who sit in both groups: one judgement instead of two.",
        (*PASSING, "forward_half_m", "forward_vague_factor", "forward_uncalled_factor"),
        (
            ("administrators-group", "separate-groups", ("told", "calls", "found")),
            ("bridging-coordinators", "separate-groups", ("told", "calls", "found")),
            ("administrators-group", "bridging-coordinators", ("told", "calls", "found")),
            ("zoomwijck", "bridging-coordinators", ("told", "calls", "found")),
        ),
    ),
    Statement(
        "Templates are faster",
        "Leiden 2018",
        "not represented",
        "not represented",
        "All messages take `post_typing_s`, and the organiser's none.",
        ("post_typing_s",),
    ),
    Statement(
        "Burgernet and groups together beat either",
        "Leiden 2018",
        "emerges",
        "emerges",
        "Each tells people whom the other does not (7.15, 7.22), so more know a description, look out and call. It "
        "shows where nobody else tells. That administrators who share it bring more readers follows from sharing; by "
        "how much emerges. **Assumed** is that who is enrolled and recognises the suspect calls as often as a member "
        "(`p_report_enrolled`).",
        (*SENDING, *TELLING),
        (
            ("separate-groups+broadcast", "separate-groups", ("told", "calls", "found")),
            ("separate-groups+broadcast", "broadcast", ("told", "calls", "found")),
            ("broadcast-shared", "separate-groups+broadcast", ("told", "calls", "found")),
            ("zoomwijck+broadcast-shared", "zoomwijck", ("told", "calls", "found")),
        ),
    ),
    Statement(
        "Feedback keeps people",
        "Leiden 2018",
        "not represented",
        "not represented",
        "Messages on the outcome are sent, and `outcome_reach_share` counts who reads them, but nobody's later "
        "behaviour depends on them.",
    ),
    Statement(
        "A public page keeps group traffic minimal",
        "Leiden 2018",
        "assumed",
        "assumed; nobody passes the organisers' own messages on in these groups",
        "With the outlet `public-page` the organisers' own messages are not in the groups, by definition. What members "
        "then write about what they read there emerges. How much groups chat is set (`topics`) and does not depend on "
        "the page.",
        ("chatter_narrow_per_hour", *TELLING),
        ((PAGE, "separate-groups, with a hint", ("messages", "hint")),),
    ),
    Statement(
        "Students are hard to reach",
        "Groningen 2015-2017",
        "assumed",
        "assumed",
        "Factors on being a member, playing and being at home say so; that fewer of them read anything follows under "
        "every structure.",
        ("member_student_factor", "play_student_factor", "home_student_factor", "p_household_student"),
    ),
    Statement(
        "Signs displace to uncovered streets",
        "Stein 2016",
        "assumed, and only where a scenario says how much; its size emerges",
        "the same; signs take no effort of those who pass on",
        "With `sign_weight` above its default, a suspect who wanders avoids streets with a sign (7.6). How much more of "
        "his way then lies in uncovered streets follows from the map (`tests/people/test_signs.py`). Other suspects do "
        "not heed signs, and nobody is deterred from coming.",
        ("sign_weight",),
    ),
)


def answers(came: Mapping[str, Came]) -> Iterator[str]:
    """Write down the answers, statement by statement."""
    yield "### Statements of practice\n"
    yield from paragraph(
        "What Dutch guides and plans say, and what the model says of it. *Emerges*: it follows from mechanisms that do "
        "not contain it. *Assumed*: it was put in, so that the model cannot confirm it. *Not represented*: the model "
        "cannot speak to it. Under each: differences between the same evenings, as above, and the assumed numbers "
        "(grade D) on which it rests, with their ranges. The sources are a proposal for groups in Zoomwijck, the "
        "website of Stein, plans, manual and guide of Groningen, the practice case of Veenendaal and the guide of the "
        "district Leiden-Bollenstreek."
    )
    yield "| statement | source | as documented | at equal effort |"
    yield "|---|---|---|---|"
    for one in STATEMENTS:
        yield f"| {one.words} | {one.source} | {_marked(one.documented)} | {_marked(one.equal)} |"
    yield ""
    for one in STATEMENTS:
        yield f"#### {one.words}\n"
        yield from paragraph(f"{one.why}")
        if one.contrasts:
            yield "| one against the other | in | as documented | at equal effort |"
            yield "|---|---|---:|---:|"
            yield from _contrasts(one, came)
            yield ""
        yield from paragraph(f"Rests on: {_numbers(one)}.")


def _marked(answer: str) -> str:
    """Set the verdict apart from what follows it."""
    verdict = next(word for word in ("emerges", "assumed", "not represented") if answer.startswith((word, "the same")))
    return f"*{verdict}*{answer.removeprefix(verdict)}" if answer.startswith(verdict) else answer


def _contrasts(statement: Statement, came: Mapping[str, Came]) -> Iterator[str]:
    for one, other, fields in statement.contrasts:
        for field in fields:
            documented = changed(came[one], came[other], field)
            equal = [came.get(f"{name}, equal effort", came[name]) for name in (one, other)]
            told = changed(equal[0], equal[1], field)
            same = "the same" if told == documented else told
            yield f"| `{one}` against `{other}` | {LABELS[field]} | {documented} | {same} |"


def _numbers(statement: Statement) -> str:
    if not statement.numbers:
        return "no number"
    ranges = ((name, REGISTRY[name]) for name in dict.fromkeys(statement.numbers))
    return ", ".join(f"`{name}` {known.default:g} ({known.low:g} to {known.high:g})" for name, known in ranges)
