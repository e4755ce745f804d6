"""Reads the rule sets that came with the program, and those the therapist added or put in their place."""

from pathlib import Path

from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.measure_change import RuleSet, RuleSets
from ipt_desktop.domain.text import _
from ipt_desktop.services.definition_source import check_keys, check_words, parse_as
from ipt_desktop.services.toml_lines import Place

FILE = "rule-sets.toml"


def parse_rule_sets(text: str, file: str) -> tuple[RuleSet, ...]:
    """Read a file of rule sets. Raises `DefinitionError`, which names file, line and field."""
    read, source = parse_as(RuleSets, text, file)
    check_words(read, (), source)
    check_keys(("rule_sets",), [each.key for each in read.rule_sets], source)
    for number, rule_set in enumerate(read.rule_sets):
        here: Place = ("rule_sets", number, "scales")
        if not rule_set.scales:
            source.refuse(here, _("a rule set needs at least one scale"))
        for at, scale in enumerate(rule_set.scales):
            if scale.measure in [each.measure for each in rule_set.scales[:at]]:
                source.refuse((*here, at, "measure"), _("“{key}” is used twice").format(key=scale.measure))
            if scale.change <= 0:
                source.refuse((*here, at, "change"), _("a change is a number above 0, up or down alike"))
    return read.rule_sets


def rule_sets_at_hand(folder: Path, own: Path | None, problems: list[DefinitionError]) -> tuple[RuleSet, ...]:
    """Return the rule sets, those shipped first; the therapist's may stand for them. What can't be read goes to `problems`."""
    found = {each.key: each for each in parse_rule_sets((folder / FILE).read_text("utf-8"), FILE)}
    file = own / FILE if own is not None else None
    if file is None or not file.is_file():
        return tuple(found.values())
    try:
        added = parse_rule_sets(file.read_text("utf-8-sig"), str(file))
    except DefinitionError as problem:
        problems.append(problem)
    except (OSError, UnicodeDecodeError) as error:
        problems.append(DefinitionError(file=str(file), line=1, field="", reason=str(error)))
    else:
        found |= {each.key: each for each in added}
    return tuple(found.values())
