"""Fields of records that are made only when somebody reads them: most evenings are scored and never drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


class LazyData(Mapping[str, Any]):
    """The data of a record, made when first read.

    Parameters
    ----------
    make
        Gives the fields.

    Examples
    --------
    >>> data = LazyData(lambda: {"waited_s": 2.5})
    >>> data["waited_s"]
    2.5
    """

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _fields(self) -> Mapping[str, Any]:
        return self._make()

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - JSON values
        """Give one field."""
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        """List the names of the fields."""
        return iter(self._fields)

    def __len__(self) -> int:
        """Count the fields."""
        return len(self._fields)
