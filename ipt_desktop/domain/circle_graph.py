"""A circle as a network in GraphML: the client and the people as nodes, the ties as edges."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from ipt_desktop.domain.circle_naming import Cast
from ipt_desktop.domain.closeness import RingWords
from ipt_desktop.domain.markup import escaped
from ipt_desktop.domain.records import Tie
from ipt_desktop.domain.standing import Standing

Value = str | float | bool | int | None
CLIENT = "client"

_KINDS = ("emotional", "practical", "informational", "companionship")
_NODE: tuple[tuple[str, str], ...] = (
    ("label", "string"),
    ("relation", "string"),
    ("is_client", "boolean"),
    ("is_group", "boolean"),
    ("is_in_focus", "boolean"),
    ("has_died", "boolean"),
    ("ring", "string"),
    ("closeness", "double"),
    ("ring_before", "string"),
    ("closeness_before", "double"),
    ("ring_wanted", "string"),
    ("closeness_wanted", "double"),
    ("is_confidant", "boolean"),
    ("conflict", "int"),
    ("support_given", "int"),
    *((f"support_received_{kind}", "int") for kind in _KINDS),
    *((f"support_wished_{kind}", "int") for kind in _KINDS),
    ("contact", "string"),
)
_EDGE: tuple[tuple[str, str], ...] = (("kind", "string"), ("strength", "int"), ("since", "string"), ("until", "string"))


def as_graphml(
    standings: Sequence[Standing], ties: Sequence[Tie], cast: Cast, client: str, words: RingWords, on: date
) -> bytes:
    """Return the network as GraphML (http://graphml.graphdrawing.org) with the ties that held on a day.

    Nodes are numbered, since a record's id would lead back to the practice. What was not asked has no value; *outside* has a
    ring and no closeness.
    """
    nodes = {each.person.id: f"p{number}" for number, each in enumerate(standings, 1)}
    held = [tie for tie in ties_on(ties, on) if _between(tie, nodes)]
    return "\n".join(_lines(standings, held, nodes, cast, client, words)).encode()


def ties_on(ties: Sequence[Tie], on: date) -> list[Tie]:
    """Return the ties that held on a day."""
    return [tie for tie in ties if tie.since <= on and (tie.until is None or tie.until > on)]


def _between(tie: Tie, people: Collection[str]) -> bool:
    return tie.from_person_id in people and (tie.to_person_id is None or tie.to_person_id in people)


def _lines(
    standings: Sequence[Standing], ties: Sequence[Tie], nodes: Mapping[str, str], cast: Cast, client: str, words: RingWords
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for what, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys:
            yield f'<key id="{what}_{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph id="circle" edgedefault="undirected">'
    yield f'<node id="{CLIENT}">{_data("node", {"label": client, "is_client": True})}</node>'
    for each in standings:
        yield f'<node id="{nodes[each.person.id]}">{_data("node", _person(each, cast, words))}</node>'
    for number, tie in enumerate(ties, 1):
        ends = f'source="{nodes[tie.from_person_id]}" target="{nodes.get(tie.to_person_id or "", CLIENT)}"'
        yield f'<edge id="t{number}" {ends}>{_data("edge", _tie(tie))}</edge>'
    yield "</graph>"
    yield "</graphml>\n"


def _person(each: Standing, cast: Cast, words: RingWords) -> dict[str, Value]:
    person, now = each.person, each.now
    return {
        "label": cast.names[person.id],
        "relation": cast.relations[person.id],
        "is_client": False,
        "is_group": person.is_group,
        "is_in_focus": person.is_in_focus,
        "has_died": person.has_died,
        "ring": words.of(each.felt),
        "closeness": _closeness(each.felt),
        "ring_before": words.of(each.felt_before),
        "closeness_before": _closeness(each.felt_before),
        "ring_wanted": words.of(each.wanted),
        "closeness_wanted": _closeness(each.wanted),
        "is_confidant": now is not None and now.is_confidant,
        "conflict": now.conflict if now else None,
        "support_given": now.given if now else None,
        "contact": now.contact.value if now and now.contact else "",
        **{f"support_received_{kind}": getattr(now.received, kind) if now else None for kind in _KINDS},
        **{f"support_wished_{kind}": getattr(now.wished, kind) if now else None for kind in _KINDS},
    }


def _tie(tie: Tie) -> dict[str, Value]:
    until = tie.until.isoformat() if tie.until else ""
    return {"kind": tie.kind.value, "strength": tie.strength, "since": tie.since.isoformat(), "until": until}


def _closeness(felt: float | None) -> float | None:
    return None if felt is None or felt < 0 else round(min(felt, 1.0), 4)


def _data(what: str, values: Mapping[str, Value]) -> str:
    known = {name: value for name, value in values.items() if value is not None and value != ""}
    return "".join(f'<data key="{what}_{name}">{_said(value)}</data>' for name, value in known.items())


def _said(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else escaped(str(value))
