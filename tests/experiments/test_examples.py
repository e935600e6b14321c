"""Which evenings of a comparison are shown."""

from __future__ import annotations

from simulation.experiments.examples import Example, examples
from tests.experiments.test_comparison import by_hand


def test_the_order_is_by_finding_then_by_reach_then_by_the_first_call() -> None:
    found = by_hand(
        {
            "found_at_s": [[None, 900.0, None, 600.0, None], [None] * 5, [60.0] * 5],
            "reach_share": [[0.2, 0.1, 0.3, 0.0, 0.2], [None, 0.1, 0.2, 0.3, 0.4], [0.5] * 5],
            "first_call_s": [[50.0, 5.0, 5.0, 5.0, 40.0], [5.0] * 5, [3.0, 2.0, 2.0, 4.0, 4.0]],
        }
    )
    assert examples(found) == [
        Example("typical", 0, 12),
        Example("best", 0, 13),
        Example("worst", 0, 10),
        Example("typical", 1, 12),
        Example("best", 1, 14),
        Example("worst", 1, 10),
        Example("typical", 2, 10),
        Example("best", 2, 11),
        Example("worst", 2, 13),
    ]


def test_evenings_that_failed_are_not_shown() -> None:
    found = by_hand({"found_at_s": [[60.0, 90.0], [60.0, 90.0]]}, failures=[(0, 0), (1, 0), (1, 1)])
    assert examples(found) == [Example(kind, 0, 11) for kind in ("typical", "best", "worst")]


def test_of_many_structures_the_first_is_shown_and_those_that_differ_most() -> None:
    worlds = 40
    often = [[world % 10 < share for world in range(worlds)] for share in (5, 5, 1, 6, 9, 8)]
    shown = [example.condition for example in examples(by_hand({"found": often}, count=6))]
    assert shown == [0, 0, 0, 2, 2, 2, 4, 4, 4, 5, 5, 5]
    failed = [(5, world) for world in range(worlds)]
    unknown = {example.condition for example in examples(by_hand({"found": often}, count=6, failures=failed))}
    assert unknown == {0, 2, 3, 4}
