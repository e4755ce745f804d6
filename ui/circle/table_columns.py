"""The columns of the table of people: what each tells of someone, what is edited in it, and how it is put in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ipt_desktop.domain.closeness import RingWords, number_of, ring_of
from ipt_desktop.domain.standing import Standing, died_text, relation_text
from ipt_desktop.domain.support_words import KINDS, kind_word, level_of, level_word
from ipt_desktop.domain.text import _, marked

PERSON, NOW, WANTED, SINCE, SECTOR, RELATION, GROUP, CONFIDANT = range(8)
SUPPORT = CONFIDANT + 1
"""The first of the columns of support received, a column a kind."""
KEYS = ("person", "now", "wanted", "since", "sector", "relation", "group", "confidant", *(f"support_{kind}" for kind in KINDS))
"""What the columns are called where the choice of them is kept."""
COUNT = len(KEYS)
USUAL = ("now", "wanted", "since", "sector")
"""Those shown beside the name until others are chosen; the last two where there is room for them."""
WIDTHS = (120, 62, 62, 118, 84, 104, 58, 76, *(94 for _kind in KINDS))
"""Widths at 100 % text; the first is the least, since the names take what is left."""
NUMBERED_WIDTH = 84
NOT_ASKED = -1

_HEADS = (marked("Person"), marked("Now"), marked("Wanted"), "", marked("Sector"))
_MORE_HEADS = (marked("Relation"), marked("Group"), marked("Confidant"))


@dataclass(slots=True)
class TableWords:
    """The words in which the people of one circle are told.

    `since` is the head of what changed, "" while nothing is compared; `waiting` is told of who has no place, `sectors` are
    names by id, `beside` is by person id what the circle shows beside someone.
    """

    rings: RingWords = field(default_factory=RingWords)
    since: str = ""
    waiting: str = ""
    sectors: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)


def head(column: int, told: TableWords) -> str:
    """Return what stands above a column."""
    if column == SINCE:
        return told.since
    if column >= SUPPORT:
        word = kind_word(KINDS[column - SUPPORT])
        return word[:1].upper() + word[1:]
    return _((_HEADS + _MORE_HEADS)[column])


def spoken_head(column: int, told: TableWords) -> str:
    """Return what a column is called where it stands alone, in a menu or for a screen reader."""
    if column == SINCE:
        return told.since or _("What changed")
    if column >= SUPPORT:
        return _("Support received: {kind}").format(kind=kind_word(KINDS[column - SUPPORT]))
    return _("Closeness wanted") if column == WANTED else _("A group") if column == GROUP else head(column, told)


def text(standing: Standing, column: int, told: TableWords) -> str:
    """Return what a column tells of someone, "" where there is nothing to tell."""
    person, now = standing.person, standing.now
    if column >= SUPPORT:
        level = level_of(now.received, KINDS[column - SUPPORT]) if now else None
        return "" if level is None else level_word(level)
    told_by: dict[int, Callable[[], str]] = {
        PERSON: lambda: standing.name,
        NOW: lambda: told.rings.shown(standing.felt) if now else told.waiting,
        WANTED: lambda: told.rings.shown(standing.wanted),
        SINCE: lambda: standing.change(told.rings) if told.since else "",
        SECTOR: lambda: told.sectors.get(person.sector_id or "", ""),
        RELATION: lambda: relation_text(person),
        GROUP: lambda: _("yes") if person.is_group else "",
        CONFIDANT: lambda: _("yes") if now and now.is_confidant else "",
    }
    return told_by[column]()


def spoken(standing: Standing, column: int, told: TableWords) -> str:
    """Return a cell for who hears it: the head and what is told, which is never nothing."""
    said = text(standing, column, told)
    if not said and column == WANTED and standing.person.has_died:
        said = died_text(standing.person)
    elif not said and (column == WANTED or column >= SUPPORT):
        said = level_word(None)
    elif not said:
        said = _("no") if column in (GROUP, CONFIDANT) else _("none")
    return _("{head}: {value}").format(head=spoken_head(column, told), value=said)


def edited(standing: Standing, column: int, told: TableWords) -> object:
    """Return what is edited in a cell: a name, a ring, a sector's id, the relation in words, yes or no, a level.

    A ring is its number, `NOT_ASKED` for none; while numbers are shown it is the text that is typed.
    """
    person, now = standing.person, standing.now
    if column in (NOW, WANTED):
        felt = standing.felt if column == NOW else standing.wanted
        if told.rings.is_numbered:
            return "" if felt is None else number_of(felt) or told.rings.of(felt)
        return NOT_ASKED if felt is None else int(ring_of(felt))
    if column == PERSON:
        return person.name
    if column == GROUP:
        return person.is_group
    if column == CONFIDANT:
        return bool(now and now.is_confidant)
    if column == SECTOR:
        return person.sector_id
    if column >= SUPPORT:
        return level_of(now.received, KINDS[column - SUPPORT]) if now else None
    return text(standing, column, told)


def can_edit(standing: Standing, column: int) -> bool:
    """Whether a cell can be edited: what changed cannot, nor what belongs to a sitting of who has no place in it.

    Nobody wishes someone closer who has died.
    """
    if column == WANTED and standing.person.has_died:
        return False
    of_sitting = column in (WANTED, CONFIDANT) or column >= SUPPORT
    return column != SINCE and (standing.now is not None or not of_sitting)


def in_order(people: Sequence[Standing], column: int, told: TableWords, *, is_reversed: bool = False) -> list[Standing]:
    """Return people by what a column tells of them: nearest, most and A first; who has nothing there comes last either way.

    Those who are alike stay in the order they come in.
    """

    def key(standing: Standing) -> tuple[float, str]:
        return _rank(standing, column), text(standing, column, told).casefold() if column not in (NOW, WANTED) else ""

    has = [each for each in people if _has(each, column, told)]
    lacks = [each for each in people if not _has(each, column, told)]
    return sorted(has, key=key, reverse=is_reversed) + lacks


def _has(standing: Standing, column: int, told: TableWords) -> bool:
    return bool(text(standing, column, told)) and (column != NOW or standing.now is not None)


def _rank(standing: Standing, column: int) -> float:
    """Return the place a cell takes among others; those of the same place are put in order by their words."""
    if column in (NOW, WANTED):
        felt = standing.felt if column == NOW else standing.wanted
        return 0.0 if felt is None else 1.0 if felt < 0 else -felt
    if column == SINCE and standing.felt is not None and standing.felt_before is not None:
        return float(ring_of(standing.felt) - ring_of(standing.felt_before))
    if column == SINCE:
        return 4.0
    if column >= SUPPORT and standing.now is not None:
        return -float(level_of(standing.now.received, KINDS[column - SUPPORT]) or 0)
    return 0.0
