"""What a person is to the client, and the token shape that says so (never colour alone)."""

from dataclasses import dataclass

from ipt_desktop.domain.text import _, marked


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation: its key, its word, and the shape family it is drawn with (`[shape.*]` of the tokens)."""

    key: str
    word: str
    shape: str


RELATIONS: tuple[Relation, ...] = (
    Relation("partner", marked("partner"), "partner"),
    Relation("husband", marked("husband"), "partner"),
    Relation("wife", marked("wife"), "partner"),
    Relation("ex_partner", marked("ex-partner"), "partner"),
    Relation("co_parent", marked("co-parent"), "partner"),
    Relation("mother", marked("mother"), "family"),
    Relation("father", marked("father"), "family"),
    Relation("daughter", marked("daughter"), "family"),
    Relation("son", marked("son"), "family"),
    Relation("sister", marked("sister"), "family"),
    Relation("brother", marked("brother"), "family"),
    Relation("grandparent", marked("grandparent"), "family"),
    Relation("grandchild", marked("grandchild"), "family"),
    Relation("aunt", marked("aunt"), "family"),
    Relation("uncle", marked("uncle"), "family"),
    Relation("cousin", marked("cousin"), "family"),
    Relation("step_parent", marked("step-parent"), "family"),
    Relation("mother_in_law", marked("mother-in-law"), "family"),
    Relation("father_in_law", marked("father-in-law"), "family"),
    Relation("in_law", marked("in-law"), "family"),
    Relation("lost_pregnancy", marked("lost pregnancy"), "family"),
    Relation("family", marked("family"), "family"),
    Relation("friend", marked("friend"), "friend"),
    Relation("colleague", marked("colleague"), "work"),
    Relation("manager", marked("manager"), "work"),
    Relation("work", marked("work"), "work"),
    Relation("neighbour", marked("neighbour"), "community"),
    Relation("faith", marked("faith"), "community"),
    Relation("club", marked("club"), "community"),
    Relation("online", marked("online"), "community"),
    Relation("community", marked("community"), "community"),
    Relation("doctor", marked("doctor"), "professional"),
    Relation("therapist", marked("therapist"), "professional"),
    Relation("teacher", marked("teacher"), "professional"),
    Relation("professional", marked("professional"), "professional"),
    Relation("pet", marked("pet"), "other"),
    Relation("other", marked("other"), "other"),
)

SHAPES: tuple[str, ...] = ("partner", "family", "friend", "work", "community", "professional", "other")

_BY_KEY = {relation.key: relation for relation in RELATIONS}


def relation(key: str) -> Relation:
    """Return the relation with this key; an unknown key reads as *other*."""
    return _BY_KEY.get(key, _BY_KEY["other"])


# What else people call them. The words typed stay under the name; only the shape is found through these.
_ALSO: tuple[tuple[str, str], ...] = (
    (marked("spouse"), "partner"),
    (marked("boyfriend"), "partner"),
    (marked("girlfriend"), "partner"),
    (marked("ex-husband"), "ex_partner"),
    (marked("ex-wife"), "ex_partner"),
    (marked("grandmother"), "grandparent"),
    (marked("grandfather"), "grandparent"),
    (marked("stepmother"), "step_parent"),
    (marked("stepfather"), "step_parent"),
    (marked("sister-in-law"), "in_law"),
    (marked("brother-in-law"), "in_law"),
    (marked("boss"), "manager"),
    (marked("GP"), "doctor"),
    (marked("psychiatrist"), "doctor"),
    (marked("church"), "faith"),
    (marked("choir"), "club"),
    (marked("group"), "community"),
)

_ALSO_NAMES = frozenset({"faith"})


def relation_named(words: str) -> Relation | None:
    """Return the relation whose word was typed ("mother"), in the language in use, or None."""
    wanted = words.strip().casefold()
    return next((each for each in RELATIONS if _(each.word).casefold() == wanted), None)


def relation_like(words: str) -> Relation:
    """Return the relation that typed words mean ("GP" is a doctor), in the language in use; *other* where none is known."""
    wanted = words.strip().casefold()
    also = next((key for word, key in _ALSO if _(word).casefold() == wanted), "other")
    return relation_named(words) or relation(also)


def relation_words() -> list[str]:
    """Return every word that names a relation, in the language in use."""
    return [_(each.word) for each in RELATIONS] + [_(word) for word, _key in _ALSO]


def is_relation_word(words: str) -> bool:
    """Whether typed words name a relation, in the language in use."""
    wanted = words.strip().casefold()
    return any(each.casefold() == wanted for each in relation_words())


def tells_relation(name: str) -> bool:
    """Whether someone's name by itself tells what they are ("mother"); words that people are christened with tell nothing."""
    return is_relation_word(name) and relation_like(name).key not in _ALSO_NAMES
