"""What was asked about risk as a page says it: what was found, what the therapist did, who was told. Never "no risk"."""

from collections.abc import Iterator

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.rich_text import Block, RichText, Run
from ipt_desktop.domain.risk import ASKED_WORDS, KIND_WORDS, Found, means_words
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry
from ipt_desktop.domain.text import _


def risk_prose(entry: RiskEntry, before: Found | None) -> RichText:
    """Return "Suicide. **Asked: unchanged** (passive ideation, 16 April 2026). …", then what was done and who was told.

    `before` is what had been found until then, which *unchanged* stands for.
    """
    kind = Run(_("{kind}. ").format(kind=_(KIND_WORDS[entry.kind])))
    asked = Run(_(ASKED_WORDS[entry.asked]), bold=True)
    found = " ".join(found_words(entry))
    first = Block((kind, asked, Run(f"{_unchanged(entry, before)}. {found}".rstrip())))
    done = " ".join(done_words(entry))
    return (first, *((Block((Run(done),)),) if done else ()))


def _unchanged(entry: RiskEntry, before: Found | None) -> str:
    if entry.asked is not RiskAsked.UNCHANGED or before is None:
        return ""
    return _(" ({found}, {day})").format(found=before.told, day=long_date(before.on))


def found_words(entry: RiskEntry) -> Iterator[str]:
    """Yield what was found in sentences, the means and by whom they are restricted last."""
    told = (entry.words, entry.ideation, entry.plan, entry.intent, entry.protective)
    yield from (ended(each) for each in told if each.strip())
    if means := means_words(entry):
        yield ended(means[:1].upper() + means[1:])


def done_words(entry: RiskEntry) -> Iterator[str]:
    """Yield what the therapist did, and whom they told and when."""
    if entry.action.strip():
        yield _("Action taken by me: {action}").format(action=ended(entry.action))
    if entry.told.strip():
        day = f", {long_date(entry.told_on)}" if entry.told_on else ""
        yield _("Told: {told}").format(told=ended(entry.told.strip().rstrip(".") + day))


def ended(words: str) -> str:
    """Return words as a sentence with its full stop."""
    told = words.strip()
    return told if told.endswith((".", "!", "?", "…")) else f"{told}."
