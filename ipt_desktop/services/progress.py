"""How a long piece of work tells how far it is, and hears that it is to stop."""

from typing import Protocol


class Progress(Protocol):
    """Hears of progress. A window and the command line each have their own."""

    def __call__(self, share: float) -> None:
        """Hear the share done, 0 to 1, several times a second. Raise Cancelled to stop the work, which then leaves nothing."""


def silent(share: float) -> None:
    """Hear of progress, and let it be."""


def part_of(progress: Progress, begin: float, end: float) -> Progress:
    """Return the progress of one part of a work, which goes from `begin` to `end` of the whole."""

    def tell(share: float) -> None:
        progress(begin + (end - begin) * share)

    return tell
