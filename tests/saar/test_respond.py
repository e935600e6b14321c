"""Responding: when a message calls somebody away, seen from the single message."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.saar.respond import call_out
from tests.saar.stages import has_posted, records, stage_of


@pytest.mark.parametrize(("read_s", "departures"), [(60.0, 1), (300.0, 2), (904.0, 2), (906.0, 1)])
def test_news_too_far_from_home_counts_for_who_is_out_and_near_when_he_reads_it(read_s: float, departures: int) -> None:
    # The first resident lives at x = 20. The first message, about x = 400, makes him go; the second, about x = 700, lies too
    # far from his door, and he has it unread when he leaves. After five minutes he is near enough; after fifteen it is old.
    stage = stage_of({"p_go_out_player": 1.0})

    def tell(x: float, read_at: float) -> None:
        posted = has_posted(stage, ago_s=0.0, x=x)
        posted.read_at[:] = np.inf
        posted.read_at[0] = read_at
        call_out(stage, posted)

    stage.agenda.at(0.0, tell, 400.0, 10.0)
    stage.agenda.at(5.0, tell, 700.0, read_s)
    stage.agenda.run()
    assert [record.time_s for record in records(stage, "departure")] == [10.0, read_s][:departures]
