"""Two passphrases tried at the same moment, in the settings and by the private notes that open along: both get an answer."""

import subprocess
import sys
from pathlib import Path

TWO_AT_ONCE = """
from threading import Thread
from ipt_desktop.services import keys

place = keys.SlotPlace(1, "practice", keys.MAIN)
key = keys.new_root()
slot = keys.wrap(key, "a passphrase of some length", place)
opened = []

def open_often():
    for _ in range(3):
        opened.append(keys.unwrap((slot,), "a passphrase of some length", place) == key)

both = [Thread(target=open_often, daemon=True) for _ in range(2)]
for each in both:
    each.start()
for each in both:
    each.join()
assert opened == [True] * 6, opened
"""


def test_each_gets_its_key():
    """In a process of its own: where they wait for each other, they wait for ever."""
    words = [sys.executable, "-c", TWO_AT_ONCE]
    done = subprocess.run(words, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
