"""What was typed to take someone on: a name and what they are to the client, or a relation's word alone."""

import re
from dataclasses import dataclass

from ipt_desktop.domain.relation import is_relation_word, relation_like, relation_named, tells_relation

_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<words>[^()]+)\)")
_DASH = re.compile(r"(?P<name>.+?)\s+[-\u2013\u2014]\s+(?P<words>.+)")


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """Someone as they were typed: `relation` is a key, `relation_words` the words under the name where no word says it."""

    name: str
    relation: str
    relation_words: str


def typed_person(text: str) -> TypedPerson:
    """Return whom "Ingrid, mother", "Ingrid (mother)", "Ingrid - mother" or "mother" means; the name is "" for nobody.

    After a comma anything may stand; in brackets or after a dash only a word that names a relation, since "Anna (the tall
    one)" and "Karl - Heinz" are names.
    """
    text = " ".join(text.split()).rstrip(", ")
    name, comma, words = (part.strip() for part in text.partition(","))
    if not comma:
        found = _BRACKETS.fullmatch(text) or _DASH.fullmatch(text)
        if found is not None and is_relation_word(found["words"]):
            name, words = found["name"].strip(), found["words"].strip()
        elif tells_relation(text):
            name, words = _capital(text), text
    relation, own_words = typed_relation(words)
    return TypedPerson(name, relation, own_words)


def typed_relation(words: str) -> tuple[str, str]:
    """Return (key, own words) of a relation that was typed: own words where they are not just the relation's own word."""
    words = " ".join(words.split())
    return relation_like(words).key, "" if relation_named(words) else words


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
