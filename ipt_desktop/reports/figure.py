"""Figures: pictures side by side with their titles, the key of their forms beneath, never cut by a page's end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ipt_desktop.domain.picture import ArcLabel, Label, Picture
from ipt_desktop.domain.report import Drawing, Pictures
from ipt_desktop.reports.fonts import Fonts
from ipt_desktop.reports.page import Column
from ipt_desktop.reports.pen import Pen
from ipt_desktop.reports.picture import NATURAL, draw_picture
from ipt_desktop.reports.setting import Setting
from ipt_desktop.reports.strip import Strip, line_strip
from ipt_desktop.reports.structure import Tag, paragraph
from ipt_desktop.reports.text import Line, set_text

IN_A_ROW = 2
LEAST_PLACE = 170.0
"""A picture whose words are of the usual size stands beside another where it has so much of the width."""
BETWEEN = 10.0
ABOVE_KEY = 6.0


def picture_strips(pictures: Pictures, column: Column, fonts: Fonts) -> Iterator[Strip]:
    """Yield the note, the pictures two by two where there is room, the key and the legend, all kept together."""
    setting = column.setting
    note, larger, tag = setting.picture_note, setting.letters, paragraph()
    strips = [
        line_strip(line, column.left, tag) for line in set_text(pictures.note, note, column.width, fonts) if pictures.note
    ]
    in_a_row = IN_A_ROW if (column.width - BETWEEN) / IN_A_ROW >= LEAST_PLACE * larger else 1
    count = min(in_a_row, len(pictures.drawings))
    place = (column.width - BETWEEN * (count - 1)) / max(count, 1)
    rows = [pictures.drawings[start : start + in_a_row] for start in range(0, len(pictures.drawings), in_a_row)]
    strips += [_row_strip(row, column, place, fonts, max(pictures.enlarged, larger)) for row in rows]
    if pictures.key:
        strips.append(_key_strip(pictures.key, column, fonts, larger))
    strips += _legend_strips(pictures.legend, column, fonts)
    for number, strip in enumerate(strips, 1):
        yield replace(strip, is_kept=number < len(strips), baseline=setting.small.baseline)


def _row_strip(drawings: Sequence[Drawing], column: Column, place: float, fonts: Fonts, enlarged: float) -> Strip:
    heads = [_heads(drawing, place, column.setting, fonts) for drawing in drawings]
    above = max(sum(line.style.leading for line in lines) for lines in heads) + 4
    pictures = [_fitting(drawing, place, column.setting.letters) for drawing in drawings]
    scales = [_scale(picture, place, column.room * 0.8, enlarged) for picture in pictures]
    height = above + max(picture.height * scale for picture, scale in zip(pictures, scales, strict=True))

    tags = [(paragraph(), _figure(picture)) for picture in pictures]

    def draw(pen: Pen, top: float) -> None:
        for number, (picture, lines, scale) in enumerate(zip(pictures, heads, scales, strict=True)):
            middle = column.left + number * (place + BETWEEN) + place / 2
            title, figure = tags[number]
            y = top
            for line in lines:
                with pen.under(title):
                    pen.text_centred(line, middle, y + line.style.baseline)
                y += line.style.leading
            left = middle - picture.width * scale / 2
            with pen.whole(figure):
                draw_picture(picture, pen, fonts, (left, top + above), scale, max(1.0, scale / NATURAL))

    return Strip(height=height, draw=draw, space=4)


def _fitting(drawing: Drawing, place: float, letters: float) -> Picture:
    """Return the picture as it is laid out for a place: the widest that keeps its size there, words and all."""
    every = (drawing.picture, *drawing.narrower)
    return next((each for each in every if each.width * NATURAL * letters <= place + 1.0), every[-1])


def _key_strip(key: Picture, column: Column, fonts: Fonts, enlarged: float) -> Strip:
    """Return the key; in large print its words are as large as those of the pictures."""
    scale = _scale(key, column.width, column.room / 4, enlarged)
    left = column.left + (column.width - key.width * scale) / 2

    figure = _figure(key)

    def draw(pen: Pen, top: float) -> None:
        with pen.whole(figure):
            draw_picture(key, pen, fonts, (left, top), scale, max(1.0, scale / NATURAL))

    return Strip(height=key.height * scale, space=ABOVE_KEY, draw=draw)


def _legend_strips(legend: str, column: Column, fonts: Fonts) -> list[Strip]:
    """Return what the marks of pictures stand for, small below them."""
    lines, tag = (set_text(legend, column.setting.small, column.width, fonts) if legend else []), paragraph()
    strips = [line_strip(line, column.left, tag) for line in lines]
    return [replace(strips[0], space=ABOVE_KEY), *strips[1:]] if strips else []


def _figure(picture: Picture) -> Tag:
    """Return the tag of a picture: what it shows in words, or the words in it where nothing else is said."""
    written = (mark.text for mark in picture.marks if isinstance(mark, Label | ArcLabel))
    return Tag(role="Figure", alt=picture.description or ", ".join(written))


def _heads(drawing: Drawing, place: float, setting: Setting, fonts: Fonts) -> list[Line]:
    titled = ((drawing.title, setting.picture_title), (drawing.caption, setting.small))
    return [line for text, style in titled if text for line in set_text(text, style, place, fonts)]


def _scale(picture: Picture, width: float, height: float, enlarged: float = 1.0) -> float:
    return min(NATURAL * enlarged, width / picture.width, height / picture.height)
