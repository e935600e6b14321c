"""Notes: what is kept of an evening as it goes, pair by pair, sighting by sighting, message by message."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from simulation.channels.messages import Message, Spot
    from simulation.people.rounds import Stroll
    from simulation.saar.spot import Chance, Part


@dataclass(eq=False, slots=True)
class Pair:
    """One observer and one shadow: what he may see of him, and how far the threshold of the next look is consumed.

    Parameters
    ----------
    observer, whom
        Number of the person, and of the shadow on this stage.
    key
        Key of the pair's draws.
    threshold
        Unit-exponential amount of hazard that the next look takes.
    parts
        What makes up the hazard, in order of time.
    stretches
        The hazard; None until it is needed.
    since
        Seconds from which hazard is summed.
    looks, sightings
        How many looks have been, and how many of them were sightings.
    version
        Counts changes of plan: an entry in the agenda with an older version is void.
    """

    observer: int
    whom: int
    key: int
    threshold: float
    parts: list[Part]
    stretches: list[Chance] | None = None
    since: float = -np.inf
    looks: int = 0
    sightings: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Sighting:
    """A suspect, or somebody who was mistaken for one, was noticed, as the observer remembers it.

    Parameters
    ----------
    record
        Id of the record.
    name, key
        Name and key of the draws for all that the observer decides about it: `observer/whom/how-many-th`.
    person, whom, suspect
        Number of the observer, of the shadow whom he noticed, and of the suspect whom he takes him for.
    time, place, direction
        When, seconds; where; and in which direction he went, radians from the east, counter-clockwise.
    recognised
        Whether he was recognised by a description, rather than noticed for what he did.
    elements
        What was perceived of the description.
    odd
        Whether nothing drew the attention but that he seemed out of place.
    """

    record: str
    name: str
    key: int
    person: int
    whom: int
    suspect: int
    time: float
    place: Spot
    direction: float
    recognised: bool
    elements: tuple[str, ...]
    odd: bool = False

    def cause(self, purpose: str, n: int = 0) -> str:
        """Name a draw of the observer about this sighting, as a cause."""
        return f"draw:{purpose}:{self.name}:{n}"


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that was sent: its record, channel, moment, and when everybody reads it."""

    record: str
    channel: str
    author: str
    time: float
    message: Message
    read_at: NDArray[np.float64]

    @property
    def matter(self) -> str:
        """Give the id of the record that it goes back to, in whatever channel and however often it is told."""
        return self.message.matter or self.record


@dataclass(eq=False, slots=True)
class Outing:
    """Somebody who walks about.

    Parameters
    ----------
    stroll
        His way, and between which moments he is out.
    news_s
        When he was last told that a suspect was seen, as of the sighting; minus infinity for never.
    by_bike
        Whether he took his bike when he went out to search.
    """

    stroll: Stroll
    news_s: float = -np.inf
    by_bike: bool = False


@dataclass(eq=False, slots=True)
class Progress:
    """How far a game is.

    Parameters
    ----------
    started
        Id of the record of its start.
    found
        Numbers of the suspects who were found.
    over
        Whether it has ended.
    """

    started: str
    found: set[int] = field(default_factory=set)
    over: bool = False


class Entry(NamedTuple):
    """What stands in the register of a patrol team about a call that was made.

    Parameters
    ----------
    record
        Id of the record in which it stands.
    suspect
        Number of the suspect whom it is about.
    place
        Where he was seen, as the member told it.
    seen_s
        When, seconds.
    """

    record: str
    suspect: int
    place: Spot
    seen_s: float


@dataclass(eq=False, slots=True)
class Patrol:
    """A patrol team this evening.

    Parameters
    ----------
    members
        (M,) who is in it, rising.
    strolls
        By the number of who is on duty, his round and his way home.
    roster
        Id of the record of who is on duty.
    register
        The calls that his team knows of.
    """

    members: NDArray[np.int64]
    strolls: Mapping[int, Stroll]
    roster: str = ""
    register: list[Entry] = field(default_factory=list)


class News(NamedTuple):
    """What the desk has heard of a suspect, from a caller or from a case holder.

    Parameters
    ----------
    record
        Id of the record in which it stands.
    told_by
        Number of the person who told it.
    message
        Place, direction, moment and elements, as they were told; and for whom he was taken.
    """

    record: str
    told_by: int
    message: Message


class Case(NamedTuple):
    """The case of a group: who called and then told his group, or took on what it was told from above; he is called back.

    Parameters
    ----------
    holder
        Number of the person.
    record
        Id of the last message in which he did so.
    since
        When he became the case holder, seconds.
    """

    holder: int
    record: str
    since: float


@dataclass(eq=False, slots=True)
class Desk:
    """What the desk knows.

    Parameters
    ----------
    news
        All that it heard, in order.
    cases
        The case of each group, by its key.
    decided
        Numbers of the suspects of whom it was decided whether a broadcast is sent.
    broadcasts
        The broadcast about each suspect, by his number.
    """

    news: list[News] = field(default_factory=list)
    cases: dict[str, Case] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)
    broadcasts: dict[int, Posted] = field(default_factory=dict)

    def about(self, suspect: int) -> list[News]:
        """List what the desk has heard of a suspect."""
        return [news for news in self.news if news.message.suspect == suspect]

    def elements_of(self, suspect: int) -> tuple[str, ...]:
        """List the elements of his description that the desk has heard of, in that order."""
        return tuple(dict.fromkeys(element for news in self.about(suspect) for element in news.message.elements))
