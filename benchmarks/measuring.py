"""What every measurement shares: how often, against what, and how it is printed.

The machine may be busy: a thing and its bare counterpart are measured in turn, so that both are slowed alike, and the medians
are divided. Windows are offscreen: the same raster painting on every system, and no display server that others wait for too.
"""

import os
import statistics
import time
from collections.abc import Callable, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def is_short() -> bool:
    """Whether only the way through is wanted, as a test does, and no figure."""
    return bool(os.environ.get("IPT_BENCH_SHORT"))


def rounds(usual: int) -> int:
    """Return how often to measure."""
    return 2 if is_short() else usual


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: Sequence[float], bare: Sequence[float]) -> float:
    """Return how much larger ours is: median by median."""
    return statistics.median(ours) / statistics.median(bare)


def at_95_of_100(taken: Sequence[float]) -> float:
    """Return what 95 of a hundred are not longer than."""
    return sorted(taken)[min(len(taken) - 1, round(len(taken) * 0.95))]


def tell(measured: dict[str, float], *details: str) -> None:
    """Print one `name value` a line; `details` only if IPT_BENCH_DETAILS asks for them."""
    for name, value in measured.items():
        print(name, f"{value:.2f}", flush=True)
    if os.environ.get("IPT_BENCH_DETAILS"):
        print(*(f"# {each}" for each in details), sep="\n", flush=True)
