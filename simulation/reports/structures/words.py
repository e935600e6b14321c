"""What can be told of an alert structure without playing it, in lines that people read in a terminal."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import has_text, text
from simulation.language.forms import duration, number, percentage, sentence
from simulation.scoring.summary import structure_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WIDTH = 80
_MATRIX = 25
"""Most areas of which hops are shown as a table, so that it fits the width."""

_FEW = 3
"""Most people who are each told of by themselves, where each is the only link of his own area."""

_KEY, _WIDER = 12, 112
"""Most lines about whose silence breaks what that stand below a picture, and letters in each."""


def structure_lines(measures: Mapping[str, Any], language: str) -> Iterator[str]:
    """Tell of an alert structure.

    Parameters
    ----------
    measures
        From `structure_measures`.
    language
        `nl` or `en`.

    Yields
    ------
    Lines of at most `WIDTH` characters, except where a name is longer.
    """
    words = Words(measures, language)
    parts = (words.areas, words.hops, words.cuts, words.awake, words.arrivals, words.assumptions)
    for part in (words.setting, words.patrol, *parts):
        lines = list(part())
        yield from [*lines, ""] if lines else []
    yield from words.told("view.end")


def key_lines(measures: Mapping[str, Any], language: str) -> list[str]:
    """Tell what a board should know of a structure: whose silence breaks it, and how many must be awake."""
    words = Words(measures, language, _WIDER)
    cut, awake = list(words.cuts()), [*words.awake(), *words.patrol()]
    return [*cut[:_KEY], *(["…"] if len(cut) > _KEY else []), *awake]


def kind_words(language: str, kind: str, count: int) -> str:
    """Name a kind of group above the residents' groups, one or several; one of a scenario's own keeps its name."""
    key = f"view.kind.{kind}{'' if count == 1 else '_many'}"
    return text(language, key) if has_text(language, key) else kind


def role_words(language: str, role: str, count: int) -> str:
    """Name a role, of one or several people; one of a scenario's own keeps its name."""
    key = f"view.role.{role}{'' if count == 1 else '_many'}"
    return text(language, key) if has_text(language, key) else role


def member_words(language: str, count: int) -> str:
    """Tell how many members a group has."""
    return text(language, "view.member" if count == 1 else "view.members", count=number(language, count))


def listed(language: str, parts: Sequence[str]) -> str:
    """Join parts with commas, and the last with "and"."""
    return text(language, "view.and", first=", ".join(parts[:-1]), last=parts[-1]) if len(parts) > 1 else "".join(parts)


def spans(numbers: Sequence[int], language: str) -> str:
    """List numbers, those in a row by first and last: `1-4, 7 and 9`."""
    runs: list[list[int]] = []
    for one in numbers:
        if runs and one == runs[-1][-1] + 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    long = [f"{run[0]}-{run[-1]}" if len(run) > 2 else [str(one) for one in run] for run in runs]  # noqa: PLR2004 two are no span
    return listed(language, [part for run in long for part in ([run] if isinstance(run, str) else run)])


def map_words(measures: Mapping[str, Any], language: str) -> str:
    """Tell of which map a structure is, with how many areas, homes and members; shopkeepers are no part of it."""
    residents = [area for area in measures["areas"] if not area["shops"]]
    areas = sum(area["part_of"] is None for area in residents)
    totals = {name: number(language, sum(area[name] for area in residents)) for name in ("homes", "members")}
    title = "".join(letter for letter in measures["map_title"] if letter.isprintable())
    return text(language, "view.map" if areas > 1 else "view.map_one", map=title, areas=areas, **totals)


def outlet_words(measures: Mapping[str, Any], language: str) -> str:
    """Tell where the organisers post."""
    readers = {channel["channel"]: channel["readers"] for channel in measures["channels"]}
    posted = measures["organisers_post_in"]
    if not posted:
        return text(language, "view.outlet.nowhere")
    if posted == ["public-page"]:
        return text(language, "view.outlet.page", readers=number(language, readers["public-page"]))
    if measures["outlet"] == "groups":
        return text(language, "view.outlet.groups", count=len(posted))
    kind = kind_words(language, measures["outlet"], len(posted))
    return text(language, "view.outlet.upper", kind=kind, readers=sum(readers[channel] for channel in posted))


