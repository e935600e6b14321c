"""Run the long studies and write their pages, all or those named: `python -m tests.studies [--all] [comparison.md ...]`."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, Any

from tests.places import missing
from tests.studies.page import digest_in, pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.studies.page import Page
    from tests.studies.study import Study

WORKERS = min(os.cpu_count() or 1, 4)
"""A worker that plays on the shipped map takes 2 GB."""


def main(arguments: list[str]) -> int:
    """Run the studies whose inputs are not those of the page, or all; say how it went."""
    named = set(arguments) - {"--all"}
    unknown = named - {page.path.name for page in pages()}
    if unknown:
        print(f"No page {', '.join(sorted(unknown))}; there are {', '.join(page.path.name for page in pages())}")
        return 2
    chosen = [page for page in pages() if not named or page.path.name in named]
    differ = [title for page in chosen for title in _renew(page, everything="--all" in arguments)]
    print(f"These differ: {', '.join(differ)}" if differ else "Everything agrees.")
    return 1 if differ else 0


def _renew(page: Page, *, everything: bool) -> list[str]:
    """Write a page again, study by study; give the titles of what differs."""
    for study in page.studies:
        found = page.written()
        if missing(study.place):
            print(f"{study.title}: stays as it is, {missing(study.place)}")
        elif everything or digest_in(found.get(study.title, "")) != study.digest():
            results = _results(study, {} if everything else study.kept())
            study.put_away(results)
            if study.draw is not None:
                study.draw(results)
            page.path.write_text(page.compose(found | {study.title: study.section(results)}), encoding="utf-8")
            print(f"{study.title}: written", flush=True)
    page.path.write_text(page.compose(page.written()), encoding="utf-8")
    return [title for title, section in page.written().items() if "**differs**" in section]


def _results(study: Study, kept: Mapping[str, Any]) -> list[Any]:
    """Do the work of all parts of a study that were not kept; the results stand in the order of the parts."""
    begin, results = time.perf_counter(), [kept.get(str(part)) for part in study.parts]
    with ProcessPoolExecutor(WORKERS) as workers:
        jobs = {workers.submit(study.work, part): place for place, part in enumerate(study.parts) if str(part) not in kept}
        for done, job in enumerate(as_completed(jobs), start=1):
            results[jobs[job]] = job.result()
            now = f"{time.perf_counter() - begin:5.0f} s, {done:2} of {len(jobs)}"
            print(f"{now}: {study.title}, {study.parts[jobs[job]]}", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
