"""Files and folders are handed in whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation.errors import RunError, WorldError
from simulation.runs import json_text, new_file, new_folder, read_run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_appears_when_its_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "wijk.png"
    with new_file(target) as draft:
        assert draft.suffix == ".png"
        assert draft.parent == tmp_path
        draft.write_text("whole", encoding="utf-8")
        assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["wijk.png"]
    assert target.read_text(encoding="utf-8") == "whole"


def test_a_folder_appears_when_its_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "evening"
    with new_folder(target) as draft:
        (draft / "page").write_text("whole", encoding="utf-8")
        assert not target.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["evening"]
    assert (target / "page").read_text(encoding="utf-8") == "whole"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError("a bug")])
def test_what_goes_wrong_takes_the_draft_along(tmp_path: Path, error: BaseException) -> None:
    expected = WorldError if isinstance(error, OSError) else type(error)
    with pytest.raises(expected), new_folder(tmp_path / "evening") as draft:
        (draft / "page").write_text("half", encoding="utf-8")
        raise error
    with pytest.raises(expected), new_file(tmp_path / "a.map") as draft:
        draft.write_text("half", encoding="utf-8")
        raise error
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_came_up_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "evening"
    with pytest.raises(WorldError), new_folder(target):
        target.mkdir()
        (target / "mine").touch()
    assert [path.name for path in tmp_path.rglob("*")] == ["evening", "mine"]


def test_a_link_that_leads_nowhere_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "evening").symlink_to(tmp_path / "nowhere")
    with pytest.raises(RunError, match="exists already"), new_folder(tmp_path / "evening"):
        pytest.fail("the block must not be entered")


def test_a_score_that_is_no_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text({"found_at_s": float("nan")})
    assert json_text({"titel": "één"}) == '{\n  "titel": "één"\n}\n'


def test_a_folder_without_a_trace_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"holds no trace\.jsonl"):
        read_run(tmp_path)