class Words:
    """The parts of what is told, each a few lines.

    Parameters
    ----------
    measures, language
        As in `structure_lines`.
    width
        Most characters in a line.
    """

    def __init__(self, measures: Mapping[str, Any], language: str, width: int = WIDTH) -> None:
        self._measures, self._language, self._width = measures, language, width
        self._areas: list[Mapping[str, Any]] = measures["areas"]

    def told(self, key: str, /, **fields: object) -> Iterator[str]:
        """Give a text in lines."""
        yield from wrap(self._text(key, **fields), self._width, break_long_words=False, break_on_hyphens=False)

    def setting(self) -> Iterator[str]:
        """Tell what this is of."""
        measures = self._measures
        yield from self.told("view.title", structure=structure_words(measures["structure"], self._language))
        yield from wrap(map_words(measures, self._language), self._width, break_long_words=False, break_on_hyphens=False)
        yield from self.told("view.drawn", seed=measures["seed"])
        yield from self.told("view.posts", where=outlet_words(measures, self._language))

    def patrol(self) -> Iterator[str]:
        """Tell of the patrol team, which is no part of what follows."""
        patrol = self._measures["patrol"]
        if patrol:
            counts = {name: number(self._language, patrol[name]) for name in ("members", "on_duty", "by_bike")}
            yield from self.told("view.patrol", **counts, round=duration(self._language, patrol["round_s"]))

    def areas(self) -> Iterator[str]:
        """Tell who lives where, and who passes messages on; and the groups above."""
        measures = self._measures
        widths = (-7, -9, -9, -6, 0)
        yield _row(
            [self._text(f"view.column.{name}") for name in ("area", "homes", "residents", "members", "stewards")], widths
        )
        for area in self._areas:
            roles = Counter(role for one in measures["stewards"] if one["area"] == area["area"] for role in one["roles"])
            told = [f"{count} {role_words(self._language, role, count)}" for role, count in roles.items()]
            counts = [number(self._language, area[name]) for name in ("area", "homes", "residents", "members")]
            yield _row([*counts, listed(self._language, told) or "-"], widths)
        for area in self._areas:
            if area["shops"]:
                yield from self.told("view.shops", area=area["area"], shops=area["shops"])
        for whole in dict.fromkeys(area["part_of"] for area in self._areas if area["part_of"] is not None):
            parts = [area["area"] for area in self._areas if area["part_of"] == whole]
            yield from self.told("view.parts" if len(parts) > 1 else "view.part", area=spans(parts, self._language), of=whole)
        uppers = [one for one in measures["channels"] if one["kind"] == "upper"]
        if uppers:
            kinds = Counter(one["channel"].rpartition("-")[0] for one in uppers)
            told, officials = [], Counter(role for one in measures["officials"] for role in one["roles"])
            for kind, count in kinds.items():
                readers = sum(one["readers"] for one in uppers if one["channel"].rpartition("-")[0] == kind)
                name = kind_words(self._language, kind, count)
                told.append(
                    self._text(
                        "view.upper" if count == 1 else "view.uppers",
                        name=name,
                        count=count,
                        members=member_words(self._language, readers),
                    )
                )
            yield from self.told("view.above", uppers=listed(self._language, told))
            if officials:
                some = [f"{count} {role_words(self._language, role, count)}" for role, count in officials.items()]
                key = "view.officials" if sum(officials.values()) > 1 else "view.officials_one"
                yield from self.told(key, some=listed(self._language, some))

    def hops(self) -> Iterator[str]:
        """Tell how often a message is passed on between areas."""
        rows = self._measures["hops"]
        between = [hops for area, row in enumerate(rows) for other, hops in enumerate(row) if area != other]
        yield from self.told("view.hops.heading")
        if set(between) <= {None}:
            yield from self.told("view.hops.none")
        elif len(set(between)) == 1:
            yield from self.told("view.hops.all" if between[0] == 1 else "view.hops.all_many", hops=between[0])
        elif len(rows) <= _MATRIX:
            yield from self.told("view.hops.matrix")
            names = [str(area["area"]) for area in self._areas]
            for name, row in zip(["", *names], [names, *([_cell(hops) for hops in row] for row in rows)], strict=True):
                yield f"{name:>4}" + "".join(f"{cell:>3}" for cell in row)
        else:
            reached = [hops for hops in between if hops is not None]
            lost = len(between) - len(reached)
            yield from self.told("view.hops.range", least=min(reached), most=max(reached), lost=lost)
        yield from self._from_organisers()

    def _from_organisers(self) -> Iterator[str]:
        hops, judgements = (self._measures[f"{name}_from_organisers"] for name in ("hops", "judgements"))
        reached = [(hop, judged) for hop, judged in zip(hops, judgements, strict=True) if hop is not None]
        if reached:
            least, most = min(judged for _, judged in reached), max(judged for _, judged in reached)
            many = str(least) if least == most else f"{least}-{most}"
            key = "view.hops.organisers" if most else "view.hops.organisers_none"
            yield from self.told(key, areas=len(reached), judgements=many)
        elif any(area["group"] for area in self._areas):
            yield from self.told("view.hops.no_organisers")

    def cuts(self) -> Iterator[str]:
        """Tell whose silence breaks what."""
        yield from self.told("view.cut.heading")
        if not self._measures["stewards"]:
            yield from self.told("view.cut.nothing")
            return
        if not self._measures["cuts"]["persons"]:
            yield from self.told("view.cut.nobody")
        yield from self._cut_persons()
        for cut in self._measures["cuts"]["roles"]:
            yield from self._bullet(self._text("view.cut.role", role=role_words(self._language, cut["who"], 2)), cut)
        if any(cut["areas_cut_off"] for cuts in self._measures["cuts"].values() for cut in cuts):
            yield from self.told("view.cut.meaning")

    def _cut_persons(self) -> Iterator[str]:
        """Tell of each whose silence alone breaks something; where many do so in their own area, of all of them at once."""
        homes = {one["who"]: one["area"] for one in self._measures["stewards"]}
        own: dict[tuple[str, ...], list[int]] = {}
        for cut in self._measures["cuts"]["persons"]:
            if cut["areas_cut_off"] == [homes[cut["who"]]]:
                own.setdefault(tuple(cut["roles"]), []).append(homes[cut["who"]])
        for roles, areas in own.items():
            if len(areas) > _FEW:
                told = self._text("view.cut.own", roles=self._roles(roles, 2), areas=spans(sorted(areas), self._language))
                yield from self._item(told)
        for cut in self._measures["cuts"]["persons"]:
            if cut["areas_cut_off"] != [homes[cut["who"]]] or len(own[tuple(cut["roles"])]) <= _FEW:
                yield from self._bullet(self._silent(cut, homes[cut["who"]]), cut)

    def _silent(self, cut: Mapping[str, Any], area: int | None) -> str:
        """Say who is silent: somebody from an area, or an official by his number."""
        role = self._roles(cut["roles"], 1)
        if area is None:
            return self._text("view.cut.official", role=role, number=cut["who"].rpartition("-")[2])
        return self._text("view.cut.person", role=role, area=area)

    def _bullet(self, who: str, cut: Mapping[str, Any]) -> Iterator[str]:
        told = []
        for key, areas in (("areas", cut["areas_cut_off"]), ("unheard", cut["areas_without_organisers"])):
            if areas:
                told.append(
                    self._text(
                        f"view.cut.{key}" if len(areas) > 1 else f"view.cut.{key}_one", areas=spans(areas, self._language)
                    )
                )
        fields = {"pairs": number(self._language, cut["pairs_lost"]), "residents": number(self._language, cut["residents"])}
        told.append(self._text("view.cut.pairs" if cut["residents"] else "view.cut.pairs_only", **fields))
        yield from self._item(f"{sentence(who)}: {'; '.join(told)}.")

    def _item(self, told: str) -> Iterator[str]:
        yield from wrap(told, self._width, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)

    def _roles(self, roles: Sequence[str], count: int) -> str:
        return listed(self._language, [role_words(self._language, role, count) for role in roles])

    def awake(self) -> Iterator[str]:
        """Tell how many must be awake."""
        awake = self._measures["awake"]
        yield from self.told("view.awake.heading")
        fields = {"goal": percentage(self._language, awake["goal"]), "stewards": awake["stewards"], "needed": awake["needed"]}
        if awake["share"] is None:
            yield from self.told("view.awake.nobody")
        elif awake["needed"] is None:
            key = "view.awake.never" if awake["stewards"] else "view.awake.no_stewards"
            yield from self.told(key, share=percentage(self._language, awake["share"]), **fields)
        elif not awake["needed"]:
            yield from self.told("view.awake.none_needed", **fields)
        else:
            yield from self.told("view.awake.needed", **fields)
            yield from self.told("view.awake.exact" if awake["exact"] else "view.awake.sampled")
            share = percentage(self._language, awake["available"] / awake["stewards"])
            yield from self.told("view.awake.assumed", share=share, count=number(self._language, awake["available"]))

    def arrivals(self) -> Iterator[str]:
        """Tell how surely and how soon a message arrives."""
        found = [one for one in self._measures["arrivals"] if one["chance"] != 0.0]
        yield from self.told("view.arrival.heading")
        if not found:
            yield from self.told("view.arrival.none")
            return
        yield from self.told("view.arrival.meaning")
        widths = (-7, -11, -16, -16, -22)
        columns = ("area", "chance", "median", "mean", "organisers")
        yield _row([self._text(f"view.column.{name}") for name in columns], widths)
        for area in (area["area"] for area in self._areas if area["group"]):
            others = [one for one in found if one["to"] == area and one["from"] != "organiser"]
            own = [one for one in found if one["to"] == area and one["from"] == "organiser"]
            yield _row(
                [str(area), *(cell(others) for cell in (self._chance, self._median, self._mean)), self._both(own)], widths
            )
        for why in ("several-ways", "same-person", "muted"):
            if any(one["why"] == why for one in found):
                yield from self.told(f"view.arrival.why.{why}")

    def _both(self, found: Sequence[Mapping[str, Any]]) -> str:
        if found and found[0]["expected_s"] == 0:
            return self._text("view.arrival.at_once")
        told = [self._chance(found), self._mean(found)]
        return ", ".join(dict.fromkeys(told))

    def _chance(self, found: Iterable[Mapping[str, Any]]) -> str:
        return self._span([one["chance"] and round(100 * one["chance"]) for one in found], "form.percent", "")

    def _mean(self, found: Iterable[Mapping[str, Any]]) -> str:
        return self._minutes([one["expected_s"] for one in found])

    def _median(self, found: Iterable[Mapping[str, Any]]) -> str:
        return self._minutes([one["median_s"] for one in found])

    def _minutes(self, seconds: Sequence[float | None]) -> str:
        return self._span([None if one is None else max(round(one / 60), 1) for one in seconds], "form.minute", " ")

    def _span(self, values: Sequence[int | None], unit: str, space: str) -> str:
        """Write least and most, with a star where some have no number; `-` where there are none at all."""
        known = sorted(value for value in values if value is not None)
        if not known:
            return "*" if values else "-"
        least, most = (number(self._language, value) for value in (known[0], known[-1]))
        star = "" if len(known) == len(values) else "*"
        return f"{least if least == most else f'{least}-{most}'}{space}{text(self._language, unit)}{star}"

    def assumptions(self) -> Iterator[str]:
        """Tell which of the numbers behind this are assumptions."""
        if not any(one["chance"] != 0.0 for one in self._measures["arrivals"]):
            return
        weak = [one for one in self._measures["assumptions"] if one["grade"] == "D"]
        told = [f"{one['name']} {one['value']:g} ({one['low']:g}-{one['high']:g})" for one in weak]
        yield from self.told("view.assumed", numbers=", ".join(told))

    def _text(self, key: str, /, **fields: object) -> str:
        return text(self._language, key, **fields)


def _cell(hops: int | None) -> str:
    return "-" if hops is None else str(hops)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Set cells in columns, to the right where the width is negative."""
    return "  ".join(f"{cell:>{-width}}" if width < 0 else cell for cell, width in zip(cells, widths, strict=True)).rstrip()
