"""The broadcast of the control room (Burgernet): deciding on it, sending it, and telling how it ended.

It tells elements of the description and the number, and asks to look out and call. It asks nobody to go out and search. Where
administrators share it, the station phone may also copy it into the groups in which they sit together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.channels.messages import NOWHERE, Message
from simulation.draws import lognormal, text_key, uniform
from simulation.elementary import whole_microseconds
from simulation.people.shops import base_xy
from simulation.saar.app import DESK, deliver, post

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.channels.broadcast import Broadcast
    from simulation.channels.messages import Spot
    from simulation.saar.notes import Posted
    from simulation.saar.stage import Stage

_DELAY = "draw:broadcast-delay:everybody:0"


def consider(stage: Stage, suspect: int) -> None:
    """Decide once for each suspect who is about, as soon as what the desk has heard of him holds enough of a description."""
    if stage.broadcast is None or suspect in stage.desk.decided or not stage.present(suspect):
        return
    heard, elements = stage.desk.about(suspect), stage.desk.elements_of(suspect)
    if len(elements) < stage.parameters["burgernet_min_elements"]:
        return
    stage.desk.decided.add(suspect)
    shadow = stage.shadows[suspect]
    key = text_key(shadow.key)
    sends = uniform(stage.stream("broadcast-sent"), key) < stage.parameters["burgernet_sent_prob"]
    told = {element: shadow.description[element] for element in elements}
    causes = (*(news.record for news in heard), f"draw:broadcast-sent:{shadow.key}:0")
    record = stage.log.add("broadcast", "desk", stage.now, causes, {"suspect": shadow.key, "elements": told, "sends": sends})
    if sends:
        median_s, sigma = stage.parameters["burgernet_setup_median_s"], stage.parameters["burgernet_setup_sigma"]
        setup_s = lognormal(stage.stream("broadcast-setup"), key, 0, median_s, sigma)
        stage.agenda.at(whole_microseconds(stage.now + setup_s), _send, stage, stage.broadcast, suspect, (record, len(heard)))


def _send(stage: Stage, broadcast: Broadcast, suspect: int, decided: tuple[str, int]) -> None:
    """Tell all that the desk has heard by now, and where the suspect was seen last, to those who live near that place."""
    if not stage.present(suspect):
        return
    (decision, known), heard, key = decided, stage.desk.about(suspect), stage.shadows[suspect].key
    last = max(reversed(heard), key=lambda news: news.message.seen_s or 0.0).message
    place, elements = last.place or NOWHERE, stage.desk.elements_of(suspect)
    message = Message("broadcast", suspect, place, last.direction, last.seen_s, elements, true=last.true, matter=decision)
    read_at = broadcast.heard_at(_living_near(stage, broadcast, place), stage.now, text_key(key), 0)
    causes = (decision, *(news.record for news in heard[known:]), f"draw:broadcast-setup:{key}:0", _DELAY)
    posted = stage.desk.broadcasts[suspect] = deliver(stage, broadcast.channel, DESK, message, (causes, read_at))
    copies = uniform(stage.stream("station-copy"), text_key(key)) < stage.parameters["p_station_copy"]
    if stage.scenario.structure.parts.shared and copies:
        stage.agenda.at(stage.now + stage.parameters["station_copy_s"], _copy, stage, suspect, posted)


def _copy(stage: Stage, suspect: int, posted: Posted) -> None:
    """Copy a broadcast into the groups above whose members pass messages on to residents' groups."""
    if not stage.present(suspect):
        return
    draw = f"draw:station-copy:{stage.shadows[suspect].key}:0"
    for channel in stage.uppers:
        if any(link.target.is_group for link in stage.links.get(channel.key, ())):
            post(stage, channel, DESK, posted.message, (posted.record, draw))


def _living_near(stage: Stage, broadcast: Broadcast, place: Spot) -> NDArray[np.bool_]:
    """Tell which of those enrolled live in the circle round a place."""
    homes = base_xy(stage.people, stage.network.map, broadcast.channel.members)
    across, up = homes[:, 0] - place.x, homes[:, 1] - place.y
    return np.asarray(np.sqrt(across * across + up * up) <= stage.parameters["burgernet_circle_m"])


def tell_reached(stage: Stage, game: int, ended: str) -> None:
    """Tell everybody whom a broadcast about a suspect of a game reached that it is over."""
    for suspect, posted in sorted(stage.desk.broadcasts.items()):
        if stage.broadcast is not None and stage.shadows[suspect].game == game:
            channel, key = stage.broadcast.channel, text_key(stage.shadows[suspect].key)
            reached = np.isfinite(posted.read_at[channel.members])
            read_at = np.maximum(stage.broadcast.heard_at(reached, stage.now, key, 1), posted.read_at)
            deliver(stage, channel, DESK, Message("close", matter=ended), ((ended, posted.record, _DELAY), read_at))
