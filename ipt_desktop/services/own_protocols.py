"""A therapist's own protocols and measures: copies of those there are, under keys and names of their own, to be edited."""

import json
import re
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

from ipt_desktop.domain.errors import RecordGone, Refused
from ipt_desktop.domain.text import _
from ipt_desktop.services.definitions import parse_protocol
from ipt_desktop.services.measure_definitions import parse_measure
from ipt_desktop.services.resources import Resources


def own_folder(practice: Path, kind: str = "protocols") -> Path:
    """Return the folder of a practice's own definitions of a kind; it need not exist."""
    return practice / "definitions" / kind


def copy_to_edit(resources: Resources, practice: Path, key: str) -> Path:
    """Write a copy of a protocol into the practice's own, and return its file.

    It is offered at once, beside the one it is of. Raises RecordGone where there is no such protocol, Refused where the copy
    can't be written.
    """
    protocol, source = resources.protocol(key), resources.protocol_file(key)
    if protocol is None or source is None:
        raise RecordGone(kind=_("protocol"))
    known = (each.key for each in resources.protocols)
    file = _copy(source, own_folder(practice), key, protocol.name, known, parse_protocol)
    resources.read_again()
    return file


def copy_measure(resources: Resources, practice: Path, key: str) -> Path:
    """Do for a measure what `copy_to_edit` does for a protocol."""
    measure, source = resources.measure(key), resources.measure_file(key)
    if measure is None or source is None:
        raise RecordGone(kind=_("measure"))
    known = (each.key for each in resources.measures)
    file = _copy(source, own_folder(practice, "measures"), key, measure.name, known, parse_measure)
    resources.read_again()
    return file


def _copy(source: Path, folder: Path, key: str, name: str, known: Iterable[str], parse: Callable[[str, str], object]) -> Path:
    taken = {*known, *(each.stem for each in folder.glob("*.toml"))}
    number = next(each for each in count(2) if f"{key}-{each}" not in taken)
    file = folder / f"{key}-{number}.toml"
    words = _("{name}, own copy") if number == 2 else _("{name}, own copy {number}")
    try:
        text = source.read_text("utf-8-sig")
        copied = _under(text, f"{key}-{number}", words.format(name=name, number=number - 1))
        parse(copied, file.name)
        folder.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as written:
            written.write(copied)
    except OSError as error:
        raise Refused(reason=_("The copy can’t be written: {reason}. Nothing was changed.").format(reason=error)) from error
    return file


def _under(text: str, key: str, name: str) -> str:
    """Return a definition's text under another key and name, which stand before its first table."""
    head, rest = text, ""
    if (table := re.search(r"^[ \t]*\[", text, re.MULTILINE)) is not None:
        head, rest = text[: table.start()], text[table.start() :]
    for field, said in (("key", key), ("name", name)):
        line = f"{field} = {json.dumps(said, ensure_ascii=False)}"
        head = re.sub(rf"^[ \t]*{field}[ \t]*=.*$", line.replace("\\", r"\\"), head, count=1, flags=re.MULTILINE)
    return head + rest
