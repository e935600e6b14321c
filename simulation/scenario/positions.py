"""Where in a file each value of a scenario stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

Path = tuple[str | int, ...]
"""Keys and list places that lead to a value, for example `("games", 0, "end")`."""

_STEP = re.compile(r"([^.\[\]\s]+)((?:\[[0-9]{1,9}\])*)")
_SHOWN = 60

Position = tuple[int, int]
"""Line and column, counted from 1."""


@dataclass(frozen=True)
class Positions:
    """Line and column of every key and value of a file.

    Parameters
    ----------
    keys
        Where the key of a value stands; for an item of a list, where the item starts.
    values
        Where the value itself starts.
    """

    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)

    def of(self, path: Path, *, key: bool = False) -> Position:
        """Find a value, or the nearest thing around it that is in the file.

        Parameters
        ----------
        path
            What to find.
        key
            Whether to point at its key rather than at its value. A value that starts below its key is always found by its key.
        """
        for length in range(len(path), 0, -1):
            if path[:length] in self.values:
                at_key, at_value = self.keys[path[:length]], self.values[path[:length]]
                return at_key if key or length < len(path) or at_value[0] > at_key[0] else at_value
        return (1, 1)


def path_text(path: Path) -> str:
    """Write a path as `games[0].end`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


@lru_cache(maxsize=4096)
def path_of(text: str) -> Path:
    """Read a path that is written as `games[0].end`; what is none is a `ValueError`."""
    path: list[str | int] = []
    for step in text.split("."):
        match = _STEP.fullmatch(step)
        if not match:
            raise ValueError(f"{text[:_SHOWN]!r} is no field; write for example players.count or games[0].end")
        path += [match[1], *(int(place) for place in re.findall(r"[0-9]+", match[2]))]
    return tuple(path)
