"""`measure.score_10000_s`: the seconds in which ten thousand answered PHQ-9 are scored: bands, cut-offs, rules, flags."""

import random
import statistics
from functools import partial

from benchmarks.measuring import rounds, seconds, tell
from ipt_desktop.domain.measure import Measure
from ipt_desktop.domain.measure_scoring import score
from ipt_desktop.services.resources import Resources

COUNT = 10_000


def measure() -> dict[str, float]:
    """Return the seconds by their name."""
    phq_9 = Resources().measure("phq-9")
    assert phq_9 is not None
    dice = random.Random(7)  # noqa: S311 - answers, not secrets
    answered = [[dice.randrange(4) for _ in phq_9.items] for _ in range(COUNT)]
    taken = [seconds(partial(score_all, phq_9, answered)) for _ in range(rounds(5))]
    return {"measure.score_10000_s": statistics.median(taken)}


def score_all(measure: Measure, answered: list[list[int]]) -> None:
    for answers in answered:
        score(measure, answers)


if __name__ == "__main__":
    tell(measure())
