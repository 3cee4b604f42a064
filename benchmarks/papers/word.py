"""Blocks as DOCX, the way clerks type: styles or none, blanks for centring, tables for heads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from random import Random
from xml.sax.saxutils import escape

from .compose import Block, Paper
from .draw import shaped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


class Typist:
    """Types one paper."""

    def __init__(self, paper: Paper, r: Random) -> None:
        self.paper, self.r = paper, r
        self.body: list[str] = []
        self.blanks = r.random() < 0.35  # centres with blanks
        self.bare = r.random() < 0.25  # no sizes at all
        self.soft = r.random() < 0.3  # breaks a title with line breaks of one paragraph

    def type(
        self,
        text: str,
        *,
        size: float = 16,
        align: str = "",
        indent: float = 0,
        red: bool = False,
        bold: bool = False,
        before: str = "",
    ) -> None:
        """One paragraph."""
        if self.blanks and align == "center":
            align, before = "", "　" * max(0, round((28 - len(text)) / 2)) if len(text) < 26 else ""
        if self.blanks and align == "right":
            align, before = "", "　" * max(0, 26 - len(text))
        layout = f'<w:jc w:val="{align}"/>' if align else ""
        layout += (
            f'<w:ind w:firstLineChars="{round(indent * 100)}" w:firstLine="{round(indent * 320)}"/>'
            if indent and not self.blanks
            else ""
        )
        if indent and self.blanks:
            before = "　" * round(indent)
        self.body.append(
            f"<w:p><w:pPr>{layout}</w:pPr>{self.runs(before + text, size, red=red, bold=bold)}</w:p>"
        )

    def runs(self, text: str, size: float, *, red: bool = False, bold: bool = False) -> str:
        """Runs of one look; long text in several, as spell checkers leave it."""
        look = "" if self.bare else f'<w:sz w:val="{round(size * 2)}"/>'
        look = ("<w:b/>" if bold else "") + ('<w:color w:val="FF0000"/>' if red else "") + look
        pieces = [text]
        if len(text) > 12 and self.r.random() < 0.4:
            cut = self.r.randint(3, len(text) - 3)
            pieces = [text[:cut], text[cut:]]
        return "".join(
            f"<w:r><w:rPr>{look}</w:rPr>"
            + "<w:br/>".join(
                f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in piece.split("\n")
            )
            + "</w:r>"
            for piece in pieces
        )

    def table(self, rows: Sequence[Sequence[str]], size: float = 12) -> None:
        """A table."""
        body = "".join(
            "<w:tr>"
            + "".join(f"<w:tc><w:tcPr/><w:p>{self.runs(cell, size)}</w:p></w:tc>" for cell in row)
            + "</w:tr>"
            for row in rows
        )
        self.body.append(f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl>")

    def empty(self, times: int = 1) -> None:
        """Blank paragraphs."""
        self.body += ["<w:p/>"] * times

    def run(self) -> bytes:
        """The file."""
        for block in self.paper.blocks:
            getattr(self, "type_" + block.role.replace(" ", "_"))(block)
        parts = {
            "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(self.body)}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/></w:sectPr></w:body></w:document>',
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in parts.items():
                made.writestr(zipfile.ZipInfo(name), content)
        return out.getvalue()

    def type_page(self, _block: Block) -> None:
        self.body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def type_above(self, block: Block) -> None:
        self.type(block.text, size=12)

    def type_copy(self, block: Block) -> None:
        self.type(block.text)

    def type_urgency(self, block: Block) -> None:
        self.type(block.text, bold=True)

    def type_head(self, block: Block) -> None:
        red = self.r.random() < 0.9
        if len(block.more) > 1 and block.text:
            if self.r.random() < 0.5:
                self.table([["\n".join(block.more), block.text]], 30)
            else:
                for at, name in enumerate(block.more):
                    self.type(
                        name + (block.text if at == len(block.more) - 1 else ""),
                        size=30,
                        align="center",
                        red=red,
                    )
        else:
            for name in block.more:
                self.type(name + block.text, size=36, align="center", red=red)
        self.empty(2)

    def type_number(self, block: Block) -> None:
        self.type(block.text, align="right" if self.paper.style == "letter" else "center")
        self.empty()

    def type_plain_number(self, block: Block) -> None:
        self.type(block.text, align="center")

    def type_number_and_signer(self, block: Block) -> None:
        names = "　".join(f"{n[0]}　{n[1]}" if len(n) == 2 else n for n in block.more)
        if self.r.random() < 0.5:
            self.table([[block.text, "签发人：" + names]], 16)
        else:
            self.type(f"{block.text}　　　　　　签发人：{names}")
        self.empty()

    def type_title(self, block: Block) -> None:
        lines = shaped(block.text, 20, self.r)
        size = self.r.choice((22, 22, 18, 16))
        if self.soft:
            self.type("\n".join(lines), size=size, align="center", bold=size < 20)
        elif self.r.random() < 0.5:
            self.type(block.text, size=size, align="center", bold=size < 20)
        else:
            for line in lines:
                self.type(line, size=size, align="center", bold=size < 20)
        self.empty(self.r.choice((0, 1)))

    def type_under(self, block: Block) -> None:
        self.type(block.text, align="center")

    def type_address(self, block: Block) -> None:
        self.type(block.text)

    def type_text(self, block: Block) -> None:
        self.type(block.text, indent=2)

    def type_heading(self, block: Block) -> None:
        self.type(block.text, indent=2, bold=True)

    def type_attach(self, block: Block) -> None:
        self.empty()
        names = block.more
        for at, name in enumerate(names, 1):
            mark = f"{at}." if len(names) > 1 else ""
            self.type(("附件：" if at == 1 else "") + mark + name, indent=2 if at == 1 else 5)

    def type_sign(self, block: Block) -> None:
        self.empty(2)
        organs, _ = block.more
        if len(organs) == 2 and self.r.random() < 0.4:
            self.type("　　　　".join(organs), indent=2)
        else:
            for name in organs:
                self.type(name, align="right")
        self.type(block.text + "　　", align="right")

    def type_stamp(self, block: Block) -> None:
        self.empty(2)
        self.type(block.more, align="right")
        self.type(block.text, align="right")

    def type_note(self, block: Block) -> None:
        self.type(block.text, indent=2)

    def type_annex(self, block: Block) -> None:
        name, table = block.more
        self.body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        self.type(block.text, bold=True)
        self.type(name.strip("《》"), size=22, align="center")
        if table:
            self.table(
                (("序号", "单位", "责任人", "完成时限"), ("1", "规划科", "王建国", "2026年6月30日"))
            )
        else:
            self.type(
                "第一条　为规范管理工作，制定本办法。请各单位于每年12月31日前报送年度情况。",
                indent=2,
            )

    def type_copied(self, block: Block) -> None:
        self.type(block.text, size=14)

    def type_printed(self, block: Block) -> None:
        if self.r.random() < 0.4:
            self.table([[block.more, block.text]], 14)
        else:
            self.type(f"{block.more}　　　　　　{block.text}", size=14)

    def type_mast(self, block: Block) -> None:
        self.type(block.text, size=36, align="center", red=True)

    def type_issue_line(self, block: Block) -> None:
        self.type(f"{block.more}　　　　　　　　{block.text}")

    def type_command(self, block: Block) -> None:
        self.type(block.text, size=36, align="center", red=True)

    def type_telegram(self, block: Block) -> None:
        name, level, number, chief = block.more
        self.type(block.text, size=36, align="center", red=True)
        self.table([["发电单位", name, "签批盖章", chief], ["等级", level, number, "编号"]], 14)


def write(paper: Paper, r: Random) -> bytes:
    """The file."""
    return Typist(paper, r).run()
