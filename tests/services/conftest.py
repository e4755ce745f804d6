"""An open desk on a practice that its plain key opens: no passphrase is stretched, so it is quick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ipt_desktop.services.desk import Desk
from ipt_desktop.services.vault import create_with_key


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(create_with_key(tmp_path / "practice", bytes(range(32)), "Willow Lane Practice"))
    yield opened
    opened.close()
