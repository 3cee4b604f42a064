"""Blocks as plain text, as copied out of a mail."""

from __future__ import annotations

from random import Random

from .compose import Paper


def write(paper: Paper, r: Random) -> bytes:
    """The file, in UTF-8 or GB18030."""
    out: list[str] = []
    for block in paper.blocks:
        indent = {
            "text": 2,
            "heading": 2,
            "note": 2,
            "sign": 14,
            "stamp": 14,
            "title": 4,
            "head": 5,
            "mast": 5,
            "number": 9,
        }.get(block.role, 0)
        lines = [block.text]
        if block.role == "head":
            lines = [
                name + (block.text if at == len(block.more) - 1 else "")
                for at, name in enumerate(block.more)
            ]
        elif block.role == "number and signer":
            lines = [f"{block.text}　　　　　　签发人：{'　'.join(block.more)}"]
        elif block.role == "attach":
            lines = [
                ("附件：" if at == 0 else "　　　")
                + (f"{at + 1}." if len(block.more) > 1 else "")
                + name
                for at, name in enumerate(block.more)
            ]
            indent = 2
        elif block.role == "sign":
            lines = [*block.more[0], block.text]
        elif block.role == "stamp":
            lines = [block.more, block.text]
        elif block.role == "annex":
            lines = [
                "",
                block.text,
                "　　　　" + block.more[0].strip("《》"),
                "　　第一条　为规范管理工作，制定本办法。",
            ]
        elif block.role in ("printed", "issue line"):
            lines = [f"{block.more}　　　　　　{block.text}"]
        elif block.role == "telegram":
            name, level, number, chief = block.more
            lines = [
                block.text,
                f"发电单位：{name}　　签批盖章：{chief}",
                f"等级：{level}　　{number}",
            ]
        out += ["　" * indent + line for line in lines]
        if r.random() < 0.3:
            out.append("")
    return "\n".join(out).encode(r.choice(("utf-8", "gb18030")))
