"""An open desk on a practice that its plain key opens: no passphrase is stretched, so it is quick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key
from tests.services.summary_case import Case, open_case


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield opened
    opened.close()


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """A course whose papers are still to be written."""
    opened = open_case(tmp_path)
    yield opened
    opened.desk.close()
