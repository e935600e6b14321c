"""Every number of the model has words in Dutch, and words of another version are not taken for ours."""

from __future__ import annotations

from simulation.scenario.registry import REGISTRY
from simulation.scenario.registry.words import meaning_in, unit_in


def test_every_number_has_a_meaning_of_its_own_in_dutch() -> None:
    dutch = {name: meaning_in("nl", name, known.meaning) for name, known in REGISTRY.items()}
    assert all(dutch.values())
    assert not [name for name, words in dutch.items() if words == REGISTRY[name].meaning]


def test_a_number_with_another_meaning_keeps_what_the_run_tells() -> None:
    assert meaning_in("nl", "p_watch", "something else") is None
    assert meaning_in("nl", "no_such_number", "something") is None
    assert meaning_in("en", "p_watch", "something else") == "something else"


def test_units_are_told_in_dutch() -> None:
    assert [unit_in("nl", unit) for unit in ("share", "per hour", "years", "parsec")] == ["deel", "per uur", "jaar", "parsec"]
    assert {unit_in("en", known.unit) for known in REGISTRY.values()} == {known.unit for known in REGISTRY.values()}
