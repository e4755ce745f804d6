"""What the keys of a course are called: by its protocol, and by those it had before for what the present one does not know."""

from dataclasses import dataclass

from ipt_desktop.domain.protocol import Area, Phase, Protocol, Stage, Strategy, Task, task_id
from ipt_desktop.domain.text import _


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a course. `earlier` are the protocols it was changed from, the latest first.

    What no protocol knows, as a file of an own one may have lost it, is read out of its key.
    """

    present: Protocol
    earlier: tuple[Protocol, ...] = ()

    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """Every protocol of the course, the present one first."""
        return (self.present, *self.earlier)

    def known_phase(self, key: str) -> Phase | None:
        """Return the phase with this key as the latest protocol that has it defines it."""
        return next((phase for each in self.protocols if (phase := each.phase(key))), None)

    def known_area(self, key: str) -> Area | None:
        """Return the problem area with this key as the latest protocol that has it defines it."""
        return next((area for each in self.protocols if (area := each.area(key))), None)

    def known_task(self, key: str) -> Task | None:
        """Return the task with this id (`phase_key.task_key`) as the latest protocol that has it defines it."""
        return next((task for each in self.protocols if (task := task_of(each, key))), None)

    def known_stage(self, area: str, key: str) -> Stage | None:
        """Return a stage of a problem area as the latest protocol that has it defines it."""
        return next((stage for each in self.protocols if (stage := stage_of(each, area, key))), None)

    def known_strategy(self, area: str, key: str) -> Strategy | None:
        """Return a strategy of a problem area as the latest protocol that has it defines it."""
        return next((strategy for each in self.protocols if (strategy := strategy_of(each, area, key))), None)

    def phase(self, key: str) -> str:
        """Return what a phase is called."""
        known = self.known_phase(key)
        return _(known.label) if known else spelt(key)

    def area(self, key: str) -> str:
        """Return what a problem area is called."""
        known = self.known_area(key)
        return _(known.label) if known else spelt(key)

    def task(self, key: str) -> str:
        """Return the words of a task (`phase_key.task_key`)."""
        known = self.known_task(key)
        return _(known.text) if known else spelt(key.rpartition(".")[2])

    def stage(self, area: str, key: str) -> str:
        """Return what a stage of a problem area is called."""
        known = self.known_stage(area, key)
        return _(known.label) if known else spelt(key)

    def strategy(self, area: str, key: str) -> str:
        """Return the words of a strategy of a problem area."""
        known = self.known_strategy(area, key)
        return _(known.text) if known else spelt(key)

    def areas(self) -> list[tuple[str, str]]:
        """Return every problem area by key and label: the protocol's own, then those that only an earlier one has."""
        known: dict[str, str] = {}
        for each in (area for protocol in self.protocols for area in protocol.areas):
            known.setdefault(each.key, each.label)
        return list(known.items())

    def areas_to_choose(self, used: set[str]) -> list[tuple[str, str]]:
        """Return the protocol's problem areas by key and label, and of those only earlier ones have the `used` ones."""
        own = [(each.key, each.label) for each in self.present.areas]
        known = {key for key, _label in own}
        return [*own, *((key, self.area(key)) for key in sorted(used - known))]


def task_of(protocol: Protocol, key: str) -> Task | None:
    """Return a protocol's task by its id (`phase_key.task_key`)."""
    phase = protocol.phase(key.partition(".")[0])
    return next((each for each in phase.tasks if task_id(phase, each) == key), None) if phase else None


def stage_of(protocol: Protocol, area: str, key: str) -> Stage | None:
    """Return a stage of a protocol's problem area."""
    known = protocol.area(area)
    return next((each for each in known.stages if each.key == key), None) if known else None


def strategy_of(protocol: Protocol, area: str, key: str) -> Strategy | None:
    """Return a strategy of a protocol's problem area."""
    known = protocol.area(area)
    return known.strategy(key) if known else None


def spelt(key: str) -> str:
    """Return a key that nobody knows as words: "sick_role" as "Sick role"."""
    words = " ".join(key.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]
