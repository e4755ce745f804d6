"""The data the program comes with: forms, protocols, fonts, icons, themes and translations; and what a therapist adds.

The only reader of `resources/` outside the screens. A therapist adds a form, protocol, measure or letter by putting a TOML
file into `forms/`, `protocols/`, `measures/` or `letters/` of a folder of their own; one that can't be read is left out and
told of in `problems`.
"""

from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from ipt_desktop.domain.errors import DefinitionError
from ipt_desktop.domain.form import Form, Purpose
from ipt_desktop.domain.letter import Letter, letter_form
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.text import _
from ipt_desktop.services.definitions import parse_form, parse_protocol
from ipt_desktop.services.letter_definitions import parse_letter
from ipt_desktop.services.resources_folder import resources_folder

if TYPE_CHECKING:
    from ipt_desktop.domain.measure import Measure
    from ipt_desktop.domain.measure_change import RuleSet
    from ipt_desktop.domain.safety_plan import CrisisCountry

Named = TypeVar("Named", Form, Protocol, Letter, "Measure")


class Resources:
    """The definitions and data files at hand. Each is read when first asked for."""

    def __init__(self, own: Path | None = None) -> None:
        """`own` is the therapist's folder of added definitions; it need not exist."""
        self._folder = resources_folder()
        self._own = own
        self._files: dict[tuple[str, str], Path] = {}  # by kind and key
        self._shipped: dict[tuple[str, str], Form | Protocol | Letter | Measure] = {}  # by kind and key
        self.problems: list[DefinitionError] = []

    def path(self, *parts: str) -> Path:
        """Return the path of a shipped file or folder, such as `("fonts", "paper")`."""
        return self._folder.joinpath(*parts)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Every form, the shipped ones first; those of the letters after them."""
        return (*self._definitions("forms", parse_form), *map(letter_form, self.letters))

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """Every template of a letter by its `order`; of one order the shipped ones first."""
        return tuple(sorted(self._definitions("letters", parse_letter), key=lambda each: each.order))

    @cached_property
    def protocols(self) -> tuple[Protocol, ...]:
        """Every protocol by its `order`; of one order the shipped ones first."""

        def parse_own(text: str, file: str) -> Protocol:
            return parse_protocol(text, file, worksheets={each.key for each in self.forms_for(Purpose.WORKSHEET)})

        read = self._definitions("protocols", parse_protocol, parse_own)
        return tuple(sorted(read, key=lambda each: each.order))

    @cached_property
    def measures(self) -> "tuple[Measure, ...]":
        """Every measure by its `order`. The therapist's own may stand for a shipped one, whose text may not be shipped."""
        from ipt_desktop.services.measure_definitions import as_supplied, parse_measure

        read = self._definitions("measures", parse_measure)
        own = (as_supplied(each) if self.is_own(self._files["measures", each.key]) else each for each in read)
        return tuple(sorted(own, key=lambda each: each.order))

    def measure(self, key: str) -> "Measure | None":
        """Return the measure with this key."""
        return next((each for each in self.measures if each.key == key), None)

    def measure_name(self, key: str) -> str:
        """Return what the measure with this key is called, "" where there is none."""
        measure = self.measure(key)
        return measure.name if measure else ""

    def read_again(self) -> None:
        """Forget what was read and what was wrong with it: the files are read anew when they are next asked for."""
        for name in ("forms", "letters", "protocols", "measures", "rule_sets", "crisis_lines"):
            vars(self).pop(name, None)
        self.problems.clear()

    @cached_property
    def crisis_lines(self) -> "dict[str, CrisisCountry]":
        """The crisis lines by country."""
        from ipt_desktop.services.crisis_lines import crisis_countries

        return crisis_countries(self._folder, self._own, self.problems)

    @cached_property
    def rule_sets(self) -> "tuple[RuleSet, ...]":
        """The rule sets by which numbers are said, the usual one first."""
        from ipt_desktop.services.rule_sets import rule_sets_at_hand

        return rule_sets_at_hand(self._folder, self._own, self.problems)

    def rule_set(self, key: str) -> "RuleSet":
        """Return the rule set with this key; the usual one where there is none."""
        return next((each for each in self.rule_sets if each.key == key), self.rule_sets[0])

    def form_for(self, purpose: Purpose) -> Form:
        """Return the form of the lowest `order` with this purpose, the shipped one first; one is shipped for each."""
        return min((each for each in self.forms if each.purpose == purpose), key=lambda each: each.order)

    def record_form(self, area: str) -> Form:
        """Return the form that the record of a problem area takes: the area's own, else the one for any area."""
        own = [each for each in self.forms_for(Purpose.AREA_RECORD) if each.for_area == area]
        return min(own, key=lambda each: each.order) if own else self.form_for(Purpose.AREA_RECORD)

    def forms_for(self, purpose: Purpose) -> tuple[Form, ...]:
        """Return every form with this purpose, those of the program first."""
        return tuple(each for each in self.forms if each.purpose == purpose)

    def protocol(self, key: str) -> Protocol | None:
        """Return the protocol with this key."""
        return next((each for each in self.protocols if each.key == key), None)

    def protocol_file(self, key: str) -> Path | None:
        """Return the file the protocol with this key was read from."""
        return self._files.get(("protocols", key)) if self.protocol(key) else None

    def is_own(self, file: Path) -> bool:
        """Whether a file is the therapist's own."""
        return self._own is not None and self._own in file.parents

    @property
    def replacing_protocols(self) -> frozenset[str]:
        """The keys of the therapist's own protocols that stand for one that came with the program."""
        shipped = {key for kind, key in self._shipped if kind == "protocols"}
        return frozenset(each.key for each in self.protocols if each.key in shipped and self._is_own_protocol(each.key))

    def _is_own_protocol(self, key: str) -> bool:
        file = self.protocol_file(key)
        return file is not None and self.is_own(file)

    def measure_file(self, key: str) -> Path | None:
        """Return the file the measure with this key was read from."""
        return self._files.get(("measures", key)) if self.measure(key) else None

    @property
    def replacing_measures(self) -> frozenset[str]:
        """The keys of the therapist's own measures that stand for one that came with the program."""
        own = {each.key for each in self.measures if (file := self.measure_file(each.key)) is not None and self.is_own(file)}
        return frozenset(key for key in own if ("measures", key) in self._shipped)

    def shipped_protocol(self, key: str) -> Protocol | None:
        """Return the protocol with this key that came with the program, also where one of the therapist's own replaces it."""
        shipped = self._shipped.get(("protocols", key)) if self.protocols else None
        return shipped if isinstance(shipped, Protocol) else None

    def _definitions(
        self, kind: str, parse: Callable[[str, str], Named], parse_own: Callable[[str, str], Named] | None = None
    ) -> tuple[Named, ...]:
        """Read the shipped ones, then the therapist's own, which may stand for them; what can't be read is a problem.

        The therapist's own are read by `parse_own` where they are asked for more than the shipped ones, which tests check.
        """
        found: dict[str, Named] = {}
        for file in sorted(self.path(kind).glob("*.toml")):
            shipped = cast("Named", _read_shipped(parse, file.read_text("utf-8"), file.name))
            found[shipped.key], self._files[kind, shipped.key] = shipped, file
            self._shipped[kind, shipped.key] = shipped
        own: dict[str, Path] = {}
        for file in sorted((self._own / kind).glob("*.toml")) if self._own else []:
            added = self._read_own(file, parse_own or parse)
            if added is None:
                continue
            if added.key in own:
                reason = _("“{key}” is the key of {file}, too").format(key=added.key, file=own[added.key].name)
                self._tell(file, "key", reason)
            elif not _may_replace(found.get(added.key), added):
                reason = _("a form of this key came with the program; one that replaces it keeps its purpose")
                self._tell(file, "purpose", reason)
            else:
                found[added.key] = added
                own[added.key] = self._files[kind, added.key] = file
        return tuple(found.values())

    def _read_own(self, file: Path, parse: Callable[[str, str], Named]) -> Named | None:
        """Read a file of the therapist's, also one that an editor begins with a byte order mark; None where it is a problem."""
        try:
            return parse(file.read_text("utf-8-sig"), str(file))
        except DefinitionError as problem:
            self.problems.append(problem)
        except UnicodeDecodeError as error:
            self._tell(
                file,
                "UTF-8",
                _("this is not plain text in UTF-8: save the file as UTF-8 in your editor"),
                line=error.object[: error.start].count(b"\n") + 1,
            )
        except OSError as error:
            self._tell(file, "", str(error))
        return None

    def _tell(self, file: Path, field: str, reason: str, *, line: int = 1) -> None:
        self.problems.append(DefinitionError(file=str(file), line=line, field=field, reason=reason))


@cache
def _read_shipped(parse: Callable[[str, str], object], text: str, file: str) -> object:
    """Return what a shipped file says: it is the same for each practice that is opened, one after another."""
    return parse(text, file)


def _may_replace(known: "Form | Protocol | Letter | Measure | None", added: "Form | Protocol | Letter | Measure") -> bool:
    """Tell whether an added definition may stand for one that came with the program: there is always a form for a purpose."""
    return not (isinstance(known, Form) and isinstance(added, Form)) or known.purpose == added.purpose
