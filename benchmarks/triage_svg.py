"""A picture of the simulation: one row per office, one panel per measure, one bar per rule."""

from html import escape

LEFT, TOP, WIDE, HIGH, GAP = 140, 64, 250, 17, 34
Offices = list[tuple[str, dict[str, list[tuple[float, float]]]]]


def picture(offices: Offices, names: tuple[str, ...], note: str) -> str:
    """The SVG text; bars are means, thin lines 95 % intervals. Each panel has its own scale."""
    rules = list(offices[0][1])
    block = len(rules) * HIGH + GAP + 16
    width, height = LEFT + len(names) * (WIDE + GAP), TOP + len(offices) * block
    parts = [text(8, 22, "Rules of order at a desk", size=15, weight=600)]
    parts.append(text(8, 40, f"{note}; bars: mean, lines: 95 % interval; shorter is better"))
    for row, (title, found) in enumerate(offices):
        y = TOP + row * block
        parts.append(text(8, y + 4, title, weight=600))
        for column, name in enumerate(names):
            x = LEFT + column * (WIDE + GAP)
            parts += panel(x, y, name, {rule: found[rule][column] for rule in rules}, column == 0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
        + "".join(parts)
        + "</svg>\n"
    )


def panel(
    x: float, y: float, name: str, values: dict[str, tuple[float, float]], named: bool
) -> list[str]:
    most = max(mean + half for mean, half in values.values()) or 1
    scale = (WIDE - 50) / most
    parts = [text(x, y + 4, name, fill="#555")]
    for place, (rule, (mean, half)) in enumerate(values.items()):
        top = y + 14 + place * HIGH
        fill = "#b3261e" if rule == "ours" else "#8a9bb0"
        if named:
            parts.append(text(LEFT - 6, top + 10, rule, anchor="end"))
        parts.append(rect(x, top, max(mean * scale, 0.5), HIGH - 5, fill))
        low, high = max(0, mean - half) * scale, (mean + half) * scale
        middle = top + (HIGH - 5) / 2
        parts.append(
            f'<line x1="{x + low:.1f}" x2="{x + high:.1f}" y1="{middle}" y2="{middle}" '
            f'stroke="#222"/>'
        )
        parts.append(text(x + high + 4, top + 10, f"{mean:.2f}"))
    return parts


def rect(x: float, y: float, wide: float, high: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{fill}"/>'


def text(x: float, y: float, words: str, **style: object) -> str:
    names = {"size": "font-size", "weight": "font-weight", "anchor": "text-anchor"}
    extra = "".join(f' {names.get(name, name)}="{value}"' for name, value in style.items())
    return f'<text x="{x:.1f}" y="{y:.1f}"{extra}>{escape(words)}</text>'
