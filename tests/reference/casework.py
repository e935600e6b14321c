"""Case holders: who told the desk and then his group is called back, and news passes both ways."""

from __future__ import annotations

from tests.reference.dispatching import Heard
from tests.reference.evenings import Letter, Seen
from tests.reference.reading import Reading


class Casework(Reading):
    """Evenings in which the desk calls back who told it and his group of a sighting."""

    def _open_case(self, world: int, person: int, time: float) -> None:
        """Make somebody the case holder of his group; who becomes it is called back after a while, and so on."""
        place = self.places[world]
        if place.holder and place.holder[0] == person:
            return
        place.holder = (person, next(self.order))
        tenure = place.holder

        def call_back(now: float) -> None:
            if place.holder == tenure:
                self._call_back(world, person, now)
                self._at(world, now + self.values["callback_s"], call_back)

        self._at(world, time + self.values["callback_s"], call_back)

    def _call_back(self, world: int, person: int, time: float) -> None:
        """Ask a case holder what is new in his group, and tell him what it was not told."""
        place = self.places[world]
        told = [letter.seen for letter in place.letters if letter.seen]
        read = [
            letter.seen
            for number, letter in enumerate(place.letters)
            if letter.seen and ((person, number) in place.read or letter.author == person)
        ]
        asked = _newest(read, [heard.seen for heard in place.heard])
        news = _newest([heard.seen for heard in place.heard if heard.by != person], told)
        self.counts["callbacks"][world] += bool(asked or news)
        if asked:
            self.counts["news_for_desk"][world] += 1
            self._hear(world, Heard(time, person, asked, reported=False), known=False)
        if news:
            self.counts["news_for_group"][world] += 1
            group = int(self.groups.of[world, person])
            self._publish(world, Letter(time, person, news.elements, news, channel=group))


def _newest(told: list[Seen], known: list[Seen]) -> Seen | None:
    """Give the newest sighting of those that are told, if it is newer than all that are known."""
    newest = max(told, key=lambda seen: seen.time, default=None)
    return newest if newest and all(newest.time > seen.time for seen in known) else None
