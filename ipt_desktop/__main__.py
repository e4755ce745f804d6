"""`ipt-desktop`, which is `python -m ipt_desktop`: says in one line what is missing, or hands over to `bootstrap`.

The syntax stays old on purpose, so that an older Python reaches its line instead of a SyntaxError.
"""

import sys
from importlib.util import find_spec

LIBRARIES = (
    *("PySide6", "sqlalchemy", "sqlcipher3", "cryptography", "alembic", "platformdirs", "babel"),
    *("reportlab", "uharfbuzz", "bidi", "pikepdf", "pypdfium2", "keyring"),
)


def main() -> int:
    """Run the program and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - the line exists for the Pythons that we do not support
        return _refuse("IPT Desktop needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if missing:  # some serve one action only, but are better missed now than in the middle of a session
        return _refuse_without(", ".join(missing))
    try:
        from ipt_desktop.bootstrap import run

        return run(sys.argv[1:])
    except ImportError as error:  # it is there and can't be loaded, such as Qt without a library of the system
        return _refuse_without(str(error))


def _refuse_without(what: str) -> int:
    start = "Start it with: python3 dev.py run (if it says this again, remove the folder .venv first)."
    return _refuse(f"IPT Desktop lacks a library: {what}. {start}")


def _refuse(line: str) -> int:
    print(line, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
