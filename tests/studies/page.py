"""The page with the results: one section for each study."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.studies import encounters, outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.studies.study import Study

PAGE = Path(__file__).parents[2] / "docs" / "studies.md"

HEAD = """\
# Long studies

The engine against independent answers, in as many worlds as the question takes. This page is written by `make studies`; `make
test` repeats a small sample of each study, and looks whether this page was made from the present inputs: the digest at the end
of a section is one of the settings, the map, and what both sides make of a few worlds. It does not change when the same is
computed faster.

A figure is the mean over the runs ± its standard error, z the difference in standard errors. Figures agree where |z| < 3; of
figures that really are the same, chance lets one in 370 differ by more. Figures of what hardly ever happens are not judged.
"""


def studies() -> list[Study]:
    """Give all studies, in the order of the page."""
    return [*outcomes.studies(), *encounters.studies()]


def sections(page: str) -> dict[str, str]:
    """Cut a page into its sections, by title."""
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in page.split("\n## ")[1:]}


def written() -> dict[str, str]:
    """Give the sections of the page as it is."""
    return sections(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}


def digest_in(section: str) -> str:
    """Give the digest of the inputs from which a section was made."""
    found = re.findall(r"^Digest of the inputs: `([0-9a-f]{64})`\.$", section, re.MULTILINE)
    return found[0] if len(found) == 1 else ""


def compose(found: Mapping[str, str]) -> str:
    """Write the page, in the order of the studies."""
    return "\n".join([HEAD, *(found[study.title] for study in studies() if study.title in found)])
