"""Keep count of what an import takes in, keeps and leaves out, so that count in equals count out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Account:
    """What became of one kind of object.

    Parameters
    ----------
    in_file
        Objects of this kind in the file.
    kept
        Those that are in the map.
    left_out
        Those that are not, by reason; `in_file == kept + sum of left_out`.
    remarks
        What was mended or is noteworthy among the kept, by remark. Not part of the sum.
    """

    in_file: int = 0
    kept: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)

    def leave_out(self, reason: str, number: int = 1) -> None:
        """Note that `number` objects are not in the map."""
        if number:
            self.left_out[reason] += number

    def remark(self, remark: str, number: int = 1) -> None:
        """Note something about `number` objects."""
        if number:
            self.remarks[remark] += number

    def as_dict(self) -> dict[str, Any]:
        """Give the account as a JSON object with sorted keys."""
        return {
            "in_file": self.in_file,
            "kept": self.kept,
            "left_out": dict(sorted(self.left_out.items())),
            "remarks": dict(sorted(self.remarks.items())),
        }
