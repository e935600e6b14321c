"""Lookalikes: letting people know a description, and watching those of the crowd who fit it besides the suspects.

Pairs of observers and innocents are made only of who may ever know a description and whom it fits, when it is first told, and
not of who knows by then in what the other differs: all pairs of people would be the square of their number.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from simulation.draws import combine, exponentials, text_key, text_keys, uniforms
from simulation.people.crowd import OTHER, SIMILAR
from simulation.saar.notice import new_ways, replan
from simulation.saar.prospects import Prospect
from simulation.saar.recognise import likeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from simulation.saar.notes import Posted
    from simulation.saar.stage import Stage

    Flags = NDArray[np.bool_]
    Floats = NDArray[np.float64]


def learn(stage: Stage, posted: Posted) -> None:
    """Let readers know the elements that a message tells, from the moment they read it."""
    describe(stage, posted.message.suspect, posted.message.elements, posted.read_at, posted.record)


def describe(stage: Stage, suspect: int, elements: Sequence[str], read_at: Floats, source: str) -> None:
    """Let people know elements of a suspect's description, and look at whoever fits them.

    Parameters
    ----------
    stage
        The evening.
    suspect
        Number of the suspect.
    elements
        Elements of his description; where there are none, nothing is told.
    read_at
        (N,) seconds from which each person knows them; infinite for never.
    source
        The record or fact that tells them.
    """
    if not stage.knowledge.describe(suspect, elements, read_at, source):
        return
    fitting = stage.crowd.fitting(stage.shadows[suspect], elements).tolist()
    told, unlike = stage.knowledge.told_of(suspect), _unlike(stage, fitting, suspect)
    unaware = {some: _while_unaware(told, some, read_at) for some in dict.fromkeys(unlike)}
    alike = {one: unaware[some] for one, some in zip(fitting, unlike, strict=True)}
    alike = {one: moments for one, moments in alike.items() if (moments < stage.end_s).any()}
    first = max(float(read_at.min()), stage.now)
    _watch_for(stage, [one for one in alike if stage.crowd.until[one] > first], first)
    elsewhere, ways, changes = stage.elsewhere(), defaultdict[int, list[int]](list), []
    for whom in stage.watched():
        if whom < stage.suspects:
            moments = read_at if _resembles(stage, whom, suspect, elements) else None
        else:
            moments = alike.get(stage.in_crowd[whom])
        if moments is not None:
            news = stage.prospects[whom].describe(_noticed(stage, whom, suspect, elements, moments))
            changes.append((whom, news, read_at[news]))
            for walker in sorted(elsewhere.intersection(news.tolist())):
                ways[walker].append(whom)
    replan(stage, changes)
    for walker in sorted(ways):
        new_ways(stage, walker, stage.outings[walker].stroll, ways[walker])


def find_odd(stage: Stage, suspect: int) -> None:
    """Let a suspect strike some people as out of place, whoever they are: a keyed trait of the two."""
    key, prospect = text_key(stage.shadows[suspect].key), stage.prospects[suspect]
    share = uniforms(stage.stream("odd"), combine(stage.people.key, key))
    odd = (share < stage.parameters["p_odd"]) & ~stage.people.unit
    prospect.odd.update(np.flatnonzero(odd).tolist())
    news = prospect.describe(np.where(odd, -np.inf, np.inf))
    replan(stage, [(suspect, news, prospect.described_from[news])])


def _noticed(stage: Stage, whom: int, suspect: int, elements: Sequence[str], read_at: Floats) -> Floats:
    """Give from when each person may take somebody for a suspect: never, where one sees the difference."""
    if whom < stage.suspects:
        return read_at
    similar = [element for element in elements if likeness(stage, whom, suspect, element) == SIMILAR]
    if similar:
        told, read_at = np.flatnonzero(read_at < np.inf), read_at.copy()
        pair = combine(stage.people.key[told], text_key(stage.shadows[whom].key))
        for element in similar:
            share = uniforms(stage.stream("misperceive"), combine(pair, text_key(element)))
            read_at[told[share >= stage.parameters["p_misperceive"]]] = np.inf
    return read_at


def _unlike(stage: Stage, some: Sequence[int], suspect: int) -> list[tuple[str, ...]]:
    """List for each of some of the crowd the elements told of a suspect in which he does not resemble him."""
    elements = sorted(stage.knowledge.told_of(suspect)) if some else []
    columns = [(stage.crowd.likeness(stage.shadows[suspect], element) == OTHER)[some].tolist() for element in elements]
    return [tuple(compress(elements, unlike)) for unlike in zip(*columns, strict=True)] if columns else [()] * len(some)


def _while_unaware(told: Mapping[str, Floats], elements: Sequence[str], read_at: Floats) -> Floats:
    """Give when each person reads something, or infinity for who knows any of some elements by then."""
    for element in elements:
        read_at = np.where(told[element] <= read_at, np.inf, read_at)
    return read_at


def _may_take(stage: Stage, some: Sequence[int]) -> Flags:
    """Tell who may ever take any of some of the crowd for a suspect: not who knows of every suspect what none of them has."""
    never = np.ones(len(stage.people.key), bool)
    for suspect in range(stage.suspects):
        told = stage.knowledge.told_of(suspect)
        for elements in dict.fromkeys(_unlike(stage, some, suspect)):
            never &= np.isinf(_while_unaware(told, elements, np.full(len(never), stage.now)))
    return ~never


def _resembles(stage: Stage, whom: int, suspect: int, elements: Sequence[str]) -> bool:
    return whom == suspect or all(likeness(stage, whom, suspect, element) != OTHER for element in elements)


def _watch_for(stage: Stage, which: Sequence[int], first: float) -> None:
    """Add some of the crowd to the shadows from a moment on, who are not among them yet and go the way they meant to go."""
    person = stage.crowd.person
    there = [one for one in which if one not in stage.number_in_crowd]
    some = [one for one in there if person[one] < 0 or person.item(one) in stage.strolls]
    if not some:
        return
    shadows, people = stage.crowd.shadows(some), stage.people
    table = stage.outlook([shadow.since(first) for shadow in shadows], stage.told_anything & _may_take(stage, some))
    names = text_keys([shadow.key for shadow in shadows])
    thresholds = exponentials(stage.stream("look"), combine(people.key[table.observer], names[table.suspect]), 0)
    for number, one in enumerate(some):
        prospect = Prospect(table, thresholds, number, len(people.key), acts=False)
        prospect.known |= acquainted(stage, person.item(one))
        prospect.known[[asker for asker, asked in sorted(stage.asked) if asked == one]] = True
        stage.watch(shadows[number], prospect, one)


def acquainted(stage: Stage, walker: int) -> Flags:
    """Tell who knows somebody in the street when they see him: who lives with him, and some of his own group.

    The larger the group, the fewer of its members know each other. The walker is a resident, or -1 for a passer-by.
    """
    people, group = stage.people, stage.group_of.get(walker)
    knows = (people.home == people.home[walker]) & people.resident if walker >= 0 else np.zeros(len(people.key), bool)
    if group is not None:
        mine, others = people.key[walker], people.key[group.members]
        both = combine(np.minimum(mine, others), np.maximum(mine, others))
        chance = stage.parameters["p_know_neighbour"] / (1.0 + len(others) / stage.parameters["know_half_size"])
        knows[group.members] |= uniforms(stage.stream("know-neighbour"), both) < chance
    return np.asarray(knows)
