"""How times of the model are laid beside those of evenings that were held, and which numbers decide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulation.scenario.registry import REGISTRY
from tests.studies import deciding, held
from tests.studies.cases import TO_CALIBRATE, UNANNOUNCED, UNTOUCHED
from tests.studies.deciding import ASSUMED, Effect
from tests.studies.page import DOCS, pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.studies.study import Study

SHIPPED, DECIDING = held.studies()[0], deciding.studies()[0]


def results_of(announced: float, unannounced: float) -> list[np.ndarray[Any, np.dtype[Any]]]:
    """Give results in which the n-th evening takes n times so many minutes, and every fourth comes to nothing."""
    found = []
    for name, first in SHIPPED.parts:
        nth = np.arange(first, first + held.BLOCK) + 1.0
        minutes = np.where(nth % 4 == 0, np.inf, nth * {"announced": announced, "unannounced": unannounced}[name])
        found.append(np.stack([minutes, 2.0 * minutes, 3.0 * minutes, nth % 2, nth % 5 == 0], axis=1))
    return found


def cells(lines: list[str], label: str) -> list[str]:
    (line,) = [line for line in lines if line.startswith(f"| {label}")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_quantiles_stand_with_the_uncertainty_of_the_middle_and_the_share_of_never() -> None:
    lines = list(SHIPPED.told(results_of(0.01, 0.02)))
    ranked = np.sort(results_of(0.01, 0.02)[0][:, 0])
    assert np.isinf(ranked).mean() == 0.25
    assert cells(lines, "first capture, announced") == ["1.3", "3.3", "6.7 (6.3 to 7.1)", "never", "never", "25.0 ± 1.4%"]
    assert cells(lines, "second capture, announced")[2] == "13.3 (12.5 to 14.2)"
    assert cells(lines, "first call, unannounced")[0] == "8.0"


def test_each_told_time_stands_beside_the_share_of_evenings_that_were_as_fast() -> None:
    lines = list(SHIPPED.told(results_of(0.1, 0.1)))
    assert cells(lines, "[Leerdam]") == ["2 min; at least 2 suspects, about 70 players in two neighbourhoods", "1.5 ± 0.4%"]
    assert cells(lines, "[Nijmegen]")[1] == "22.5 ± 1.3%, 33.8 ± 1.5%"
    assert cells(lines, "[Wijk bij Duurstede]")[0].startswith("at most 30 min; ")
    assert cells(lines, "[Houten]")[1] == ""
    assert cells(lines, "[Breda]")[1] == "7.5 ± 0.8%"
    told = "\n".join(lines)
    assert "On an announced evening 0.5 ± 0.016 people are asked who are not the suspect; in\n50.0 ± 1.6% of these" in told
    assert "20.0 ± 1.3% of the announced and 20.0 ± 1.3% of the" in told


def test_no_case_of_one_kind_is_among_the_others() -> None:
    kinds = [{case.place for case in cases} for cases in (TO_CALIBRATE, UNTOUCHED, UNANNOUNCED)]
    assert sum(map(len, kinds)) == len(set.union(*kinds)) == 9


def test_the_curves_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [tmp_path / "one.png", tmp_path / "other.png"]
    assert SHIPPED.draw is not None
    for picture, minutes in zip(pictures, (0.01, 0.1), strict=True):
        monkeypatch.setattr(held, "picture_of", lambda _, to=picture: to)
        SHIPPED.draw(results_of(minutes, 0.1))
    one, other = (picture.read_bytes() for picture in pictures)
    assert one[:8] == b"\x89PNG\r\n\x1a\n"
    assert one != other


@pytest.mark.parametrize("study", held.studies(), ids=[study.place for study in held.studies()])
def test_the_picture_of_a_section_is_there(study: Study) -> None:
    page = next(page for page in pages() if study in page.studies or study.title in page.written())
    (name,) = re.findall(r"!\[[^]]{20,}\]\(([^)]+\.png)\)", page.written()[study.title])
    assert (DOCS / name) == held.picture_of(study.place)
    assert (DOCS / name).stat().st_size > 10_000


@pytest.mark.parametrize("study", held.studies(), ids=[study.place for study in held.studies()])
def test_what_the_page_says_of_the_comparison_holds(study: Study) -> None:
    page = next(page for page in pages() if study.title in page.written())
    lines = page.written()[study.title].splitlines()
    sooner = {place: [float(share) for share in re.findall(r"([\d.]+) ± ", cells(lines, f"[{place}]")[1])]
              for place in ("Leerdam", "Nijmegen", "Wateringen", "Leersum", "Breda", "Oldeholtpade")}  # fmt: skip
    assert 1.0 < sooner["Leerdam"][0] < 20.0
    assert min(sooner["Nijmegen"] + sooner["Wateringen"] + sooner["Leersum"]) > 75.0
    assert sooner["Breda"][0] < 50.0


def test_an_effect_is_that_of_the_number_alone() -> None:
    nothing = deciding._effect(("unannounced", "p_report_player", 0.5, 0.95))
    assert (nothing.difference, nothing.error) == (0.0, 0.0)
    assert 0.0 < nothing.low <= held.LONGEST_MIN


def test_numbers_are_ranked_by_what_they_change() -> None:
    effects = [
        Effect(name, 50.0, 50.0 + (-1) ** place * place / 2.0, 1.0 if place else 0.0)
        for place, name in enumerate([*ASSUMED, *ASSUMED])
    ]
    lines = list(DECIDING.told(effects))
    named = re.findall(r"^\| `(\w+)` .* \| ([+-][\d.]+) ± 1\.0 \|$", "\n".join(lines), re.MULTILINE)
    assert [name for name, _ in named] == [*reversed(ASSUMED[-10:]), *reversed(ASSUMED[-10:])]
    assert [abs(float(change)) for _, change in named[:10]] == [(len(ASSUMED) - nth) / 2.0 for nth in range(1, 11)]
    assert f"{len(ASSUMED) - 7} of {len(ASSUMED)} numbers move it by more than three standard\nerrors, 1 leave" in "\n".join(
        lines
    )


def test_all_assumed_numbers_take_part_over_their_whole_range() -> None:
    assert set(ASSUMED) == {name for name, known in REGISTRY.items() if known.grade == "D"}
    assert [part[:2] for part in DECIDING.parts] == [(evening, name) for evening in held.NAMES for name in ASSUMED]
    whole = [name for _, name, low, high in DECIDING.parts if (low, high) == (REGISTRY[name].low, REGISTRY[name].high)]
    assert set(ASSUMED) - set(whole) == {"call_hold_median_s", "call_hold_mean_s"}
