"""Run the long studies and write their pages: `python -m tests.studies [--all]`."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING

from tests.places import missing
from tests.studies.page import digest_in, pages

if TYPE_CHECKING:
    from tests.studies.page import Page
    from tests.studies.study import Study

WORKERS = min(os.cpu_count() or 1, 4)
"""A worker that plays on the shipped map takes 2 GB."""


def main(arguments: list[str]) -> int:
    """Run the studies whose inputs are not those of the page, or all; say how it went."""
    differ = [title for page in pages() for title in _renew(page, everything="--all" in arguments)]
    print(f"These differ: {', '.join(differ)}" if differ else "Everything agrees.")
    return 1 if differ else 0


def _renew(page: Page, *, everything: bool) -> list[str]:
    """Write a page again; give the titles of what differs."""
    found = page.written()
    here = [study for study in page.studies if not missing(study.place)]
    if not everything:
        here = [study for study in here if digest_in(found.get(study.title, "")) != study.digest()]
    results = _results(here)
    for study in here:
        found[study.title] = study.section(results[study.title])
        if study.draw is not None:
            study.draw(results[study.title])
    for study in page.studies:
        if missing(study.place):
            print(f"{study.title}: stays as it is, {missing(study.place)}")
    page.path.write_text(page.compose(found), encoding="utf-8")
    print(f"{page.path.name} is written, {len(here)} of {len(page.studies)} studies anew.")
    return [title for title, section in found.items() if "**differs**" in section]


def _results(studies: list[Study]) -> dict[str, list[object]]:
    """Do the work of all parts of some studies; the results of each stand in the order of its parts."""
    begin = time.perf_counter()
    results: dict[str, list[object]] = {study.title: [None] * len(study.parts) for study in studies}
    with ProcessPoolExecutor(WORKERS) as workers:
        jobs = {
            workers.submit(study.work, part): (study, place) for study in studies for place, part in enumerate(study.parts)
        }
        for done, job in enumerate(as_completed(jobs), start=1):
            study, place = jobs[job]
            results[study.title][place] = job.result()
            now = f"{time.perf_counter() - begin:5.0f} s, {done:2} of {len(jobs)}"
            print(f"{now}: {study.title}, {study.parts[place]}", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
