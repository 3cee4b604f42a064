"""Colours and faces of a drawing, for day and night. 图的颜色与字体.

The drawing names its colours once, as custom properties that a page may overrule with its own
tokens; alone it follows the reader's preference for light or dark.
"""

from __future__ import annotations

from collections.abc import Mapping

NAME, SMALL = 14.0, 12.0  # sizes of text
LIGHT = {
    "sheet": "#fdfcfa",
    "sunk": "#f6f4ef",
    "rule": "#cbc5b8",
    "edge": "#8d8575",
    "ink": "#211d18",
    "ink-2": "#544d43",
    "ink-3": "#6b6356",
    "red": "#b42a17",
}
DARK = {
    "sheet": "#1b1916",
    "sunk": "#201e1a",
    "rule": "#454038",
    "edge": "#7c7466",
    "ink": "#ece6da",
    "ink-2": "#bdb5a6",
    "ink-3": "#9d9485",
    "red": "#f07f60",
}
SANS = "'PingFang SC','Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei UI',sans-serif"
SONG = "'Source Han Serif SC','Noto Serif CJK SC','Songti SC','SimSun',serif"
STYLE = f"""
.zs-flow .ground{{fill:var(--zs-sheet)}}
.zs-flow text{{font:{SMALL:.0f}px {SANS};fill:var(--zs-ink-2);text-anchor:middle}}
.zs-flow .title{{font:600 20px {SONG};fill:var(--zs-ink);text-anchor:start}}
.zs-flow .note{{fill:var(--zs-ink-3);text-anchor:start}}
.zs-flow .name{{font-size:{NAME:.0f}px;font-weight:600;fill:var(--zs-ink)}}
.zs-flow .meta,.zs-flow .else,.zs-flow .side{{fill:var(--zs-ink-3)}}
.zs-flow .side{{text-anchor:start}}
.zs-flow .box{{fill:var(--zs-sheet);stroke:var(--zs-edge)}}
.zs-flow .quiet{{fill:var(--zs-sunk);stroke:var(--zs-rule)}}
.zs-flow .bar{{stroke:var(--zs-ink);stroke-width:3}}
.zs-flow .end{{fill:var(--zs-ink);stroke:var(--zs-ink)}}
.zs-flow .end-name{{fill:var(--zs-sheet);font-size:{NAME:.0f}px;font-weight:600}}
.zs-flow .gate{{fill:var(--zs-sheet);stroke:var(--zs-ink);stroke-width:1.4}}
.zs-flow .sign{{fill:none;stroke:var(--zs-ink);stroke-width:1.6}}
.zs-flow .line{{fill:none;stroke:var(--zs-ink-3);stroke-width:1.2}}
.zs-flow .fail{{stroke-dasharray:4 3}}
.zs-flow .tip{{fill:var(--zs-ink-3)}}
.zs-flow .plate{{fill:var(--zs-sheet)}}
.zs-flow .weak{{stroke:var(--zs-red);stroke-width:2}}
.zs-flow .remark{{fill:var(--zs-red)}}
"""


def sheet(*, dark_too: bool) -> str:
    """The style sheet inside a drawing."""
    dark = f"\n@media (prefers-color-scheme:dark){{{_rules(DARK)}}}" if dark_too else ""
    return f"\n{_rules(LIGHT)}{dark}{STYLE}"


def _rules(colours: Mapping[str, str]) -> str:
    each = (f"--zs-{name}:var(--{name},{colour})" for name, colour in colours.items())
    return f".zs-flow{{{';'.join(each)}}}"
