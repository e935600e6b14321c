"""Eyes on the street: residents at home look out now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import combine, exponentials, uniforms
from simulation.elementary import whole_microseconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.people.population import People

    Floats = NDArray[np.float64]
    Keys = NDArray[np.uint64]
    Flags = NDArray[np.bool_]


def watch_shares(people: People, parameters: Mapping[str, float]) -> Floats:
    """Give for each person the share of the time at home with eyes on the street during each game, (N, games + 1)."""
    return np.where(people.plays, parameters["p_watch_player"], parameters["p_watch"])


def watch_switches(stream: Keys, who: Keys, share: Floats, spell_s: float, span: tuple[float, Floats]) -> tuple[Flags, Floats]:
    """Draw when people start and stop looking out: an on-and-off process in equilibrium.

    Parameters
    ----------
    stream, who
        (N,) keys of the draws.
    share
        (N,) share of the time with eyes on the street, in [0, 1].
    spell_s
        Mean length of a spell of looking, seconds.
    span
        Seconds from which, and (N,) until which it must be known of each.

    Returns
    -------
    (N,) whether each looks out at the begin of the span, and (N, K) moments at which that changes, seconds, rising in each
    row and infinite once one is beyond the end of the span.
    """
    keys = combine(stream, who)
    looking = uniforms(keys, 0) < share
    always, never = share >= 1.0, share <= 0.0
    away = np.where(always, 0.0, np.where(never, np.inf, spell_s * (1.0 - share) / np.where(never, 1.0, share)))
    means = np.stack([away, np.where(always, np.inf, spell_s)])
    columns: list[Floats] = []
    open_to, moment = np.arange(len(keys)), np.full(len(keys), span[0])
    while not columns or len(open_to):
        nth = len(columns) + 1
        mean = means[(looking[open_to] + nth - 1) % 2, open_to]
        moment = whole_microseconds(moment + exponentials(keys[open_to], nth) * mean)
        columns.append(np.full(len(keys), np.inf))
        columns[-1][open_to] = moment
        within = moment <= span[1][open_to]
        open_to, moment = open_to[within], moment[within]
    return looking, np.stack(columns, axis=1)
