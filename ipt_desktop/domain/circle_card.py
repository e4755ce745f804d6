"""A person of the circle told on a small card: what their token shows, in words, also where no label has room."""

from ipt_desktop.domain.circle_picture import CircleView
from ipt_desktop.domain.standing import Standing, died_text, relation_text, wish_words
from ipt_desktop.domain.text import _


def card_lines(standing: Standing, view: CircleView) -> list[str]:
    """Return what is told of someone under their name: relation, ring, closeness wanted, change, marks; a line each.

    What `view` does not show is not told: the client's own view has no change, and nothing of conflict.
    """
    person, words = standing.person, view.words
    relation = ", ".join(each for each in (relation_text(person), died_text(person)) if each)
    lines = [relation] if view.is_relation_shown or person.has_died else []
    lines.append(words.shown(standing.felt) if standing.now else _("waiting for a place"))
    if standing.wanted is not None:
        wish = wish_words(standing)
        lines.append(_("{wish}: {ring}").format(wish=wish[:1].upper() + wish[1:], ring=words.shown(standing.wanted)))
    change = standing.change(words) if view.before_label and standing.now else ""
    if change:
        lines.append(_("Since {when}: {change}").format(when=view.before_label, change=change))
    marks = [_("focus of the work")] if person.is_in_focus else []
    marks += [_("a group")] if person.is_group else []
    marks += view.marked_words(standing)
    if marks:
        said = "; ".join(marks)
        lines.append(said[:1].upper() + said[1:])
    return lines
