"""A fault of the program, told without a word of what it was working on: what kind, and where in the source."""

from pathlib import Path


def fault_in_words(error: BaseException) -> str:
    """Return an error's kind and its place, such as "KeyError in page.py:120": enough for a report, and never clinical.

    An error's own message may hold values, so it is left out.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    name = type(error).__name__
    return f"{name} in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else name
