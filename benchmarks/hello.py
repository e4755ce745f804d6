"""The bare counterpart of the program: one line of text in a window of the same size, and what the libraries themselves cost.

`python benchmarks/hello.py paint` ends at its first paint. `… ready DATABASE KEY` then imports what opens an encrypted
practice, reads one row and shows it. `… idle DATABASE KEY` does so, rests, and prints its resident memory in KiB.
"""

import os
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel

REST_MS = 1500


def end() -> None:
    """End at once, so that both programs are measured without their taking down."""
    os._exit(0)


def end_with_memory() -> None:
    """Print the resident memory and end."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - pathlib would weigh on both sides
        print(next(line.split()[1] for line in status if line.startswith("VmRSS")), flush=True)
    end()


class Hello(QLabel):
    """A window that goes on after its first paint."""

    has_begun = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.has_begun:
            self.has_begun = True
            QTimer.singleShot(0, end if sys.argv[1] == "paint" else self.read_one_row)

    def read_one_row(self) -> None:
        """Open the practice with the libraries alone."""
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: F401
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: F401
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: F401
        from sqlalchemy import create_engine
        from sqlcipher3 import dbapi2

        database, key = sys.argv[2:4]
        engine = create_engine("sqlite+pysqlite://", module=dbapi2, creator=lambda: dbapi2.connect(database))
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA key = \"x'{key}'\"")
            self.setText(str(connection.exec_driver_sql("SELECT name FROM practice").scalar()))
        self.repaint()
        QTimer.singleShot(*((0, end) if sys.argv[1] == "ready" else (REST_MS, end_with_memory)))


application = QApplication([])
window = Hello("Hello")
window.resize(1280, 800)
window.show()
application.exec()
