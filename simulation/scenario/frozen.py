"""A mapping that stays as it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


class FrozenMap(Mapping[str, V], Generic[V]):
    """A mapping from text that cannot be changed, and can be hashed and pickled.

    Parameters
    ----------
    items
        What it holds, copied.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, V] | None = None) -> None:
        self._items = dict(items or {})

    def __getitem__(self, key: str) -> V:
        """Give the value of `key`."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """Go through the keys in the order in which they were given."""
        return iter(self._items)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self._items)

    def __hash__(self) -> int:
        """Give the same hash to mappings that are equal."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """Show what it holds."""
        return f"{type(self).__name__}({self._items!r})"
