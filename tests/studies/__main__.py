"""Run the long studies and write docs/studies.md: `python -m tests.studies`."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.places import missing
from tests.studies.page import PAGE, compose, studies, written

WORKERS = min(os.cpu_count() or 1, 4)
"""A worker that plays on the shipped map takes 2 GB."""


def main() -> int:
    """Run what can be run here; say how it went."""
    found, begin = written(), time.perf_counter()
    here = [study for study in studies() if not missing(study.place)]
    with ProcessPoolExecutor(WORKERS) as workers:
        jobs = {
            workers.submit(study.work, part): (number, place)
            for number, study in enumerate(here)
            for place, part in enumerate(study.parts)
        }
        results = {}
        for done, job in enumerate(as_completed(jobs), start=1):
            results[jobs[job]] = job.result()
            number, place = jobs[job]
            now = f"{time.perf_counter() - begin:5.0f} s, {done:2} of {len(jobs)}"
            print(f"{now}: {here[number].title}, {here[number].parts[place]}", flush=True)
    for number, study in enumerate(here):
        found[study.title] = study.section([results[number, place] for place in range(len(study.parts))])
    for study in studies():
        if missing(study.place):
            print(f"{study.title}: stays as it is, {missing(study.place)}")
    PAGE.write_text(compose(found), encoding="utf-8")
    differ = [title for title, section in found.items() if "**differs**" in section]
    print(f"{PAGE.name} is written. " + (f"These differ: {', '.join(differ)}" if differ else "Everything agrees."))
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
