"""主送机关 and 抄送机关: who is addressed and who gets a copy. Never confuse the two.

GB/T 9704-2012, 7.3.2 [must]: under the title, flush left, ending with a colon; 7.4.2 [must]:
copied-to in the imprint, ending with a full stop. A comma parts groups and 、 parts organs of one
group (practice of 《标点符号用法》); "各县（市、区）" is one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import marks
from .rows import Row
from .shape import joined, plain

MOST_LINES = 8
CLASS = re.compile(r"各?[省市区县乡镇州盟旗]|各?(?:市|县|区|乡|镇)(?:市|县|区)?")
LABEL = re.compile(
    r"^(?:抄送|抄报|抄致|抄发|分送|发送|主送|报送|呈送|收件|收件单位|发往单位|收文单位|收电单位|收报单位|收件人|[报送发呈])(?:单位|机关)?[:]"
)
SALUTE = re.compile(
    r"(?:尊敬的|亲爱的)?(?:各位.*|同志们|同志|代表们|委员们|领导|来宾|女士|先生|大家好|朋友们)"
)
OPENS = re.compile(r"如下:$")  # the first sentence of a paper that addresses nobody
END = re.compile(r"[。.:;,、]+$")


def found(rows: Sequence[Row]) -> tuple[tuple[str, ...], int]:
    """The addressees that the lines under a title begin with, and how many lines they take."""
    for end, row in enumerate(rows[:MOST_LINES], 1):
        shape = row.plain
        if (
            OPENS.search(shape)
            or "。" in shape
            or (marks.FIELD.fullmatch(shape) and marks.is_field(row))
        ):
            return (), 0
        if end == 1 and shape.endswith(":") and SALUTE.match(shape):
            return (), 0
        if shape.endswith(":"):
            return parted(joined([line.text for line in rows[:end]])), end
    return (), 0


def parted(text: str) -> tuple[str, ...]:
    """Each of the organs named one after the other."""
    shape = plain(text)
    label = LABEL.match(shape)
    start = label.end() if label else 0
    end = END.search(shape)
    stop = end.start() if end else len(shape)
    names, depth, last = [], 0, start
    for at in range(start, stop):
        depth += (shape[at] == "(") - (shape[at] == ")")
        if shape[at] in ",、;。" and depth <= 0:
            names.append(text[last:at])
            last = at + 1
    names.append(text[last:stop])
    return tuple(_classes([name.strip() for name in names if name.strip()]))


def _classes(names: Sequence[str]) -> list[str]:
    """ "各区、县人民政府" is one class and stays so."""
    out: list[str] = []
    for name in names:
        if out and CLASS.fullmatch(plain(out[-1]).rsplit("、", 1)[-1]):
            out[-1] += "、" + name
        else:
            out.append(name)
    return out
