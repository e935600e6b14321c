"""The numbers of one scenario: the registry's defaults, with what the scenario overrides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.errors import ScenarioError
from simulation.scenario.frozen import FrozenMap
from simulation.scenario.registry import REGISTRY, Parameter
from simulation.scenario.suggest import did_you_mean
from simulation.units import parse_duration, parse_length, parse_share, parse_speed

if TYPE_CHECKING:
    from collections.abc import Mapping

_READ_TEXT = {"s": parse_duration, "m": parse_length, "m/s": parse_speed, "share": parse_share}
_WHOLE = ("count", "years")
_MOST = {
    "share": 1,
    "factor": 10_000,
    "count": 100_000,
    "years": 150,
    "per hour": 1000,
    "s": 1e6,
    "m": 1e5,
    "m/s": 15,
    "log s": 4,
    "per km": 1000,
    "log per hour": 4,
}
"""Largest number of each unit with which an evening can be played, whatever a scenario means."""
_LEAST = {"count": 1, "s": 1, "m": 1, "m/s": 1e-6, "log s": 0.1, "factor": 0.01, "years": 18}
"""Smallest number of each unit for those of `_NEVER_ZERO`."""
_PARTS = (
    ("household types", ("p_household_family", "p_household_elderly", "p_household_student")),
    ("numbers of children", ("p_children_1", "p_children_2")),
    ("ways of delivery", ("p_burgernet_voice", "p_burgernet_app")),
)
"""Shares that cannot add up to more than one."""
_SPEEDS = ("v_walk_adult", "v_walk_old", "v_child", "v_bike")
_IN_ORDER = (
    ("d_half_m", "d_max_m"),
    ("student_oldest_age", "old_age"),
    ("old_age", "oldest_age"),
    ("student_house_least", "student_house_most"),
    *((f"{speed}_min_mps", f"{speed}_mps") for speed in _SPEEDS),
    *((f"{speed}_mps", f"{speed}_max_mps") for speed in _SPEEDS),
)
"""Pairs of which the first is at most the second."""
_NEVER_ZERO = {
    *(f"{speed}_{which}" for speed in _SPEEDS for which in ("mps", "min_mps")),
    *(f"{what}_{kind}_factor" for what in ("home", "member", "play") for kind in ("family", "elderly", "student", "single")),
    "belief_least_m",
    "call_hold_mean_s",
    "call_hold_median_s",
    "chats_per_forward",
    "chats_per_reforward",
    "d_half_m",
    "follow_update_s",
    "forward_half_m",
    "forward_half_s",
    "know_half_size",
    "lines",
    "old_age",
    "oldest_age",
    "patrol_round_s",
    "read_delay_ordinary_median_s",
    "read_delay_ordinary_sigma",
    "read_delay_player_median_s",
    "read_delay_player_sigma",
    "round_bike_s",
    "round_walk_s",
    "student_house_least",
    "student_house_most",
    "student_oldest_age",
    "search_choices",
    "towards_factor",
    "v_suspect_mps",
    "watch_spell_s",
}
_ROUNDING = 1e-9


class Parameters(FrozenMap[float]):
    """Every number of the model by name, overrides applied.

    The plausible range is not enforced here: who sets a number in Python means it. What no range could allow (a share of 2, an
    unknown name) is refused.

    Parameters
    ----------
    overridden
        The numbers that differ from the registry, in the registry's units.
    """

    __slots__ = ("overridden",)

    def __init__(self, overridden: Mapping[str, float] | None = None) -> None:
        own = dict(overridden or {})
        problems = [unknown_parameter(name) for name in own if name not in REGISTRY]
        problems += [text for name in own if name in REGISTRY and (text := _impossible(REGISTRY[name], own[name]))]
        if problems:
            raise ScenarioError(*problems)
        self.overridden = FrozenMap({name: float(own[name]) for name in REGISTRY if name in own})
        super().__init__({name: self.overridden.get(name, float(known.default)) for name, known in REGISTRY.items()})

    def __repr__(self) -> str:
        """Show what differs from the registry."""
        return f"Parameters({dict(self.overridden)!r})"


def unknown_parameter(name: str) -> str:
    """Say that no parameter has this name."""
    return f"there is no parameter '{name}'{did_you_mean(name, REGISTRY)} (all of them: docs/parameters.md)"


def read_parameter(name: str, written: object, *, beyond_range: bool = False) -> float:
    """Read one override as somebody wrote it.

    Parameters
    ----------
    name
        Name of a parameter of the registry.
    written
        A number in the registry's unit, or a text with a unit such as `60 s`, `200 m`, `5 km/h` or `25 %`.
    beyond_range
        Whether a value outside the plausible range is meant.

    Returns
    -------
    The number, in the registry's unit.
    """
    known = REGISTRY[name]
    if isinstance(written, str) and known.unit in _READ_TEXT:
        value = _READ_TEXT[known.unit](written)
    elif isinstance(written, int | float) and not isinstance(written, bool):
        value = float(written)
    else:
        wrong = "nothing is filled in" if written is None else f"{written!r:.60} is not a number"
        raise ValueError(f"{wrong}; {name} is a number from {known.low:g} to {known.high:g} ({known.unit})")
    problem = _impossible(known, value)
    if problem:
        raise ValueError(problem)
    if not beyond_range and not known.low <= value <= known.high:
        raise ValueError(
            f"{name} = {value:g} lies outside its plausible range, {known.low:g} to {known.high:g} ({known.unit}); "
            f"if you mean it, write {name}: {{value: {value:g}, beyond_range: true}}"
        )
    return value


def contradictions(values: Mapping[str, float]) -> list[tuple[tuple[str, ...], str]]:
    """Find numbers that cannot hold together, as the names of those involved and what is wrong."""
    found: list[tuple[tuple[str, ...], str]] = []
    mean_s, median_s = values["call_hold_mean_s"], values["call_hold_median_s"]
    for what, names in _PARTS:
        total = sum(values[name] for name in names)
        if total > 1 + _ROUNDING:
            found.append((names, f"the shares of {what}, {' + '.join(names)}, add up to {total:g}, more than 1"))
    if mean_s < median_s:
        found.append(
            (
                ("call_hold_mean_s", "call_hold_median_s"),
                f"the mean conversation ({mean_s:g} s) is shorter than the median ({median_s:g} s)",
            )
        )
    for pair in _IN_ORDER:
        if values[pair[0]] > values[pair[1]]:
            small, large = (f"{name} ({values[name]:g} {REGISTRY[name].unit})" for name in pair)
            found.append((pair, f"{small} is larger than {large}"))
    return found


def _impossible(known: Parameter, value: float) -> str:
    """Say why no range could allow `value`, or nothing."""
    if not math.isfinite(value):
        return f"{known.name} = {value} is not a finite number"
    least, most = _LEAST[known.unit] if known.name in _NEVER_ZERO else 0, _MOST[known.unit]
    if not least <= value <= most:
        return f"{known.name} = {value:g} cannot be; it must lie from {least:g} to {most:g} ({known.unit})"
    if known.unit in _WHOLE and value != int(value):
        return f"{known.name} = {value:g} must be a whole number"
    return ""
