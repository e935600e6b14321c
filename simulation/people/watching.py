"""Eyes on the street: residents at home look out now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import combine, exponentials, uniforms
from simulation.elementary import whole_microseconds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Keys = NDArray[np.uint64]
    Flags = NDArray[np.bool_]


def watch_switches(stream: Keys, who: Keys, share: float, spell_s: float, span: tuple[float, float]) -> tuple[Flags, Floats]:
    """Draw when people start and stop looking out: an on-and-off process in equilibrium.

    Parameters
    ----------
    stream, who
        (N,) keys of the draws.
    share
        Share of the time at home with eyes on the street, in (0, 1).
    spell_s
        Mean length of a spell of looking, seconds.
    span
        Seconds between which it must be known.

    Returns
    -------
    (N,) whether each looks out at the begin of the span, and (N, K) moments at which that changes, seconds, rising in each
    row and beyond the end of the span in the last column.
    """
    keys = combine(stream, who)
    looking = uniforms(keys, 0) < share
    means = np.array([spell_s * (1.0 - share) / share, spell_s])
    columns: list[Floats] = []
    moment, first = np.full(len(keys), span[0]), looking.astype(np.int64)
    while not columns or float(moment.min(initial=np.inf)) <= span[1]:
        nth = len(columns) + 1
        moment = whole_microseconds(moment + exponentials(keys, nth) * means[(first + nth - 1) % 2])
        columns.append(moment)
    return looking, np.stack(columns, axis=1)
