"""What every test stands on: a screen that is not there, and a home that is not the developer's."""

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.durability.table import pytest_sessionfinish as pytest_sessionfinish
from ui.garbage import collect_what_is_due

# A busy machine is no fault of the program.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background; what tests start is to hear Ctrl+C
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Read by Qt at its start. `dev.py test -m window` asks for a real window on a screen of its own.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("IPT_TEST_PLATFORM", "offscreen")
if sys.platform.startswith("linux"):
    os.environ["LC_ALL"] = "C.UTF-8"  # Qt warns of any other encoding, and a warning fails a test
for name in ("PYTHONUNBUFFERED", "PYTHONDEVMODE", "PYTHONWARNINGS"):  # a developer's own would change what the program does
    os.environ.pop(name, None)
if sys.platform == "win32":  # offscreen, Qt finds none of the system's fonts there and warns of it
    os.environ["QT_QPA_FONTDIR"] = str(Path(__file__).parents[1] / "resources" / "fonts" / "inter")

# What a test starts imports what has been compiled; where Python is told to write none, each start would compile it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")

gc.disable()  # as the program does (`ui/garbage.py`): no other thread is to take a widget apart that Qt still calls


def _enter_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Point every folder that a program asks the system for into `home`."""
    patch.setenv("HOME", str(home))
    patch.setenv("LANGUAGE", "en")
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("APPDATA", "LOCALAPPDATA"):
        patch.setenv(name, str(home / name.lower()))
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    patch.setenv("XDG_RUNTIME_DIR", str(runtime))


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is made once for all tests out of the real home."""
    with pytest.MonkeyPatch.context() as patch:
        _enter_home(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty home, so that none finds what another left."""
    folder = tmp_path_factory.mktemp("home")
    _enter_home(monkeypatch, folder)
    return folder


@pytest.fixture(autouse=True)
def _garbage_is_collected_here() -> Iterator[None]:
    """Collect between two tests, on their own thread, what is due."""
    yield
    collect_what_is_due()
