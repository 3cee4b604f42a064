"""Blocks set on pages, by the measures of GB/T 9704-2012 and the liberties of real offices."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .compose import Block, Paper

POINT = 25.4 / 72
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
WIDTH, MIDDLE = RIGHT - LEFT, 106.0
NO_START = "，。；：、）》”！？"


@dataclass
class Text:
    """Words on a page: where they begin, size in points, gap between letters in millimetres."""

    x: float
    y: float  # top
    size: float
    text: str
    face: str = "fang"
    red: bool = False
    spread: float = 0.0


@dataclass
class Sheet:
    """A page: words, red rules, seals (middle and radius, name)."""

    texts: list[Text] = field(default_factory=list)
    rules: list[tuple[float, float, float, float, bool]] = field(default_factory=list)
    seals: list[tuple[float, float, float, str]] = field(default_factory=list)


def letter(sign: str, size: float) -> float:
    """The width of one sign in millimetres."""
    return size * POINT * (1.0 if ord(sign) > 0x2000 else 0.5)


def wide(text: str, size: float, spread: float = 0.0) -> float:
    """The width of a text."""
    return sum(letter(sign, size) + spread for sign in text) - (spread if text else 0.0)


def wrap(text: str, size: float, width: float, first: float, rest: float = 0.0) -> list[str]:
    """Lines of a paragraph; `first` and `rest` are indents."""
    lines, now, used = [], "", first
    for sign in text:
        if used + letter(sign, size) > width + 0.5 and sign not in NO_START:
            lines.append(now)
            now, used = "", rest
        now += sign
        used += letter(sign, size)
    return [*lines, now]


class Press:
    """Sets one paper."""

    def __init__(self, paper: Paper, r: Random) -> None:
        self.r, self.paper = r, paper
        self.sheets = [Sheet()]
        self.y = TOP
        self.size = r.choice((16.0, 16.0, 16.0, 15.0, 14.0))
        self.pitch = r.choice((10.2, 9.88, 9.5)) * self.size / 16
        self.footers = r.random() < 0.85
        self.running = r.random() < 0.1

    # ---- setting

    @property
    def sheet(self) -> Sheet:
        """The page in work."""
        return self.sheets[-1]

    def page(self) -> None:
        """A new page."""
        self.sheets.append(Sheet())
        self.y = TOP

    def put(
        self,
        text: str,
        x: float,
        size: float = 0,
        face: str = "fang",
        *,
        red: bool = False,
        spread: float = 0.0,
        y: float | None = None,
    ) -> None:
        """Words at a place."""
        self.sheet.texts.append(
            Text(x, self.y if y is None else y, size or self.size, text, face, red, spread)
        )

    def down(self, lines: float = 1.0) -> None:
        """Go down, over to a new page where this one is full."""
        self.y += self.pitch * lines
        if self.y > BOTTOM - self.pitch * 0.8:
            self.page()

    def centre(
        self, text: str, size: float, face: str, *, red: bool = False, spread: float = 0.0
    ) -> None:
        """A centred line."""
        self.put(text, MIDDLE - wide(text, size, spread) / 2, size, face, red=red, spread=spread)

    def paragraph(
        self, text: str, face: str = "fang", first: float = 2.0, rest: float = 0.0, size: float = 0
    ) -> None:
        """A paragraph with indents in letters."""
        size = size or self.size
        em = size * POINT
        for at, line in enumerate(wrap(text, size, WIDTH, first * em, rest * em)):
            self.put(line, LEFT + (first if at == 0 else rest) * em, size, face)
            self.down()

    # ---- blocks

    def run(self) -> list[Sheet]:
        """All pages."""
        blocks = self.paper.blocks
        if self.paper.style not in ("general", "letter", "minutes", "command", "telegram"):
            self.y = TOP + self.pitch * self.r.choice((0, 1, 2))
        for at, block in enumerate(blocks):
            getattr(self, "set_" + block.role.replace(" ", "_"))(block, blocks[at + 1 :])
        self.finish()
        return self.sheets

    def set_page(self, _block: Block, _: list[Block]) -> None:
        self.page()
        self.imprinting = False

    def set_above(self, block: Block, _: list[Block]) -> None:
        self.put(block.text, LEFT + 20, 12, "kai", y=TOP - 12)

    def set_copy(self, block: Block, _: list[Block]) -> None:
        self.put(block.text, LEFT, 16, "song", y=TOP)

    def set_urgency(self, block: Block, _: list[Block]) -> None:
        copy = any(one.role == "copy" for one in self.paper.blocks)
        self.put(
            block.text,
            LEFT,
            16,
            "hei",
            y=TOP + 10.2 * copy if self.paper.style != "letter" else 42 + 8 * copy,
        )

    def set_head(self, block: Block, _: list[Block]) -> None:
        organs, word = block.more, block.text
        if self.paper.style == "letter":
            size = min(36.0, WIDTH * 0.95 / POINT / len(organs[0]))
            self.y = 30
            self.centre(
                organs[0],
                size,
                "biao",
                red=True,
                spread=self.r.choice((0.0, 0.8)) if len(organs[0]) < 12 else 0.0,
            )
            self.sheet.rules += [
                (20, 48, 190, 48.8, True),
                (20, 49.4, 190, 49.7, True),
                (20, 276, 190, 276.3, True),
            ]
            self.y = 52
            return
        self.y = 72
        if len(organs) == 1:
            text = organs[0] + word
            size = min(self.r.choice((36.0, 42.0, 32.0)), WIDTH / POINT / len(text))
            spread = (
                min(3.0, (WIDTH - wide(text, size)) / len(text)) * self.r.random()
                if len(text) < 16
                else 0.0
            )
            self.centre(text, size, "biao", red=True, spread=spread)
            self.y += size * POINT + 2 * 10.2
            return
        longest = max(len(name) for name in organs)
        room = WIDTH - (24 if word else 0)
        size = min(30.0, room / POINT / longest)
        full = longest * size * POINT
        start = LEFT + (room - full) / 2
        for name in organs:
            spread = (full - wide(name, size)) / max(1, len(name) - 1)
            self.put(name, start, size, "biao", red=True, spread=spread)
            self.y += size * POINT * 1.35
        if word:
            middle = 72 + (self.y - 72) / 2 - size * POINT / 2
            self.put(word, RIGHT - 23, 30, "biao", red=True, y=middle)
        self.y += 2 * 9

    def set_number(self, block: Block, _: list[Block]) -> None:
        if self.paper.style == "letter":
            self.put(block.text, RIGHT - wide(block.text, 16), 16, y=51.5)
            self.y = 51.5 + 2.6 * 10
            return
        self.centre(block.text, 16, "fang")
        if self.paper.style == "general":
            self.y += 16 * POINT + 4
            self.sheet.rules.append((LEFT, self.y, RIGHT, self.y + 0.5, True))
        self.y += self.pitch * self.r.choice((2, 2, 1.5))

    def set_plain_number(self, block: Block, _: list[Block]) -> None:
        self.centre(block.text, 16, "fang")
        self.y += 2 * self.pitch

    def set_number_and_signer(self, block: Block, _: list[Block]) -> None:
        em = 16 * POINT
        names = block.more
        shown = [f"{n[0]}　{n[1]}" if len(n) == 2 else n for n in names]
        rows = [shown[at : at + 2] for at in range(0, len(shown), 2)]
        x = RIGHT - em - wide("　".join(rows[0]), 16)
        for at, row in enumerate(rows):
            last = at == len(rows) - 1
            if last:
                self.put(block.text, LEFT + em, 16)
            if at == 0:
                self.put("签发人：", x - wide("签发人：", 16), 16)
            self.put("　".join(row), x, 16, "kai")
            if not last:
                self.y += 9
        self.y += 16 * POINT + 4
        self.sheet.rules.append((LEFT, self.y, RIGHT, self.y + 0.5, True))
        self.y += 2 * self.pitch

    def set_title(self, block: Block, _: list[Block]) -> None:
        size = self.r.choice((22.0, 22.0, 22.0, 20.0, 18.0))
        if self.paper.style == "plain" and self.r.random() < 0.3:
            size = self.size + 2
        most = int(WIDTH / (size * POINT))
        for line in shaped(block.text, most, self.r):
            self.centre(line, size, "biao")
            self.y += size * POINT * 1.55
        self.y += self.pitch * 0.8

    def set_under(self, block: Block, _: list[Block]) -> None:
        self.centre(block.text, self.size, "kai")
        self.down()

    def set_address(self, block: Block, _: list[Block]) -> None:
        self.paragraph(block.text, first=0)

    def set_text(self, block: Block, _: list[Block]) -> None:
        self.paragraph(block.text)

    def set_heading(self, block: Block, _: list[Block]) -> None:
        self.paragraph(block.text, "hei")

    def set_attach(self, block: Block, _: list[Block]) -> None:
        names = block.more
        self.down()
        for at, name in enumerate(names, 1):
            mark = f"{at}{self.r.choice(('.', '.', '．'))}" if len(names) > 1 else ""
            indent = 5
            text = ("附件：" if at == 1 else "") + mark + name
            first = 2 if at == 1 else indent
            self.paragraph(text, first=first, rest=6 if mark else 5)

    def set_sign(self, block: Block, _: list[Block]) -> None:
        organs, seal = block.more
        em = self.size * POINT
        self.down(1.5)
        if self.y + self.pitch * (len(organs) + 1) > BOTTOM:
            self.page()
        right = RIGHT - 4 * em if seal else RIGHT - 2 * em
        day = wide(block.text, self.size)
        middle = right - day / 2
        longest = max(wide(name, self.size) for name in organs)
        middle = min(middle, RIGHT - longest / 2)
        side = len(organs) == 2 and longest * 2 < WIDTH - 10 and self.r.random() < 0.5
        if side:
            self.put(organs[0], LEFT + 4, self.size)
            self.put(organs[1], RIGHT - 4 - wide(organs[1], self.size), self.size)
            self.down()
        else:
            for name in organs:
                self.put(name, middle - wide(name, self.size) / 2, self.size)
                self.down()
        self.put(block.text, right - day, self.size)
        if seal:
            self.sheet.seals.append((middle, self.y - 2, 21.0, organs[0]))
        self.down(1.2)

    def set_stamp(self, block: Block, _: list[Block]) -> None:
        em = self.size * POINT
        self.down(2)
        self.put(block.more, RIGHT - 4 * em - wide(block.more, self.size), self.size, "kai")
        self.down(2)
        self.put(block.text, RIGHT - 4 * em - wide(block.text, self.size), self.size)
        self.down()

    def set_note(self, block: Block, _: list[Block]) -> None:
        self.paragraph(block.text)

    def set_annex(self, block: Block, _: list[Block]) -> None:
        name, table = block.more
        self.page()
        self.put(block.text, LEFT, 16, "hei")
        self.y += 2 * self.pitch
        bare = name.strip("《》")
        for line in shaped(bare, 19, self.r):
            self.centre(line, 22, "biao")
            self.y += 12
        self.y += 6
        if table:
            for row in (
                ("序号", "单位", "责任人", "完成时限"),
                ("1", "规划科", "王建国", "2026年6月30日"),
                ("2", "青溪县水利局", "李明", "2026年9月底前"),
            ):
                for at, cell in enumerate(row):
                    self.put(cell, LEFT + 4 + at * 38, 12, "song")
                self.down()
        else:
            for text in (
                "第一条　为规范管理工作，根据有关法律法规，制定本办法。",
                "第二条　本办法适用于本行政区域内的相关活动，请各单位于每年12月31日前报送年度情况。",
                "第三条　本办法自2026年1月1日起施行。",
            ):
                self.paragraph(text)

    def set_copied(self, block: Block, rest: list[Block]) -> None:
        em = 14 * POINT
        lines = wrap(block.text, 14, WIDTH - 2 * em, 0, 3 * em)
        need = (len(lines) + 1 + sum(one.role in ("copied", "printed") for one in rest)) * 8
        if not getattr(self, "imprinting", False):
            self.imprinting = True
            if self.y > BOTTOM - need:
                self.page()
            self.y = max(self.y, BOTTOM - need)
            self.sheet.rules.append((LEFT, self.y - 1.5, RIGHT, self.y - 1.2, False))
        for at, line in enumerate(lines):
            self.put(line, LEFT + em * (1 if at == 0 else 4), 14)
            self.y += 8

    def set_printed(self, block: Block, _: list[Block]) -> None:
        em = 14 * POINT
        if not getattr(self, "imprinting", False):
            if self.y > BOTTOM - 10:
                self.page()
            self.y = BOTTOM - 9
        self.sheet.rules.append((LEFT, self.y - 1.2, RIGHT, self.y - 1.0, False))
        self.put(block.more, LEFT + em, 14)
        self.put(block.text, RIGHT - em - wide(block.text, 14), 14)
        self.y += 8

    def set_mast(self, block: Block, _: list[Block]) -> None:
        self.y = self.r.choice((45, 60, 72))
        size = min(40.0, WIDTH / POINT / len(block.text))
        self.centre(block.text, size, "biao", red=self.r.random() < 0.85)
        self.y += size * POINT + 10

    def set_issue_line(self, block: Block, _: list[Block]) -> None:
        self.y -= self.pitch * 0.5
        em = 16 * POINT
        size = 16 if wide(block.more + block.text, 16) < WIDTH - 4 * em else 12
        self.put(block.more, LEFT + em, size)
        self.put(block.text, RIGHT - em - wide(block.text, size), size)
        self.y += 9
        self.sheet.rules.append((LEFT, self.y, RIGHT, self.y + 0.5, True))
        self.y += self.pitch * 1.5

    def set_command(self, block: Block, _: list[Block]) -> None:
        self.y = TOP + 20
        self.centre(block.text, min(40.0, WIDTH / POINT / len(block.text)), "biao", red=True)
        self.y += 16 + 20

    def set_telegram(self, block: Block, _: list[Block]) -> None:
        name, level, number, chief = block.more
        self.y = TOP
        self.centre(block.text, 40, "biao", red=True, spread=8)
        self.y += 24
        self.put("发电单位", LEFT, 14)
        self.put(name, LEFT + 24, 14)
        self.put("签批盖章", LEFT + 96, 14)
        self.put(chief, LEFT + 120, 14, "kai")
        self.y += 12
        self.put("等级", LEFT, 14)
        self.put(level + self.r.choice(("", "·明电")), LEFT + 14, 14, "hei")
        self.put(number, LEFT + 52, 14)
        self.put("编号", LEFT + 134, 14)
        self.y += 8
        self.sheet.rules.append((LEFT, self.y, RIGHT, self.y + 0.5, True))
        self.y += 12

    def finish(self) -> None:
        """Page numbers, and what the world adds."""
        if self.footers:
            for at, sheet in enumerate(self.sheets, 1):
                if not (at == 1 and self.paper.style == "letter"):
                    text = f"— {at} —"
                    x = RIGHT - 20 if at % 2 else LEFT + 5
                    sheet.texts.append(Text(x, 269, 14, text, "song"))
        if self.running and len(self.sheets) > 1:
            for sheet in self.sheets:
                sheet.texts.append(Text(LEFT, 20, 9, "内部运转　注意保管", "song"))
        if self.r.random() < 0.06:
            first = self.sheets[0].texts
            first.append(
                Text(150, 14, 9, f"收文编号：{self.r.randint(100, 2000)}", "song", red=True)
            )
            first.append(Text(150, 19, 9, "收文日期：2026年12月30日", "song", red=True))


def shaped(text: str, most: int, r: Random) -> list[str]:
    """A title in lines of a trapezoid or a diamond."""
    if len(text) <= most:
        return [text]
    count = -(-len(text) // (most - 1))
    base = len(text) / count
    cuts, at = [], 0.0
    for number in range(count - 1):
        at += base + r.choice((-1.5, 0, 0.9)) * (1 if number == 0 else 0)
        cuts.append(min(round(at), len(text) - 2))
    lines, last = [], 0
    for cut in [*cuts, len(text)]:
        end = cut
        while end < len(text) and text[end] in "》）”、年号":
            end += 1
        lines.append(text[last:end])
        last = end
    return [line for line in lines if line]
