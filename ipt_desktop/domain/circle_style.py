"""The measures of the circle's marks, as `resources/themes/tokens.toml` gives them; the domain reads no file itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A line round a token: its width and its distance from the token's edge."""

    width: float
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """The arrow to a place: line width, head (length, breadth), gaps at both ends; shorter than `shortest`, the head alone."""

    width: float
    head: tuple[float, float]
    from_gap: float
    to_gap: float
    shortest: float

    @property
    def shown(self) -> float:
        """The distance between two outlines at which line and head both show."""
        return self.from_gap + self.shortest + self.to_gap


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayStyle:
    """The marks beside a token: a step of a bar (width, height), the gaps, a dot's diameter, line width, a letter's disc."""

    bar: tuple[float, float]
    column_gap: float
    dot: float
    gap: float
    line: float
    letter: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleStyle:
    """All lengths in picture units: logical pixels at 100 % text in a circle of diameter 480, or the unit of a page."""

    token: float
    client_radius: float
    inner_gap: float
    outside_at: float
    ring_name_at: tuple[float, ...]
    margin: tuple[float, float, float]
    """Room above, at each side and below the outer ring."""
    line: float
    focus: Outline
    selected: Outline
    selected_gap_with_focus: float
    keyboard: Outline
    group_behind: tuple[float, float]
    group_line: float
    ribbon: float
    wanted_size: float
    wanted_line: float
    wanted_dash: tuple[float, ...]
    arrow: Arrow
    trail: float
    trail_dots: float
    trail_ring: float
    before_scale: float
    before_line: float
    pale: float
    pale_line: float
    edge_mark: float
    edge_line: float
    overlay: OverlayStyle
    label_gap: float
    name_height: float
    small_height: float
    tie_width: tuple[float, ...]
    is_printed: bool = False
    initials: str = "initials"
    """The type style of the letters in a token."""

    @property
    def nearest(self) -> float:
        """The distance from the centre at which closeness is 1: nobody ever touches the client."""
        return self.client_radius + self.inner_gap

    def for_key(self, token: float) -> "CircleStyle":
        """Return the style of a small sample of a token, as it stands in a key."""
        by = token / self.token
        return replace(self, token=token, line=1.2, ribbon=self.ribbon * by, edge_mark=self.edge_mark * by)


def circle_style(tokens: Mapping[str, Any]) -> CircleStyle:
    """Read the style from the parsed tokens (`size`, `circle`, `mark`, `tie_width`)."""
    size, circle, mark = tokens["size"], tokens["circle"], tokens["mark"]
    arrow, overlay = mark["arrow"], mark["overlay"]
    return CircleStyle(
        token=size["token"],
        client_radius=circle["client_radius"],
        inner_gap=circle["inner_gap"],
        outside_at=circle["outside_at"],
        ring_name_at=tuple(circle["ring_name_at"]),
        margin=(circle["margin"]["top"], circle["margin"]["side"], circle["margin"]["bottom"]),
        line=mark["line_width"],
        focus=Outline(width=mark["problem_focus"]["width"], gap=mark["problem_focus"]["gap"]),
        selected=Outline(width=mark["selected"]["width"], gap=mark["selected"]["gap"]),
        selected_gap_with_focus=mark["selected"]["gap_with_focus"],
        keyboard=Outline(width=mark["keyboard_focus"]["width"], gap=mark["keyboard_focus"]["gap"]),
        group_behind=tuple(mark["group"]["behind"]),
        group_line=mark["group"]["line_width"],
        ribbon=mark["deceased"]["ribbon_width"],
        wanted_size=mark["desired"]["size"],
        wanted_line=mark["desired"]["width"],
        wanted_dash=tuple(mark["desired"]["dash"]),
        arrow=Arrow(
            width=arrow["width"],
            head=tuple(arrow["head"]),
            from_gap=arrow["from_gap"],
            to_gap=arrow["to_gap"],
            shortest=arrow["min_length"],
        ),
        trail=mark["ghost"]["width"],
        trail_dots=mark["ghost"]["dots_every"],
        trail_ring=mark["ghost"]["ring_radius_oldest"],
        before_scale=circle["baseline"]["scale"],
        before_line=circle["baseline"]["line_width"],
        pale=circle["not_moved"]["fill_alpha"],
        pale_line=circle["not_moved"]["line_width"],
        edge_mark=mark["edge"]["size"],
        edge_line=mark["edge"]["line_width"],
        overlay=OverlayStyle(
            bar=tuple(overlay["bar"]),
            column_gap=overlay["column_gap"],
            dot=overlay["dot"],
            gap=overlay["gap"],
            line=overlay["line_width"],
            letter=overlay["letter"],
        ),
        label_gap=mark["label"]["gap"],
        name_height=tokens["type"]["label"]["px"],
        small_height=tokens["type"]["caption"]["px"],
        tie_width=tuple(float(tokens["tie_width"][str(strength)]) for strength in (1, 2, 3)),
    )


PRINT_SCALE = 0.69
"""A token on paper against one on screen: two circles stand side by side on a page."""


def for_print(style: CircleStyle) -> CircleStyle:
    """Return the style of a circle on paper, where tokens, letters and gaps are smaller against the rings."""
    by = PRINT_SCALE
    return replace(
        style,
        token=style.token * by,
        client_radius=style.client_radius * 0.41,
        inner_gap=style.inner_gap * 0.8,
        margin=(22.0, 30.0, 16.0),
        line=1.3,
        focus=Outline(width=1.1, gap=3.0),
        group_behind=(style.group_behind[0] * by, style.group_behind[1] * by),
        group_line=1.1,
        ribbon=style.ribbon * by,
        wanted_size=14.0,
        wanted_line=1.1,
        wanted_dash=(2.6, 2.0),
        arrow=Arrow(width=1.1, head=(6.0, 5.0), from_gap=2.0, to_gap=2.0, shortest=8.0),
        trail=1.1,
        trail_dots=3.0,
        trail_ring=3.8,
        before_line=1.1,
        edge_mark=style.edge_mark * 0.75,
        edge_line=0.9,
        label_gap=3.0,
        name_height=9.5,
        small_height=9.5,
        is_printed=True,
    )
