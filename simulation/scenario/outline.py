"""The keys of a scenario file with their meanings, told by the model itself."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from simulation.scenario.fields import Part
from simulation.scenario.model import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from simulation.scenario.positions import Path


def keys_of(part: type[Part]) -> dict[str, FieldInfo]:
    """Give the fields of a part by the key that a file has for them."""
    return {field.alias or name: field for name, field in part.model_fields.items()}


def parts_in(annotation: Any) -> Iterator[tuple[type[Part], bool]]:  # noqa: ANN401 - any annotation
    """Find the parts inside an annotation, and whether each stands in a list."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation, False
    is_list = getattr(annotation, "__origin__", None) is tuple
    for inner in get_args(annotation):
        for part, listed in parts_in(inner):
            yield part, listed or is_list


@cache
def outline(whole: type[Part] = Scenario) -> Mapping[Path, Mapping[str, str]]:
    """Give, for every place in a file, the keys that may stand there with their meanings; list places are -1."""
    found: dict[Path, dict[str, str]] = {}
    _walk(whole, (), found)
    return found


def field_at(path: Path) -> FieldInfo | None:
    """Give the field of a scenario at a path, or None where the model lists no fields."""
    parts: list[type[Part]] = [Scenario]
    found = None
    for key in path:
        if isinstance(key, str):
            found = next((keys_of(part)[key] for part in parts if key in keys_of(part)), None)
            parts = [part for part, _ in parts_in(found.annotation)] if found else []
    return found


def takes_whole_numbers(path: Path) -> bool:
    """Tell whether a field of a scenario takes whole numbers, and no others."""
    field = field_at(path)
    kinds = set(_kinds(field.annotation)) if field else set()
    return int in kinds and float not in kinds


def _kinds(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    """Give the plain types inside an annotation."""
    inner = get_args(annotation)
    for one in inner:
        yield from _kinds(one)
    if not inner:
        yield annotation


def _walk(part: type[Part], path: Path, found: dict[Path, dict[str, str]]) -> None:
    """Add the keys of a part and of everything inside it."""
    keys = found.setdefault(path, {})
    for key, field in keys_of(part).items():
        keys[key] = field.description or ""
        for inner, listed in parts_in(field.annotation):
            _walk(inner, (*path, key, -1) if listed else (*path, key), found)
