"""What one entry of the audit trail adds to it: who did it, and the sum that ties it to the entry before.

It stands apart from what reads the trail (`domain.audit`): each opening adds an entry, and waits for no more than this.
"""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

FIRST = "0" * 64  # what the first entry has before it
PROGRAM = "program"  # who did what nobody asked for, such as an automatic backup


@cache
def account_name() -> str:
    """Return the login name of this computer's account, as the system has it; "" where it does not tell."""
    try:
        if sys.platform == "win32":
            return os.getlogin()
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (OSError, KeyError, ImportError):
        return ""


def hash_of(row: Mapping[str, Any]) -> str:
    """Return an entry's sum: SHA-256, as hex, over the canonical JSON of all its stored fields but the sum itself."""
    fields = {name: value for name, value in row.items() if name != "hash"}
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr)  # no JSON: altered
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
