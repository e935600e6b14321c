"""The results of the long studies on their pages: made from the present inputs, and none of them differs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.saar import looking
from tests.places import missing
from tests.studies import outcomes
from tests.studies.page import Page, digest_in, pages, sections
from tests.studies.study import Row, Study, compared

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STEPS_TOLD = ("one", "two", "three", "four", "five")
PAGES = {page.path.name: page for page in pages()}
INDEPENDENT = PAGES["studies.md"]
STUDIES = {study.title: (page, study) for page in PAGES.values() for study in page.studies}


@pytest.mark.parametrize("title", STUDIES)
def test_the_page_was_made_from_the_present_inputs(title: str) -> None:
    page, study = STUDIES[title]
    if missing(study.place):
        pytest.skip(missing(study.place))
    digest = digest_in(page.written().get(title, ""))
    assert digest == study.digest(), f"{page.path.name}, {title}: made from other inputs; run `make studies`"


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_has_every_study_once_and_no_other(page: Page) -> None:
    assert list(page.written()) == [study.title for study in page.studies]
    assert page.compose(page.written()) == page.path.read_text(encoding="utf-8")


def test_no_figure_on_the_page_differs() -> None:
    text = INDEPENDENT.path.read_text(encoding="utf-8")
    assert "**differs**" not in text
    assert all(abs(float(z)) < 3.0 for z in re.findall(r"\| ([+-]\d+\.\d\d) \|", text))
    assert text.count("| agrees |") > 60


@pytest.mark.parametrize("figure", ["suspects found", "first sighting, s", "noticings", "messages sent", "messages read"])
def test_what_matters_is_judged_on_every_map(figure: str) -> None:
    assert outcomes.RUNS >= 2000
    for study in outcomes.studies():
        (row,) = re.findall(
            rf"^\| everything \| {figure} \| .* \| agrees \|$", INDEPENDENT.written()[study.title], re.MULTILINE
        )
        assert "±" in row


# The machinery itself


def tossed(part: int) -> int:
    return part * part


def counted(results: Sequence[int]) -> list[str]:
    total = sum(results)
    return compared([Row("", "squares", str(total), "5", 0.5, total == 5), Row("", "seldom", "1", "2", 9.0, None)])


def small(**changes: object) -> Study:
    """Give a study that takes no time."""
    usual = Study(
        title="Coins",
        place="wijk",
        question="Do coins fall?",
        settings={"coins": 3},
        parts=(1, 2),
        work=tossed,
        told=counted,
        sample=lambda: [1, 4],
    )
    return replace(usual, **changes)


def test_a_section_says_what_was_asked_and_how_it_ended() -> None:
    good, bad = small().section([1, 4]), small().section([1, 5])
    assert "Do coins fall?" in good
    assert "**All 1 figures agree**; the largest |z| is 0.50." in good
    assert "**1 of 1 figures differ**" in bad
    assert "|  | squares | 6 | 5 | +0.50 | **differs** |" in bad
    assert "+9.00 | too rare |" in good
    assert digest_in(good) == digest_in(bad) == small().digest()
    assert sections(f"# Head\n\n{good}\n{bad.replace('Coins', 'More')}") == {
        "Coins": good,
        "More": bad.replace("Coins", "More"),
    }


def test_the_digest_covers_settings_map_and_sample() -> None:
    digests = {one.digest() for one in (small(), small(settings={}), small(place="made"), small(sample=lambda: [1, 5]))}
    assert len(digests) == 4


def test_a_change_of_the_model_shows_in_the_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    study = STUDIES["Outcomes on the shipped map"][1]
    before = study.digest()
    monkeypatch.setattr(looking, "distance_factor", lambda *_: 1.0)
    assert study.digest() != before


def test_results_that_are_kept_hold_until_settings_or_sample_change(tmp_path: Path) -> None:
    keep = tmp_path / "kept.json"
    study = small(keep=keep)
    assert study.kept() == {}
    study.put_away([1, 4])
    assert study.kept() == {"1": 1, "2": 4}
    more = small(keep=keep, parts=(1, 2, 3))
    assert more.kept() == {"1": 1, "2": 4}
    assert more.digest() != study.digest()
    assert small(keep=keep, settings={}).kept() == small(keep=keep, sample=lambda: [1, 5]).kept() == {}
    assert small().kept() == {}


def test_figures_far_apart_differ() -> None:
    near = {name: np.arange(200.0) for name in outcomes.STATISTICS}
    far = {name: np.arange(200.0) + 30.0 for name in outcomes.STATISTICS}
    verdicts = [
        row.agrees for row in outcomes._rows(STEPS_TOLD, [(near, near), (near, far), (far, far), (far, near), (far, far)])
    ]
    assert verdicts == [one for one in (True, False, True, False, True) for _ in outcomes.STATISTICS]
