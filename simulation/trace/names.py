"""What the people, channels and causes of an evening are called in words: nothing that only the machinery understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.language.catalogue import has_text, text
from simulation.language.forms import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from simulation.trace.log import Trace
    from simulation.trace.records import Record

AT_ALL_TIMES = {
    *("evening", "residents", "shopkeepers", "officials", "channel", "enrolment", "role", "roster"),
    *("game", "game_end", "route"),
}
"""Kinds that are clear without the time."""

PASSER_BY = "passer-by-"
"""How the keys of people begin who do not live here."""

_STEMS = {"group": "group", "shops": "shopkeepers"}
"""How the keys of the groups of a kind begin."""

UNIT = "unit-"
"""How the keys of units begin that the desk sends."""


def role_words(role: str, language: str) -> str:
    """Name those who have a role; one of a scenario's own keeps its name."""
    return text(language, f"role.{role}") if has_text(language, f"role.{role}") else role


class Names:
    """Names for everything in one evening.

    Residents are numbered as in the list of residents, suspects as in the games, groups as they were made; whoever is the only
    one of a kind needs no number.

    Parameters
    ----------
    trace
        The evening.
    language
        `nl` or `en`.
    introduce
        Whether a resident is introduced, with age and role, when named for the first time.
    """

    def __init__(self, trace: Trace, language: str, *, introduce: bool = False) -> None:
        self._language = language
        self._start = str(trace.header["start"])
        self._records = {record.id: record for record in trace.records}
        self._suspects = _numbered(key for record in trace.records if record.kind == "game" for key in record.data["suspects"])
        self._channels = {record.who: record for record in trace.records if record.kind == "channel"}
        self._groups, self._shops = (_group_numbers(self._channels, kind) for kind in ("group", "shops"))
        self._residents = next((record for record in trace.records if record.kind == "residents"), None)
        self._index = _numbered(self._residents.data["who"]) if self._residents else {}
        shops = next((record for record in trace.records if record.kind == "shopkeepers"), None)
        self._shopkeepers = _numbered(shops.data["who"]) if shops else {}
        self._officials = _roles(next((record for record in trace.records if record.kind == "officials"), None))
        self._passers_by = _numbered(key for record in trace.records for key in _strangers(record))
        self._unknown: set[str] = set(self._index) if introduce else set()

    def who(self, key: str) -> str:
        """Name somebody."""
        if key in {"organiser", "desk", "coordinator"}:
            return self._text(f"who.{key}")
        if key in self._suspects or key.startswith("suspect"):
            return self._one_of(("who.suspect", "who.suspect_number"), self._suspects, key)
        if key in self._officials:
            return self._official(key)
        for kind, number in (("passer-by", self._passers_by.get(key)), ("shopkeeper", self._shopkeepers.get(key))):
            if number is not None:
                return self._text(f"who.{kind}", number=number)
        return self._text("who.unit", number=key.removeprefix(UNIT)) if key.startswith(UNIT) else self._resident(key)

    def _resident(self, key: str) -> str:
        """Name a resident, and introduce him if he has not been."""
        name = self._text("who.resident", number=self._index.get(key, key))
        if key not in self._unknown:
            return name
        self._unknown.discard(key)
        return self._text("who.introduced", who=name, about=self._about(self._index[key] - 1))

    def _official(self, key: str) -> str:
        """Name an official, with his number where there are more with his role, and say so if a colleague replaces him."""
        role, duty = self._officials[key]
        several = sum(other == role for other, _ in self._officials.values()) > 1
        form = "one_of" if several else "only"
        known = has_text(self._language, f"who.official.{form}.{role}")
        name = self._text(f"who.official.{form}.{role}") if known else role
        words = f"{name} {key.rpartition(role)[2].removeprefix('-')}" if several else name
        return self._text("who.replaced", who=words) if duty == "replaced" else words

    def suspected(self, key: str) -> bool:
        """Tell whether somebody is a suspect of the exercise."""
        return key in self._suspects

    def channel(self, key: str) -> str:
        """Name a channel, with the word that places a message in it."""
        channel = self._channels.get(key)
        if channel is None:
            return self._text("channel.other", key=key)
        if channel.data["kind"] in {"page", "broadcast"}:
            return self._text(f"channel.{channel.data['kind']}")
        if channel.data["kind"] == "upper":
            return self._upper(key)
        number, words = self.channel_number(key), f"channel.{channel.data['kind']}"
        return self._text(f"{words}_number", number=number) if number else self._text(words)

    def channel_number(self, key: str) -> str:
        """Give the number of a group among those of its kind; empty where it is the only one, and of what is no group."""
        kind = self._channels[key].data["kind"]
        if kind == "upper":
            stem, _, number = key.rpartition("-")
            return number if sum(other.rpartition("-")[0] == stem for other in self._channels) > 1 else ""
        numbers = {"group": self._groups, "shops": self._shops}.get(kind, {})
        return numbers[key] if len(numbers) > 1 else ""

    def _upper(self, key: str) -> str:
        """Name a group above the residents' groups, with its number where there are more of its kind."""
        kind, number = key.rpartition("-")[0], self.channel_number(key)
        known = kind if has_text(self._language, f"channel.kind.{kind}") else "upper"
        text_key = f"channel.kind.{known}_number" if number else f"channel.kind.{known}"
        return self._text(text_key, name=kind, number=number)

    def cause(self, cause: str) -> str:
        """Name a cause: a record, a reading, a fact of the scenario or a draw."""
        kind, _, rest = cause.partition(":")
        if kind == "fact":
            return self._fact(rest)
        if kind == "draw":
            return self._draw(rest.partition(":")[0])
        key, at, reader = cause.partition("@")
        record = self._records.get(key)
        if record is None:
            return cause
        if at:
            return self._text("cause.reading", who=self.who(reader), sender=self.who(record.who))
        return self._record(record)

    def _record(self, record: Record) -> str:
        words = self._text(f"cause.{record.kind}", who=self.who(record.who), game=record.data.get("game", ""))
        if record.kind in AT_ALL_TIMES:
            return words
        return self._text("cause.at", what=words, clock=clock(self._start, record.time_s))

    def _fact(self, path: str) -> str:
        parts = path.split("/")
        numbers = [int(part) + 1 for part in parts if part.isdigit()]
        name = "-".join(part for part in parts if not part.isdigit())
        key = f"fact.{name}{len(numbers) or ''}"
        if not has_text(self._language, key):
            return self._text("fact.other", path=path)
        return self._text(key, game=numbers[0] if numbers else "", hint=numbers[-1] if numbers else "")

    def _draw(self, purpose: str) -> str:
        for part in (purpose, purpose.partition("-")[0], purpose.rpartition("-")[2]):
            if has_text(self._language, f"draw.{part}"):
                return self._text(f"draw.{part}")
        return self._text("draw.other", purpose=purpose)

    def _about(self, index: int) -> str:
        """Tell the age and the role of a resident."""
        data = self._residents.data if self._residents else {}
        age, party = self._text("who.age", age=data["age"][index]), int(data["party"][index])
        if party:
            return f"{age}, {self._text('who.with_child' if party == 1 else 'who.with_children', count=party)}"
        roles = [role for role in ("player", "member") if data[role][index]]
        return ", ".join([age, *(self._text(f"who.{role}") for role in roles[:1])])

    def _one_of(self, keys: tuple[str, str], numbered: dict[str, int], name: str) -> str:
        """Name one of its kind: the second text, with a number, only where there are more."""
        return self._text(keys[1], number=numbered.get(name, name)) if len(numbered) > 1 else self._text(keys[0])

    def _text(self, key: str, /, **fields: object) -> str:
        return text(self._language, key, **fields)


