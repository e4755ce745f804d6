"""The circle as the client holds it: who stands where and where each is wanted, in the same ring words; nothing else.

What the therapist keeps beside it is left out before anything is drawn: the focus of the work, where someone stood before,
ties, relations, who is a confidant, the key. So no picture made from it can show them.
"""

import math
from collections.abc import Iterable
from dataclasses import replace

from ipt_desktop.domain.circle_picture import CircleMode, CircleView
from ipt_desktop.domain.circle_style import CircleStyle
from ipt_desktop.domain.circle_tray import TrayRow
from ipt_desktop.domain.closeness import Geometry, RingWords, closeness_at, position
from ipt_desktop.domain.picture import Point
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart

_MARGIN = (46.0, 54.0, 46.0)
"""Room above, at each side and below: nobody who stands outside is cut off, whichever way."""
_TOKEN = 35.0
_ASIDE = 40.0
"""How far from a token the shape waits that a wish is made with: two fingertips have room."""


def for_client(standings: Iterable[Standing]) -> list[Standing]:
    """Return those in the circle as the client may see them: not what the work is about, not where they stood before."""
    here = [(each.person, each.now) for each in standings if each.now]
    called = told_apart((who for who, _now in here), by_relation=False)
    return [
        Standing(replace(who, is_in_focus=False), replace(now, is_confidant=False), called=called[who.id]) for who, now in here
    ]


def waiting_for_client(standings: Iterable[Standing]) -> list[Standing]:
    """Return those who were named and have no place in the circle yet, as the client may see them."""
    return [Standing(replace(each.person, is_in_focus=False), None) for each in standings if not each.now]


def client_view(
    words: RingWords, chosen_id: str = "", waiting: Iterable[Standing] = (), ends: tuple[float, float] = (0.0, 0.0)
) -> CircleView:
    """Return what is shown to the client: *Me* in the middle, names without relations, closeness wanted, no key.

    Who waits stands in a row above, which leaves free what `ends` says at its left and right.
    """
    return CircleView(
        waiting=tuple(waiting),
        tray_row=TrayRow(*ends, words=_("Waiting for a place: drag them onto the circle")),
        client_label=_("Me"),
        words=words,
        mode=CircleMode.WANTED,
        is_relation_shown=False,
        is_key_shown=False,
        selected_id=chosen_id,
    )


def client_style(style: CircleStyle) -> CircleStyle:
    """Return the style of the client's circle: tokens large enough for a fingertip, on as small a screen as 1280×800."""
    larger = _TOKEN - style.token
    return replace(style, margin=_MARGIN, token=_TOKEN, inner_gap=style.inner_gap + larger / 2)


def closeness_along(point: Point, angle: float, geometry: Geometry) -> float:
    """Return the closeness at which someone is wanted who stands at this angle: the place on their ray next to `point`.

    A wish has no angle of its own, so whoever drags it moves it towards the client or away.
    """
    turn = math.radians(angle)
    across, down = point[0] - geometry.center[0], point[1] - geometry.center[1]
    along = max(across * math.sin(turn) - down * math.cos(turn), 0.0)
    return closeness_at((geometry.center[0], geometry.center[1] - along), geometry)[0]


def place_to_ask(felt: float, angle: float, geometry: Geometry) -> Point:
    """Return where the hollow shape waits of someone whose closeness wanted isn't known: beside them on their ray.

    It lies towards the client, where there is room for it before the client's own disc, and else away.
    """
    at = position(felt, angle, geometry)
    turn = math.radians(angle)
    away = -_ASIDE if geometry.distance(felt) - _ASIDE >= geometry.nearest else _ASIDE
    return at[0] + away * math.sin(turn), at[1] - away * math.cos(turn)
