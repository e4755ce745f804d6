"""What holds for a tie before it is kept: it joins two who are there, once for each kind, and ends after it began."""

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Person, Tie
from ipt_desktop.domain.text import _
from ipt_desktop.domain.tie_words import KIND_WORDS, same_ends
from ipt_desktop.services.practice import found
from ipt_desktop.storage.store import Reading


def checked(reading: Reading, tie: Tie) -> Tie:
    """Return the tie where it may be kept.

    Raises Refused for a tie to oneself, for a second present one of the same kind between the same two, for one that ends
    before it began or whose strength is none; RecordGone where one of the two is no more.
    """
    if tie.from_person_id == tie.to_person_id:
        raise Refused(reason=_("A tie joins two people."))
    ends = [found(reading, Person, each) for each in (tie.from_person_id, tie.to_person_id) if each is not None]
    if any(each.client_id != tie.client_id for each in ends):
        raise Refused(reason=_("A tie joins people of one client’s life."))
    if tie.strength not in (1, 2, 3):
        raise Refused(reason=_("The strength of a tie is weak, medium or strong."))
    if tie.until is not None and tie.until < tie.since:
        raise Refused(reason=_("A tie can’t end before it began."))
    if tie.until is None and _is_there(reading, tie):
        reason = _("{names} are joined by such a tie already: {kind}. Choose another kind, or end the other one first.")
        names = _("{first} and {second}").format(first=ends[0].name, second=ends[1].name if len(ends) > 1 else _("the client"))
        raise Refused(reason=reason.format(names=names, kind=_(KIND_WORDS[tie.kind])))
    return tie


def _is_there(reading: Reading, tie: Tie) -> bool:
    """Whether another present tie of this kind joins the same two."""
    known = reading.all(Tie, client_id=tie.client_id, kind=tie.kind)
    return any(each.id != tie.id and each.until is None and same_ends(each, tie) for each in known)
