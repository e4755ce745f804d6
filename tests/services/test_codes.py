"""The code list the program comes with: read lazily, whole, and without words that are not its own."""

from collections import Counter
from pathlib import Path

import pytest

from ipt_desktop.domain.code_list import CodeKind, CodeList
from ipt_desktop.domain.illness_words import system_words
from ipt_desktop.services.codes import Codes, read_codes
from ipt_desktop.services.desk import Desk
from ipt_desktop.services.resources_folder import resources_folder


@pytest.fixture(scope="module")
def icd() -> CodeList:
    known = Codes(resources_folder() / "codes").list_of(" icd-10-cm")
    assert known is not None
    return known


def test_the_release_is_named(icd: CodeList) -> None:
    assert icd.system == "ICD-10-CM 2026-04"
    assert system_words(icd.system) == "ICD-10-CM, April 2026 release"


def test_each_line_is_whole_and_below_one_that_is_there(icd: CodeList) -> None:
    codes = [each.code for each in icd.lines]
    assert Counter(each.kind for each in icd.lines)[CodeKind.BILLABLE] == 1046
    assert max(Counter(codes).values()) == 1
    assert {each.parent for each in icd.lines} <= {*codes, ""}
    assert all(each.title.strip() for each in icd.lines)


def test_what_therapists_look_for_is_found(icd: CodeList) -> None:
    assert [each.code for each in icd.find("recurrent depression moderate")] == ["F33.1"]
    assert "Z63.0" in [each.code for each in icd.find("problem partner")]
    assert icd.find("grief")[0].title == "Prolonged grief disorder"


def test_other_systems_have_no_list(desk: Desk) -> None:
    assert desk.codes.list_of("ICD-11") is None
    assert desk.settings.values().code_system == "ICD-10-CM"
    assert desk.codes.list_of(desk.settings.values().code_system) is not None


def test_a_file_that_does_not_say_its_release_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("code,title,kind,parent\n", "utf-8")
    with pytest.raises(ValueError, match=r"codes\.csv"):
        read_codes(file)


def test_the_readme_says_what_is_in_it(icd: CodeList) -> None:
    readme = (resources_folder() / "codes" / "README.md").read_text("utf-8")
    assert f"{len(icd.lines):,} lines, of which 1,046 can be chosen" in readme
    assert icd.system in readme
