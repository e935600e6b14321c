"""S6: what it gains to play both sides of a comparison with the same keyed draws."""

from __future__ import annotations

from tests.benchmarks import fixtures
from tests.experiments.played import asking, campaign, gain, slow_readers

PAIRS = 120


def test_paired_seeds_tell_eight_times_as_much_of_reading_twice_as_slowly() -> None:
    # A count: the draws are the same on every machine. `make bench` measures it with ten times as many pairs.
    quick = asking()
    found = campaign({"quick": quick, "slow": slow_readers(quick)}, fixtures.shipped(), range(PAIRS))
    assert 0.3 < found.values("found", 0).mean() < 0.7
    assert (found.values("sightings", 0) != found.values("sightings", 1)).any()
    for measure in ("found", "sightings", "calls", "posts"):
        assert gain(found.values(measure, 0), found.values(measure, 1)) >= 8.0, measure
