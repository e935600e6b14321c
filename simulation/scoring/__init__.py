"""From a trace to measures; reads traces only."""

from simulation.measures import MEASURES
from simulation.scoring.whole import score

__all__ = ["MEASURES", "score"]
