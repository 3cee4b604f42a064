"""Charts drawn on the server: a sentence first, the drawing, and the numbers as a table. 图.

Drawn about one to one, attributes only, no style. Each has a title and a description inside, and
its numbers beside it for those who cannot see it or want to copy them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhongshu.office.ui import plot, telling
from zhongshu.office.ui.parts import Place, Point, Row, Share, Tone

from .html import address, attrs, chosen, drawn, joined, put

register = template.Library()

# Where nothing presses, the colour steps back.
CALM = {"green": " fill-calm", "blue": " fill-calm"}
LIGHTS = {"red", "amber", "green", "blue", "grey"}
WIDTH = 344


@register.simple_tag
def chart_bars(*, title: str, desc: str, rows: Sequence[Row], unit: str = "") -> SafeString:
    """One bar a line, its number at its end; red only where something is wrong."""
    lines = plot.bars([(row.label, row.value) for row in rows], WIDTH)
    inside = joined(
        '<text x="0" y="{}">{}</text><rect class="{}" x="{}" y="{}" width="{}" height="10"/>'
        '<text class="t-strong" x="{}" y="{}">{}</text>',
        (
            (
                line.base,
                row.label,
                "fill-red" if row.bad else "fill-plot",
                line.left,
                line.top,
                line.width,
                line.after,
                line.base,
                _measured(row.value, unit),
            )
            for row, line in zip(rows, lines, strict=True)
        ),
    )
    return _figure(title, desc, f"0 0 {WIDTH} {24 * len(rows)}", inside, _table(rows, unit))


@register.simple_tag
def chart_units(*, title: str, desc: str, rows: Sequence[Row], unit: str = "") -> SafeString:
    """Small counts as squares, one for each case."""
    left = plot.label_width([row.label for row in rows])
    inside = joined(
        '<text x="0" y="{}">{}</text>{}<text class="t-strong" x="{}" y="{}">{}</text>',
        (
            (
                24 * n + 16,
                row.label,
                _squares(row, left, 24 * n + 6),
                left + 16 * int(row.value) + 8,
                24 * n + 16,
                _measured(row.value, unit),
            )
            for n, row in enumerate(rows)
        ),
    )
    return _figure(title, desc, f"0 0 {WIDTH} {24 * len(rows)}", inside, _table(rows, unit))


@register.simple_tag
def chart_line(
    *, title: str, desc: str, points: Sequence[Point], unit: str = "", limit: float | None = None
) -> SafeString:
    """A course over time with its last value marked; the limit is a dashed line."""
    course = plot.course([point.value for point in points], limit, WIDTH, 96)
    inside = put(
        '{}<polyline class="trend" points="{}"/><circle class="mark-dot" cx="{}" cy="{}" r="3.5"/>'
        '<text class="t-small" x="0" y="112">{}</text>'
        '<text class="t-small t-end" x="{}" y="112">{}</text>'
        '<text class="t-strong t-end" x="{}" y="{}">{}</text>',
        joined(
            '<line class="limit" x1="0" x2="{}" y1="{}" y2="{}"/>',
            [(WIDTH, course.limit, course.limit)] if course.limit is not None else [],
        ),
        " ".join(f"{x},{y}" for x, y in course.points),
        *course.points[-1],
        points[0].label,
        WIDTH,
        points[-1].label,
        WIDTH,
        plot.beside(course.points[-1][1], course.limit),
        _measured(points[-1].value, unit),
    )
    rows = [Row(point.label, point.value, point.note) for point in points]
    return _figure(title, desc, f"0 0 {WIDTH} 116", inside, _table(rows, unit))


@register.simple_tag
def spread(*, title: str, parts: Sequence[Share]) -> SafeString:
    """The whole stock as one bar, each part with its count beneath."""
    places = plot.portions([part.number for part in parts], 1280, 2)
    bars = joined(
        '<rect class="{}" x="{}" width="{}" height="10"/>',
        (
            (f"fill-{chosen(part.tone, Tone)}{CALM.get(part.tone, '')}", x, width)
            for part, (x, width) in zip(parts, places, strict=True)
            if part.number
        ),
    )
    told = "，".join(f"{part.label} {part.number}" for part in parts)
    return put(
        '<div class="spread"><svg viewBox="0 0 1280 10" preserveAspectRatio="none" role="img">'
        "<title>{}</title><desc>{}</desc>{}</svg><ul>{}</ul></div>",
        title,
        told,
        bars,
        joined("<li>{}</li>", ((_part(part),) for part in parts)),
    )


@register.simple_tag
def stages(*, title: str, parts: Sequence[Share]) -> SafeString:
    """A stock by stages: one bar, and each stage with its count beneath, none left out."""
    places = plot.portions([part.number for part in parts], 360, 2)
    bars = joined(
        '<rect class="{}" x="{}" width="{}" height="8"/>',
        (
            (f"fill-{chosen(part.tone, Tone)}{CALM.get(part.tone, '')}", x, width)
            for part, (x, width) in zip(parts, places, strict=True)
            if part.number
        ),
    )
    told = "，".join(f"{part.label} {part.number}" for part in parts)
    return put(
        '<div class="stages"><svg viewBox="0 0 360 8" preserveAspectRatio="none" role="img">'
        "<title>{}</title><desc>{}</desc>{}</svg><ol>{}</ol></div>",
        title,
        told,
        bars,
        joined(
            "<li><b>{}</b>{}</li>", ((telling.count(part.number), part.label) for part in parts)
        ),
    )


@register.simple_tag
def quad(*, title: str, desc: str, places: Sequence[Place]) -> SafeString:
    """Heavy above, urgent to the right; the numbers are the places in the queue."""
    dots = joined(
        '<a href="{}"><title>{}</title><circle class="q-dot"{} cx="{}" cy="{}" r="9.5"/>'
        '<text class="q-no"{} x="{}" y="{}">{}</text></a>',
        (
            (
                address(one.href),
                one.title,
                attrs(data_q=_corner(one)),
                x,
                y,
                attrs(data_q=_corner(one)),
                x,
                round(y + 4, 1),
                one.number,
            )
            for one, (x, y) in zip(
                places,
                plot.scattered([(p.urgency, p.weight) for p in places], 304, 140),
                strict=True,
            )
        ),
    )
    return put(
        '<svg class="chart quad" viewBox="0 0 304 140" role="group" aria-label="{}">'
        '<desc>{}</desc><line class="axis" x1="0" x2="304" y1="70.5" y2="70.5"/>'
        '<line class="axis" x1="152.5" x2="152.5" y1="0" y2="140"/>'
        '<text class="t-small" x="157" y="10">{}</text>'
        '<text class="t-small" x="157" y="138">{}</text>'
        '<text class="t-small" x="0" y="65">{}</text>'
        '<text class="t-small t-end" x="304" y="65">{}</text>{}</svg>',
        title,
        desc,
        _("大"),
        _("小"),
        _("缓"),
        _("急"),
        dots,
    )


def _corner(place: Place) -> str | None:
    if place.urgency >= 0.5 and place.weight >= 0.5:
        return "hot"
    return "big" if place.weight >= 0.5 else None


def _part(part: Share) -> SafeString:
    number = put("<b>{}</b>", telling.count(part.number))
    if part.tone in LIGHTS:
        return put(
            '<span class="light" data-light="{}">{}{}{}</span>',
            part.tone,
            drawn(part.tone, None),
            part.label,
            number,
        )
    return put('<span class="state" data-state="none">{}{}</span>', part.label, number)


def _squares(row: Row, left: int, top: int) -> SafeString:
    return joined(
        '<rect class="{}" x="{}" y="{}" width="12" height="12"/>',
        (
            ("fill-red" if row.bad else "fill-plot", left + 16 * n, top)
            for n in range(int(row.value))
        ),
    )


def _measured(value: float, unit: str) -> str:
    number = telling.count(int(value)) if value == int(value) else f"{value:,.1f}"
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".rstrip()


def _table(rows: Sequence[Row], unit: str) -> SafeString:
    return joined(
        '<tr><th scope="row">{}</th><td class="num">{}</td><td>{}</td></tr>',
        ((row.label, _measured(row.value, unit), row.note) for row in rows),
    )


def _figure(title: str, desc: str, box: str, inside: str, table: str) -> SafeString:
    return put(
        '<figure class="plotted"><figcaption>{0}</figcaption>'
        '<svg class="chart" viewBox="{1}" role="img"><title>{0}</title><desc>{2}</desc>{3}</svg>'
        "<details><summary>{4}</summary><table><tbody>{5}</tbody></table></details></figure>",
        title,
        box,
        desc,
        inside,
        _("看数"),
        table,
    )
