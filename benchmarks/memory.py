"""`memory.idle`: the resident memory of the program at rest on the demo practice ÷ a bare window with the same libraries."""

import statistics
import tempfile
from pathlib import Path

from benchmarks.measuring import rounds, tell
from benchmarks.start import hello, make_demo, program, run

ROUNDS = 3


def measure() -> dict[str, float]:
    """Return the ratio by its name. Linux only: it asks /proc."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        practice = make_demo(folder)
        ours, bare = [], []
        for number in range(rounds(ROUNDS) + 1):
            floor, used = (int(run(each, folder / "bytecode")) for each in (hello("idle", *practice), program("idle", folder)))
            if number:  # the first round compiles
                bare.append(floor)
                ours.append(used)
    DETAILS[:] = [f"program {min(ours) / 1024:.0f} MiB, hello {min(bare) / 1024:.0f} MiB"]
    return {"memory.idle": statistics.median(ours) / statistics.median(bare)}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
