"""What the therapist does with the sectors of a circle, and who belongs to which; each is one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipt_desktop.domain.circle_sectors import FIRST, evened, in_order, next_start, place_within, sector_at
from ipt_desktop.domain.records import Sector
from ipt_desktop.domain.text import _
from ui.circle.shown import ShownCircle
from ui.verb import Told, Verb

if TYPE_CHECKING:
    from ipt_desktop.services.circles import Circles
    from ui.circle.verbs import CircleVerbs


@dataclass(frozen=True, slots=True)
class Division:
    """How a circle is divided: its sectors, and to which of them (or to none) people belong, by person id."""

    sectors: tuple[Sector, ...]
    members: Mapping[str, str | None]


class ChangeSectors(Verb):
    """The circle is divided anew: `old` and `new` name the same people."""

    def __init__(self, circles: Circles, client_id: str, old: Division, new: Division, refused: Told) -> None:
        super().__init__(_("Change the sectors"), refused)
        self._circles, self._client_id = circles, client_id
        self._old, self._new = old, new

    def redo(self) -> None:
        """Divide it so."""
        self.attempt(lambda: self._circles.keep_sectors(self._client_id, self._new.sectors, self._new.members))

    def undo(self) -> None:
        """Divide it as before."""
        self.attempt(lambda: self._circles.keep_sectors(self._client_id, self._old.sectors, self._old.members))


class SectorVerbs:
    """Verbs on the sectors of the circle shown. `push` puts a step on the undo stack, `refused` is told what was not done."""

    def __init__(self, shown: ShownCircle, verbs: CircleVerbs, push: Callable[[Verb], None], refused: Told) -> None:
        self._shown, self._verbs = shown, verbs
        self._push, self._refused = push, refused

    def begin(self) -> None:
        """Divide a circle that is whole by the sectors that are offered at first; nobody belongs to one yet."""
        client_id = self._shown.client_id
        if client_id is not None and not self._shown.sectors:
            self._divide([Sector(client_id=client_id, name=_(name), start=start) for name, start in FIRST])

    def add(self, name: str) -> None:
        """Add a sector in the middle of the widest one."""
        client_id = self._shown.client_id
        if client_id is not None and name.strip():
            new = Sector(client_id=client_id, name=name.strip(), start=next_start(self._shown.sectors))
            self._divide([*self._shown.sectors, new])

    def rename(self, sector_id: str, name: str) -> None:
        """Call a sector something else."""
        if name.strip():
            self._change(sector_id, name=name.strip())

    def turn(self, sector_id: str, start: float) -> None:
        """Let a sector begin at another angle; the one before it ends there."""
        self._change(sector_id, start=start % 360.0)

    def remove(self, sector_id: str) -> None:
        """Take a sector away; who belonged to it belongs to none."""
        self._divide([each for each in self._shown.sectors if each.id != sector_id])

    def even_out(self) -> None:
        """Let all sectors be as wide as each other."""
        order = in_order(self._shown.sectors)
        self._divide([replace(each, start=start) for each, start in zip(order, evened(order), strict=True)])

    def _change(self, sector_id: str, **changed: object) -> None:
        self._divide([replace(each, **changed) if each.id == sector_id else each for each in self._shown.sectors])  # type: ignore[arg-type]

    def _divide(self, sectors: Sequence[Sector]) -> None:
        """Divide the circle by these sectors from now on."""
        old, ids = tuple(self._shown.sectors), {each.id for each in sectors}
        if self._shown.client_id is None or tuple(sectors) == old:
            return
        people = [each.person for each in (*self._shown.waiting, *self._shown.standings)]
        before = {each.id: each.sector_id for each in people if each.sector_id and each.sector_id not in ids}
        after = dict.fromkeys(before)
        command = ChangeSectors(
            self._shown.desk.circles,
            self._shown.client_id,
            Division(old, before),
            Division(tuple(sectors), after),
            self._refused,
        )
        self._push(command)

    # -- who belongs to which --------------------------------------------------------------------------------------

    def join(self, person_id: str, sector_id: str | None) -> None:
        """Let someone belong to a sector and stand in it where it has most room, at their closeness; or to none."""
        standing = self._shown.standing(person_id)
        if standing is None or standing.person.sector_id == sector_id:
            return
        if sector_id is not None and sector_id not in {each.id for each in self._shown.sectors}:
            return  # it was taken away while it stood in an open list
        angle = None
        if sector_id is not None and standing.now is not None:
            now = sector_at(self._shown.sectors, standing.now.angle)
            if now is None or now.id != sector_id:
                others = [each.now.angle for each in self._shown.here if each.now and each.person.id != person_id]
                angle = place_within(self._shown.sectors, sector_id, others)
        self._verbs.change_group(replace(standing.person, sector_id=sector_id), angle)

    def drop(self, person_id: str, felt: float, angle: float) -> None:
        """Let someone stand where they were dropped; in another sector they belong to that one."""
        standing, sector = self._shown.standing(person_id), sector_at(self._shown.sectors, angle)
        if standing is None or sector is None or standing.person.sector_id == sector.id:
            self._verbs.move_person(person_id, felt, angle)
        else:
            self._verbs.change_group(replace(standing.person, sector_id=sector.id), angle, felt)
