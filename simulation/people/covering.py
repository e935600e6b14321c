"""Streets that a group covers, and how much of somebody's way lies in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import stream_key, text_keys, uniforms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.legs import Legs
    from simulation.people.network import Network

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

CHOICE = "covered-street"
"""Purpose of the draws by which streets are covered or not."""


def covered_edges(network: Network, seeds: Sequence[int], share: float) -> Flags:
    """Tell which edges lie in a street that a group covers, (W, E); a way without a name is in no such street."""
    name, of_edge = np.unique(network.map.streets.edge_name, return_inverse=True)
    texts = [network.map.texts[index] for index in name]
    streams = np.array([[stream_key(seed, CHOICE)] for seed in seeds], np.uint64)
    covered = uniforms(streams, text_keys(texts)[np.newaxis, :]) < share
    return np.asarray((covered & np.array([bool(text) for text in texts]))[:, of_edge])


def walked_metres(network: Network, legs: Legs, until: float, covered: Flags) -> tuple[float, float]:
    """Measure how far somebody walked until a moment, seconds: in streets that are covered, and in others with a name."""
    metres = np.abs(legs.along) * np.clip(until - legs.start, 0.0, legs.stop - legs.start)
    edge = network.edge_of_piece[legs.piece]
    named = network.map.streets.edge_name[edge] > 0
    return float(metres[covered[edge]].sum()), float(metres[named & ~covered[edge]].sum())