def _strangers(record: Record) -> Iterator[str]:
    """Give the passers-by whom a record names."""
    for key in (record.who, *(record.data.get(name, "") for name in ("suspect", "asked", "addressed"))):
        if str(key).startswith(PASSER_BY):
            yield str(key)


def _roles(officials: Record | None) -> dict[str, tuple[str, str]]:
    """Give role and duty of each official by key."""
    columns = officials.data if officials else {}
    rows = zip(*(columns.get(name, ()) for name in ("who", "role", "duty")), strict=True)
    return {key: (role, duty) for key, role, duty in rows}


def _group_numbers(channels: Mapping[str, Record], kind: str) -> dict[str, str]:
    """Give each group of a kind the number in its key, such as `3`, or `3-2` for a next group; by order where one has none."""
    keys = [key for key, record in channels.items() if record.data["kind"] == kind]
    found = {key: key.removeprefix(_STEMS[kind]).removeprefix("-") or "1" for key in keys}
    named = all(key.startswith(_STEMS[kind]) and number.replace("-", "").isdecimal() for key, number in found.items())
    return found if named else {key: str(number) for key, number in _numbered(keys).items()}


def _numbered(keys: Iterable[str]) -> dict[str, int]:
    """Give each key its number, from 1, in order."""
    return {key: number for number, key in enumerate(dict.fromkeys(keys), 1)}
