"""Ways as polylines with times, made only when somebody reads them: most evenings are scored and never drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.people.walks import legs_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.walks import Legs, Walks

_STRAIGHT = 1e-9


class RouteData(Mapping[str, Any]):
    """Fields of a `route` record.

    Parameters
    ----------
    reason
        `suspect`, `round`, `player` or `search`.
    legs
        Gives the legs of the way, in order of time.
    """

    def __init__(self, reason: str, legs: Callable[[], Legs]) -> None:
        self._reason, self._legs = reason, legs
        self._fields: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - JSON values
        """Give one field."""
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        """List the names of the fields."""
        return iter(self._all())

    def __len__(self) -> int:
        """Count the fields."""
        return len(self._all())

    def _all(self) -> dict[str, Any]:
        if self._fields is None:
            t, x, y = _corners(self._legs())
            self._fields = {"reason": self._reason, "t_s": t, "x_m": x, "y_m": y}
        return self._fields


def walk_data(reason: str, network: Network, walks: Walks) -> RouteData:
    """Give the fields of the route of a single owner."""
    rows = np.arange(len(walks.dart))
    return RouteData(reason, lambda: legs_of(network, walks, rows, np.zeros(len(rows), np.int64)))


def _corners(legs: Legs) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give the points at which direction or speed change, times rounded to microseconds and places to millimetres."""
    if not len(legs):
        return np.zeros(0), np.zeros(0), np.zeros(0)
    bends = (np.abs(np.diff(legs.vx)) > _STRAIGHT) | (np.abs(np.diff(legs.vy)) > _STRAIGHT)
    first = np.flatnonzero(np.concatenate([[True], bends]))
    passed = float(legs.stop[-1] - legs.start[-1])
    t = np.append(legs.start[first], legs.stop[-1])
    x = np.append(legs.x[first], legs.x[-1] + passed * legs.vx[-1])
    y = np.append(legs.y[first], legs.y[-1] + passed * legs.vy[-1])
    return np.rint(t * 1e6) / 1e6, np.rint(x * 1e3) / 1e3, np.rint(y * 1e3) / 1e3
