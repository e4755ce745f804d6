"""Plain facts of a circle, said in words: who is in which ring, who is confided in, who came and went, who supports.

Only what a pencil could count on the drawn circle: nobody's moves are added up, and nothing is made a score. Groups are
counted apart. Who has died keeps their ring, and is no confidant or supporter of now.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ipt_desktop.domain.closeness import Ring, RingWords, ring_of
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.support_words import KINDS, kind_word, level_of
from ipt_desktop.domain.text import _, ngettext


@dataclass(frozen=True, slots=True)
class Fact:
    """One plain fact: what it is about, and what is so."""

    what: str
    words: str

    @property
    def line(self) -> str:
        """The fact on one line."""
        return _("{what}: {words}").format(what=self.what, words=self.words)


def facts_text(facts: Sequence[Fact]) -> str:
    """Return the facts as plain lines, to put in a note."""
    return "\n".join(each.line for each in facts)


def circle_facts(standings: Sequence[Standing], words: RingWords, since: str = "") -> list[Fact]:
    """Return the facts of the circle shown; with `since`, the sitting compared with in words, who came and went too.

    A ring nobody stands in is left out; so is support where nobody was asked about it.
    """
    here = [each for each in standings if each.now]
    if not here and not standings:
        return []
    facts = list(_rings(here, words))
    facts.append(Fact(_("Confidants"), _named([each for each in _living(here) if each.now and each.now.is_confidant])))
    if since:
        gained = [each for each in here if not each.before]
        lost = [each for each in standings if each.before and not each.now]
        facts.append(Fact(_("New since {when}").format(when=since), _named(gained)))
        facts.append(Fact(_("No longer there since {when}").format(when=since), _named(lost)))
    facts += _supporters(_living(here))
    return facts


def _living(standings: Sequence[Standing]) -> list[Standing]:
    return [each for each in standings if not each.person.has_died]


def _rings(here: Sequence[Standing], words: RingWords) -> list[Fact]:
    facts = []
    for ring in (Ring.INNER, Ring.MIDDLE, Ring.OUTER, Ring.OUTSIDE):
        there = [each for each in here if each.now and ring_of(each.now.felt) is ring]
        if there:
            word = words.word(ring)
            facts.append(Fact(word[:1].upper() + word[1:], _counted(there)))
    return facts


def _counted(there: Sequence[Standing]) -> str:
    """Return "3 people, of whom 1 has died, and 1 group"."""
    people = [each for each in there if not each.person.is_group]
    groups, died = len(there) - len(people), sum(each.person.has_died for each in people)
    said = ngettext("{count} person", "{count} people", len(people)).format(count=len(people))
    if died:
        dead = ngettext("of whom {count} has died", "of whom {count} have died", died).format(count=died)
        said = _("{people}, {died}").format(people=said, died=dead)
    grouped = ngettext("{count} group", "{count} groups", groups).format(count=groups)
    if not groups:
        return said
    return _("{people} and {groups}").format(people=said, groups=grouped) if people else grouped


def _named(standings: Sequence[Standing]) -> str:
    """Return "Elin, Noor (2)", or "none"."""
    if not standings:
        return _("none")
    return _("{names} ({count})").format(count=len(standings), names=", ".join(each.name for each in standings))


def _supporters(living: Sequence[Standing]) -> list[Fact]:
    """Return who gives each kind of support, a little or more, of those who were asked about."""
    facts = []
    for kind in KINDS:
        levels = [(each, level_of(each.now.received, kind)) for each in living if each.now]
        if any(level is not None for _each, level in levels):
            what = _("Support, {kind}").format(kind=kind_word(kind))
            facts.append(Fact(what, _named([each for each, level in levels if level])))
    return facts
