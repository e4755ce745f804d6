"""What a newcomer and an installer rely on: commands, locks, bundled files, the wheel."""

import ast
import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

ROOT = Path(__file__).parents[1]
LOCKS = ["uv.lock", "requirements-dev.lock"]
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))
FONTS = sorted((ROOT / "resources" / "fonts").glob("*/*.ttf"))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked_versions() -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", read("requirements-dev.lock"), re.MULTILINE))


# The two commands


def test_readme_names_the_two_commands():
    commands = re.findall(r"^python3 dev\.py .*$", read("README.md"), re.MULTILINE)
    assert commands[:2] == ["python3 dev.py run --demo", "python3 dev.py test"]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/adr/README.md"])
def test_links_between_the_pages_lead_somewhere(page: str):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", read(page))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_ci_runs_the_readmes_test_command():
    assert "\npython3 dev.py test\n" in read(".ci/run")


def test_dev_parses_on_an_older_python():
    ast.parse(read("dev.py"), feature_version=(3, 6))


def test_dev_refuses_an_older_python_in_one_line():
    pretend = "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_path('dev.py')"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.strip() == "IPT Desktop needs Python 3.11 or newer; this is Python 3.9."


def test_dev_refuses_before_it_imports_what_an_older_python_lacks():
    body = ast.parse(read("dev.py")).body
    refusal = next(place for place, node in enumerate(body) if isinstance(node, ast.If))
    early = [node for node in body[:refusal] if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in early] == ["import sys"]


def test_dev_needs_the_standard_library_alone():
    imports = [node for node in ast.walk(ast.parse(read("dev.py"))) if isinstance(node, ast.Import)]
    names = {alias.name.split(".")[0] for node in imports for alias in node.names}
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["fly"], 2), (["--help"], 0)])
def test_dev_says_what_it_can_do(arguments: list[str], code: int):
    done = subprocess.run([sys.executable, "dev.py", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == code
    assert "run [--demo" in (done.stdout if code == 0 else done.stderr)


TAKE_AWAY = """
import ctypes, importlib.util, os, runpy, shutil, sys
find, load, which = importlib.util.find_spec, ctypes.CDLL, shutil.which
gone = sys.argv.pop(1)

def find_spec(name, *rest):
    return None if name == gone else find(name, *rest)

def library(name, *rest):
    if name == gone:
        raise OSError(name)
    return load(name, *rest)

importlib.util.find_spec, ctypes.CDLL = find_spec, library
shutil.which = lambda name, **rest: f"/usr/bin/{name}" if name == "apt-get" else which(name, **rest)
os.geteuid = lambda: 1000
sys.argv[0] = "dev.py"
runpy.run_path("dev.py", run_name="__main__")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere nothing of the system is needed")
@pytest.mark.parametrize(("gone", "package"), [("ensurepip", "python3-venv"), ("libxcb-cursor.so.0", "libxcb-cursor0")])
def test_dev_names_the_missing_package_in_one_line_and_changes_nothing(tmp_path: Path, gone: str, package: str):
    for name in ("dev.py", "pyproject.toml", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path)
    words = [sys.executable, "-c", TAKE_AWAY, gone, "bench"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert "sudo apt-get install" in line
    assert package in line.split()
    assert not (tmp_path / ".venv").exists()


def test_dev_says_in_one_line_what_the_system_refuses(tmp_path: Path):
    shutil.copy(ROOT / "dev.py", tmp_path)  # without the lock beside it
    done = subprocess.run([sys.executable, "dev.py", "bench"], cwd=tmp_path, capture_output=True, text=True)
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert "requirements-dev.lock" in line


# The locks


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_private_index_and_no_file(lock: str):
    text = read(lock)
    assert not re.search(r"file:|index-url|find-links|localhost|^-e |@ [./]", text, re.MULTILINE)
    hosts = set(re.findall(r"https?://([^/\"]+)", text))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}


def test_every_locked_package_has_a_hash():
    entries = re.split(r"\n(?=[a-z0-9-]+==)", read("requirements-dev.lock"))[1:]
    assert len(entries) > 40
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_locks_agree():
    packages = tomllib.loads(read("uv.lock"))["package"]
    resolved = {package["name"]: package["version"] for package in packages if "version" in package}
    resolved.pop("ipt-desktop", None)
    assert locked_versions() == resolved


@pytest.mark.parametrize("package", ["pyside6-essentials", "sqlcipher3", "cryptography", "pikepdf", "uharfbuzz"])
@pytest.mark.parametrize("system", ["manylinux", "win_amd64", "macosx"])
def test_lock_covers_every_system(package: str, system: str):
    found = next(p for p in tomllib.loads(read("uv.lock"))["package"] if p["name"] == package)
    wheels = [wheel for wheel in found["wheels"] if system in wheel["url"]]
    assert wheels
    requirements = read("requirements-dev.lock")
    assert all(wheel["hash"] in requirements for wheel in wheels)


def test_pyside_stays_below_6_12():
    assert tuple(map(int, locked_versions()["pyside6-essentials"].split(".")[:2])) < (6, 12)


# What is bundled


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_icon_draws_something(icon: Path):
    svg = ElementTree.fromstring(icon.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("viewBox")
    image = QImage(str(icon))
    assert not image.isNull()
    assert has_ink(image)


def has_ink(image: QImage) -> bool:
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(Qt.GlobalColor.magenta)
    drawn = ground.copy()
    painter = QPainter(drawn)
    painter.drawImage(0, 0, image)
    painter.end()
    return drawn != ground


@pytest.mark.parametrize("icon", [i for i in ICONS if i.stem != "ipt-desktop"], ids=lambda icon: icon.stem)
def test_icon_takes_its_colour_from_the_theme(icon: Path):
    svg = ElementTree.fromstring(icon.read_text(encoding="utf-8"))  # noqa: S314 - our own file
    assert (svg.get("stroke"), svg.get("stroke-width"), svg.get("fill")) == ("currentColor", "1.9", "none")


def test_fonts_are_the_recorded_files():
    recorded = re.findall(r"\| `(\w+/[\w-]+\.ttf)` \| ([\d,]+) \| `(\w{64})` \|", read("resources/fonts/README.md"))
    present = [
        (
            font.relative_to(ROOT / "resources" / "fonts").as_posix(),
            f"{font.stat().st_size:,}",
            hashlib.sha256(font.read_bytes()).hexdigest(),
        )
        for font in FONTS
    ]
    assert sorted(recorded) == present
    assert len(present) >= 11


@pytest.mark.parametrize("folder", ["fonts/inter", "fonts/paper", "icons"])
def test_bundled_works_come_with_their_licence(folder: str):
    licences = [
        *(ROOT / "resources" / folder).glob("OFL*.txt"),
        *(ROOT / "resources" / folder).glob("LICENSE"),
    ]
    assert licences
    assert all("permission" in licence.read_text(encoding="utf-8").lower() for licence in licences)


def test_wheel_carries_code_data_and_migrations(tmp_path: Path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {path for folder in ("resources", "migrations") for path in tracked(folder)}
    assert data <= names
    assert {name.split("/")[0] for name in names} <= {"ipt_desktop", "ui", "resources", "migrations"} | {
        name.split("/")[0] for name in names if ".dist-info/" in name
    }


def tracked(folder: str) -> list[str]:
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return [path.relative_to(ROOT).as_posix() for path in files]
