"""The pages with the results: one section for each study."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.studies import answers, burgernet, deciding, encounters, held, outcomes, structures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.studies.study import Study

DOCS = Path(__file__).parents[2] / "docs"

INDEPENDENT = """\
# Long studies

The engine against independent answers, in as many worlds as the question takes. This page is written by `make studies`; `make
test` repeats a small sample of each study, and looks whether this page was made from the present inputs: the digest at the end
of a section is one of the settings, the map, and what both sides make of a few worlds. It does not change when the same is
computed faster.

A figure is the mean over the runs ± its standard error, z the difference in standard errors. Figures agree where |z| < 3; of
figures that really are the same, chance lets one in 370 differ by more. Figures of what hardly ever happens are not judged.
"""

REAL = """\
# Against real evenings

Do the times that the model gives look like those of evenings that were held? Nobody ever published a log of one. What
there is, are a few times from the press: of evenings that went well enough to be told of, rounded, and mostly without
the number of players, the size of the area or the hints. The model is not tuned to them: all its numbers are as in
[parameters.md](parameters.md), and what the evenings below need besides was chosen before any was played.

**Chosen (grade D).** The people who live on the map; daylight, 25 April from 18:00 to 20:00; one group. *Announced*: 50
players, of whom seven in ten walk the streets from a briefing in the middle and the others watch at home; two suspects
who wander without pauses or suspicious acts; the full description for everybody at the start; no other hints.
*Unannounced*: no players, and nobody knows of anything; one suspect who tries front doors six times an hour, 45 seconds
each; the organisers tell nothing. `boef run` plays both: `tests/studies/evenings/`.

**How to read it.** In the figures the line is the share of the model's evenings in which it had happened by then, with
its 95% band. The dots are the times that were told, each at its rank among them (filled: evenings by which one might
set the model; open: evenings that nothing may be set by); an arrow is a time that was told as the longest or the
shortest it can have been. Where the model is right, the dots scatter about the line. With so few, told so loosely, only
a gross difference can be seen.

**Where it fits.** On an unannounced evening the model is about as slow as Breda and Oldeholtpade: in most evenings
nobody calls in the first half hour. A capture within minutes, as in Leerdam, happens now and then. People who are not
the suspect are asked, and somebody who knows of nothing calls a real number, in some evenings and not in others, as the
press tells.

**Where it does not.** On an announced evening with a full description the model finds the first suspect too soon: most
of the times that were told are longer than nearly all of its own. What the two do not share may explain part of it. The
model's players have all read the description, walk about all evening, look at everybody and ask at once; real ones
stand and talk, walk in company, and follow each other to the same place. The press mostly does not say how many
searched: in Wateringen five people helped, the model has fifty in half a square kilometre. Its description is complete,
that of Nijmegen was the colour of a shirt. And two of the evenings were in the dark, the model's is not. None of this
was used to change a number: the last section says on which assumed numbers these times hang, and a log of one real
evening would tell more than all of it.

± is one standard error; the middle of the evenings has its 95% interval behind it. This page is written by `make studies`;
`make test` looks whether it was made from the present inputs.
"""

COMPARISON = """\
# Alert structures compared

What each alert structure makes of the same evening, and what the model can say to the statements of practice. **No measured
comparison of these structures was found**: everything here follows from mechanisms and from numbers most of which are
assumptions (grade D, [parameters.md](parameters.md)). [model.md](model.md) says what the structures are (7.3) and how messages
pass (7.15), [real-evenings.md](real-evenings.md) on which numbers the times of an evening hang.

**How to read it.** Compare differences, not levels: the evenings of two rows share all chance but what the structure changes.
An interval tells how much chance is left in so many evenings of the model; it does not tell how right the model is. On
another map, with other players, or where the organisers tell much, the differences are others. *As documented*: numbers of
administrators, coordinators and steering members as the sources give them. *At equal effort*: as many people in every group
who pass messages on.

This page is written by `make comparison`, which plays some 6,000 evenings in about ten minutes on two processors; `make test`
looks whether it was made from the present inputs.
"""


ANSWERS = """\
# Which structure is better, and are we sure?

All alert structures that come along, in a thousand worlds each, told as `boef compare` tells it: the sentence first, in
English and Dutch, then a table of the main measures. [campaigns.md](campaigns.md) says how to read differences and intervals,
[comparison.md](comparison.md) looks closer at how messages go. **An interval tells how much chance is left in so many evenings
of the model, not how right the model is**: which structure does better hangs on assumptions (grade D,
[parameters.md](parameters.md)) about how often and how soon people pass messages on.

This page is written by `make answers`, which plays some 36,000 evenings in half an hour on two processors; `make test` looks
whether it was made from the present inputs.
"""


class Page(NamedTuple):
    """A page.

    Parameters
    ----------
    path
        Where it stands.
    head
        What stands above the sections.
    studies
        In their order on the page.
    """

    path: Path
    head: str
    studies: Sequence[Study]

    def written(self) -> dict[str, str]:
        """Give its sections as they are, by title."""
        return sections(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}

    def compose(self, found: Mapping[str, str]) -> str:
        """Write the page, in the order of the studies."""
        return "\n".join([self.head, *(found[study.title] for study in self.studies if study.title in found)])


def pages() -> list[Page]:
    """Give all pages."""
    return [
        Page(DOCS / "studies.md", INDEPENDENT, [*outcomes.studies(), *encounters.studies()]),
        Page(DOCS / "real-evenings.md", REAL, [*held.studies(), *deciding.studies()]),
        Page(DOCS / "comparison.md", COMPARISON, [*structures.studies(), *burgernet.studies()]),
        Page(DOCS / "answers.md", ANSWERS, answers.studies()),
    ]


def sections(text: str) -> dict[str, str]:
    """Cut a page into its sections, by title."""
    return {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in text.split("\n## ")[1:]}


def digest_in(section: str) -> str:
    """Give the digest of the inputs from which a section was made."""
    found = re.findall(r"^Digest of the inputs: `([0-9a-f]{64})`\.$", section, re.MULTILINE)
    return found[0] if len(found) == 1 else ""
