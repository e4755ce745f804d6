"""Backup, restore and check as a shell sees them: exit codes, one line for what goes wrong, and nothing half-written."""

import hashlib
import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ipt_desktop.domain import records as r
from ipt_desktop.domain.records import AuditEntry
from ipt_desktop.services import keys
from ipt_desktop.services.backups import describe
from ipt_desktop.services.demo import create_demo
from ipt_desktop.services.recovery_code import code_of
from ipt_desktop.services.vault import create_practice, create_with_key, open_with_key, unlock
from ipt_desktop.storage.engine import Access, connect

ROOT = Path(__file__).parents[1]
SECRET = bytes(range(32))
PASSPHRASE = "correct horse battery Ω"  # noqa: S105  (a test's own)


def command(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run the program as a shell would."""
    done = subprocess.run(
        [sys.executable, "-m", "ipt_desktop", *map(str, arguments)],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        timeout=60,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Require this exit code and one line on standard error; return the line."""
    assert done.returncode == code, done.stderr
    (line,) = done.stderr.splitlines()
    assert "Traceback" not in line
    return line


def prints(folder: Path) -> dict[str, str]:
    files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    return {str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    create_demo(tmp_path / "practice").close()
    return tmp_path / "practice"


@pytest.fixture
def backup(demo: Path, tmp_path: Path) -> Path:
    done = command("backup", demo, tmp_path / "backups")
    assert (done.returncode, done.stderr) == (0, "")
    return Path(done.stdout.removesuffix("\n"))


def test_the_demo_goes_there_and_back(demo: Path, backup: Path, tmp_path: Path):
    assert list((tmp_path / "backups").iterdir()) == [backup]
    done = command("restore", backup, demo)
    assert (done.returncode, done.stderr) == (0, "")
    told, aside = done.stdout.splitlines()
    assert "8 clients" in told
    assert (Path(aside.rpartition(" in ")[2]) / "practice.db").exists()
    checked = command("check", demo)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "sound, 8 clients" in checked.stdout


@pytest.mark.kdf
def test_a_passphrase_makes_restores_and_checks(tmp_path: Path):
    create_practice(tmp_path / "practice", PASSPHRASE, "Quiet Street").close()
    (tmp_path / "secret").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    done = command("backup", tmp_path / "practice", tmp_path, "--passphrase-file", "-", stdin=f"{PASSPHRASE}\n".encode())
    assert done.returncode == 0, done.stderr
    made = Path(done.stdout.strip())
    wrong = command("restore", made, tmp_path / "new", "--passphrase-file", "-", stdin=b"not the right words\n")
    assert "passphrase" in refused(wrong, 3)
    assert not (tmp_path / "new").exists()
    restored = command("restore", made, tmp_path / "new", "--passphrase-file", tmp_path / "secret")
    assert (restored.returncode, restored.stderr) == (0, "")
    unlock(tmp_path / "new", PASSPHRASE).close()
    assert "passphrase" in refused(command("check", tmp_path / "new", "--passphrase-file", "-", stdin=b"wrong words\n"), 3)
    assert command("check", tmp_path / "new", "--passphrase-file", tmp_path / "secret").returncode == 0


def test_the_recovery_code_restores_and_checks(tmp_path: Path):
    from ipt_desktop.services.backups import Backups

    vault = create_with_key(tmp_path / "practice", SECRET, "Quiet Street")
    made = Backups(vault).make(tmp_path)
    vault.close()
    (tmp_path / "code").write_text(code_of(SECRET) + "\n")
    assert command("restore", made.path, tmp_path / "new", "--recovery-code-file", tmp_path / "code").returncode == 0
    assert command("check", tmp_path / "new", "--recovery-code-file", tmp_path / "code").returncode == 0
    both = ("--recovery-code-file", tmp_path / "code", "--passphrase-file", tmp_path / "code")
    refused(command("check", tmp_path / "new", *both), 2)
    refused(command("check", tmp_path / "new"), 2)


def test_private_notes_are_checked_and_not_counted(demo: Path):
    done = command("check", demo)
    assert done.returncode == 0
    assert "private.db: sound\n" in done.stdout


def test_what_is_damaged_ends_with_4(demo: Path, backup: Path, tmp_path: Path):
    content = bytearray((demo / "practice.db").read_bytes())
    content[4096 * 60 + 9] ^= 1
    (demo / "practice.db").write_bytes(content)
    before = prints(demo)
    done = command("check", demo)
    assert (done.returncode, done.stderr) == (4, "")
    assert "61" in done.stdout
    assert prints(demo) == before
    refused(command("backup", demo, tmp_path / "backups"), 4)
    assert list((tmp_path / "backups").iterdir()) == [backup]
    backup.write_bytes(backup.read_bytes()[:-1])
    refused(command("restore", backup, demo), 4)


def test_what_is_not_there_ends_with_2(demo: Path, tmp_path: Path):
    refused(command("backup", tmp_path / "none", tmp_path), 2)
    refused(command("check", tmp_path / "none"), 2)
    refused(command("restore", tmp_path / "none", demo), 2)
    refused(command("restore", demo / "practice.db", demo), 2)
    refused(command("backup", demo, tmp_path / "a" / "b"), 2)
    refused(command("backup", demo), 2)


def test_an_open_practice_ends_with_5(demo: Path, backup: Path, tmp_path: Path):
    vault = unlock(demo, None)
    refused(command("backup", demo, tmp_path), 5)
    assert "open" in refused(command("restore", backup, demo), 5)
    refused(command("check", demo), 5)
    vault.close()


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
def test_at_a_terminal_progress_is_shown_and_ctrl_c_leaves_nothing(tmp_path: Path):
    import pty

    vault = create_with_key(tmp_path / "practice", SECRET, "Big")
    words = {"text": os.urandom(500_000).hex()}
    for number in range(60):
        vault.store.write(
            lambda writing, number=number: writing.insert(r.Definition(id=str(number), kind="form", key="k", body=words))
        )
    vault.close()
    terminal, line = pty.openpty()
    # A practice without a passphrase, so that the test is quick: its key is given where a passphrase would be stretched.
    run = (
        "import sys\nfrom ipt_desktop import safekeeping, bootstrap\nfrom ipt_desktop.services.vault import open_with_key\n"
        "safekeeping.open_vault = lambda folder, *_: open_with_key(folder, bytes(range(32)))\n"
        "sys.exit(bootstrap.run(sys.argv[1:]))"
    )
    arguments = [sys.executable, "-c", run, "backup", str(tmp_path / "practice"), str(tmp_path / "to")]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=line) as process:
        os.close(line)  # so that reading ends with the program
        shown = b""
        while b"5 %" not in shown:
            shown += os.read(terminal, 100)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    os.close(terminal)
    assert b"Backing up" in shown
    assert list((tmp_path / "to").iterdir()) == []
    assert not (tmp_path / "practice" / "temporary").exists()
    open_with_key(tmp_path / "practice", SECRET).close()


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminal")
def test_at_a_terminal_a_check_shows_how_far_it_is(demo: Path):
    import pty

    terminal, line = pty.openpty()
    arguments = [sys.executable, "-m", "ipt_desktop", "check", str(demo)]
    done = subprocess.run(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=line, check=False)
    os.close(line)
    shown = os.read(terminal, 10_000)
    os.close(terminal)
    assert done.returncode == 0
    assert b"Checking" in shown
    assert shown.index(b" 0 %") < shown.index(b" 100 %")
    assert shown.endswith(b"\x1b[K")


def tamper(practice: Path, *statements: str) -> None:
    """Change the closed demo practice past the program."""
    key = keys.store_key(keys.DEMO_ROOT, keys.practice_id_of(keys.DEMO_ROOT), keys.MAIN)
    with closing(connect(practice / "practice.db", key, Access.WRITE)) as raw:
        for statement in statements:
            raw.execute(statement)


def test_the_audit_trail_is_checked_too(demo: Path):
    assert re.search(r"audit trail: All \d+ entries are as they were written", command("check", demo).stdout)
    guard = "audit_entry_is_never_removed"
    tamper(demo, f"DROP TRIGGER {guard}", "DELETE FROM audit_entry WHERE number = 1")
    done = command("check", demo)
    assert (done.returncode, done.stderr) == (1, "")
    assert "audit trail: Entry 1 is missing. The practice no longer refuses" in done.stdout


def test_the_head_of_the_trail_is_in_the_backup(demo: Path, backup: Path):
    told = describe(backup)
    assert told.audit_head is not None
    number, sum_ = told.audit_head
    with closing(unlock(demo, None)) as vault, vault.store.read() as reading:
        assert [each.hash for each in reading.all(AuditEntry, number=number)] == [sum_]


def test_a_report_with_a_recipient_is_in_the_clients_disclosures(demo: Path, tmp_path: Path):
    with closing(unlock(demo, None)) as vault, vault.store.read() as reading:
        course = next(each for each in reading.all(r.Course))
        (client,) = reading.all(r.Client, id=course.client_id)
    what = ("report", demo, "--client", client.name, "--kind", "termination-summary", "--out", tmp_path / "out.pdf")
    assert command(*what, "--recipient", "Dr Ng, GP", "--purpose", "handing over").returncode == 0
    assert "--recipient" in refused(command(*what, "--purpose", "handing over"), 2)
    with closing(unlock(demo, None)) as vault, vault.store.read() as reading:
        (kept,) = reading.all(r.Disclosure)
    assert (kept.client_id, kept.recipient, kept.purpose) == (client.id, "Dr Ng, GP", "handing over")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
