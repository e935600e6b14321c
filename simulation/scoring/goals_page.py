"""Handbook page of goals and rubric, derived from the tables in the code.

`python -m simulation.scoring.goals_page docs/goals.md` writes the page again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from simulation.language.catalogue import text
from simulation.measures import CAPABILITY_OF, MEASURES, NO_NUMBERS
from simulation.scenario.conditions import LARGEST
from simulation.scenario.goals import OF_THE_EVENING
from simulation.scenario.goalsets import GOAL_SETS
from simulation.scoring.rubric import FACTORS, POINTS, STEPS
from simulation.units import format_duration

_TOP = """\
# Goals and rubric

<!-- Written by `python -m simulation.scoring.goals_page docs/goals.md`; change the code instead. -->

A scenario may say what its evening is to achieve. `boef run` and `boef score` tell how far it did, `score.json` holds it under
`goals`, and the page of the evening shows it. `boef score DIR --goals SCENARIO` rates an evening by the goals of another
scenario, and an evening of which there is only a trace.

```yaml
goal_set: develop-adults
goals:
  - first_call_s <= 10 min
  - {goal: found_at_s between 20 min and 45 min, game: Wie vindt de boef?, weight: 2}
  - {goal: reach_share >= 80 %, capability: organise, title: Everybody hears of it}
```

A goal is a measure and a bound: `<=`, `>=`, `<`, `>`, `between ... and ...`, or `found = yes`. Times carry their unit, shares
are 0 to 1 or a percentage, counts whole numbers. It is about the whole evening, or about one `game`: then only what happened
in that game counts, and times count from its start. A `goal_set` of the evening, or of a game, adds goals that come along; an
own goal over the same measure of the same game takes the place of theirs.
"""

_NULL = """\
A moment that never came counts as infinitely late: U for a goal that it comes in time. So does a wait where people called and
nobody was answered. Where there was nothing to measure, such as the completeness of reports without any report, the goal is
not rated and counts for nothing.

Every goal is told with what is strong or to be improved, and with the likely cause. Causes are read from the records of the
trace and what caused them, with the ids of the records that show it, for `boef why`. Where the trace does not tell why, that
is said: that somebody who saw the suspect did not call is a draw, and nothing more is known of it.
"""

_SETS = """\
## Sets of goals

By what the exercise is for (testing, developing or orienting, after the Dutch framework for evaluating exercises) and who
plays. Most evenings orient or develop; unannounced ones test. All bounds and weights are assumptions of ours (grade D), to
start from.
"""

_UNIT_WORDS = {"moment": "time", "s": "length of time", "mean": "number", "yes-no": "`yes`"}


def goals_page() -> str:
    """Give the page in Markdown."""
    return "\n".join([_TOP, *_rubric(), _NULL, *_sets(), *_measures()])


def _rubric() -> list[str]:
    """Tell the thresholds."""
    (some, major), steps = FACTORS.values(), {unit: _step(unit) for unit in STEPS}
    points = ", ".join(f"{letter} {count}" for letter, count in POINTS.items())
    zero = ", ".join(f"{step} for a {_UNIT_WORDS.get(unit, unit)}" for unit, step in steps.items())
    head = """\
## The rubric

The letters are those of HSEEP, the American doctrine for exercises; the thresholds are an assumption of ours (grade D).

| Letter | Meaning | Value |
|---|---|---|"""
    return [
        head,
        f"| P | performed {text('en', 'goal.letter.P')} | the goal is met |",
        f"| S | performed {text('en', 'goal.letter.S')} | missed by at most a factor {some:g} of the bound |",
        f"| M | performed {text('en', 'goal.letter.M')} | missed by at most a factor {major:g} |",
        f"| U | {text('en', 'goal.letter.U')} | missed by more, or it did not happen at all |",
        "",
        f"For `first_call_s <= 10 min`, S is up to {10 * some:g} min and M up to {10 * major:g} min;",
        f"for `reach_share >= 0.8`, S is from {0.8 / some:g} and M from {0.8 / major:g}. A bound of 0 has no factor:",
        f"there a miss by one step counts as a factor {major:g} ({zero}).",
        "",
        "Several goals together, of a capability or of the evening, have the weighted mean of their points",
        f"({points}) and the letter nearest to it; P only where every goal is met.",
        "",
    ]


def _step(unit: str) -> str:
    """Write the step of a unit."""
    return format_duration(STEPS[unit]) if unit in {"moment", "s"} else f"{STEPS[unit]:g}"


def _sets() -> list[str]:
    """Tell the sets of goals."""
    lines = [_SETS]
    for name, goals in GOAL_SETS.items():
        told = (f"`{goal}`" + (f" (weight {weight:g})" if weight != 1 else "") for goal, weight in goals)
        lines.append(f"- `{name}`: {', '.join(told)}")
    return [*lines, ""]


def _measures() -> list[str]:
    """Tell which measures a goal can be about."""
    rows = [
        f"| `{measure.key}` | {_unit(measure.key, measure.unit)} | {CAPABILITY_OF[measure.key]} | {measure.meaning('en')} |"
        for measure in MEASURES
        if measure.unit not in NO_NUMBERS
    ]
    only = " and ".join(f"`{key}`" for key in OF_THE_EVENING)
    return [
        "## Measures\n",
        f"A goal counts for this capability unless it says otherwise. {only} are measured over whole evenings only.\n",
        "| Measure | Value | Capability | Meaning |",
        "|---|---|---|---|",
        *rows,
        "",
    ]


def _unit(key: str, unit: str) -> str:
    """Tell which values a measure has."""
    most = f", at most {LARGEST[key]:g}" if key in LARGEST else ""
    return f"{_UNIT_WORDS.get(unit, unit)}{most}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(goals_page(), encoding="utf-8")
