"""Reads the crisis lines that came with the program, and those the therapist put in their place."""

from pathlib import Path

from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.safety_plan import CrisisCountry, CrisisLines
from ipt_desktop.domain.text import _
from ipt_desktop.services.definition_source import parse_as

FILE = "crisis-lines.toml"


def parse_crisis_lines(text: str, file: str) -> CrisisLines:
    """Read a file of crisis lines. Raises `DefinitionError`, which names file, line and field."""
    read, source = parse_as(CrisisLines, text, file)
    keys = [each.key for each in read.countries]
    for number, country in enumerate(read.countries):
        if len(country.key) != 2 or not country.key.isalpha() or not country.key.islower():
            source.refuse(("countries", number, "key"), _("a country is two small letters (ISO 3166): us, gb"))
        if country.key in keys[:number]:
            source.refuse(("countries", number, "key"), _("“{key}” is used twice").format(key=country.key))
        if not country.name.strip():
            source.refuse(("countries", number, "name"), _("a country needs a name"))
        for place, line in enumerate(country.lines):
            if not (line.words.strip() and line.number.strip()):
                source.refuse(("countries", number, "lines", place), _("a line needs words and a number"))
    return read


def crisis_countries(folder: Path, own: Path | None, problems: list[DefinitionError]) -> dict[str, CrisisCountry]:
    """Return the countries by key; the therapist's own stand for those shipped. What can't be read goes to `problems`."""
    found = {each.key: each for each in parse_crisis_lines((folder / FILE).read_text("utf-8"), FILE).countries}
    file = own / FILE if own is not None else None
    if file is None or not file.is_file():
        return found
    try:
        added = parse_crisis_lines(file.read_text("utf-8"), str(file))
    except DefinitionError as problem:
        problems.append(problem)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(DefinitionError(file=str(file), line=1, field="", reason=str(error)))
    else:
        found |= {each.key: each for each in added.countries}
    return found
