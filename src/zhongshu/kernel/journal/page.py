"""The head of a journal on paper: a line for the footer of the daily report, and a page."""

from __future__ import annotations

from datetime import date
from html import escape

from .verify import Head, head_code

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>日志头 {size}</title>
<style>
@page {{ size: A4; margin: 25mm }}
body {{ font: 12pt/1.7 "FangSong", "仿宋", serif; max-width: 160mm; margin: auto }}
h1 {{ font: 22pt "SimHei", "黑体", sans-serif; text-align: center }}
.code {{ font: 19pt monospace; text-align: center; border: 1px solid; padding: 4mm }}
.root {{ font-family: monospace; font-size: 10pt }}
small {{ font-size: 9pt }}
td {{ padding-right: 8mm; vertical-align: top }}
</style>
</head>
<body>
<h1>日志头留存页</h1>
<table>
<tr><td>单位</td><td>{office}</td></tr>
<tr><td>日期</td><td>{day}</td></tr>
<tr><td>日志编号</td><td class="root">{journal}</td></tr>
<tr><td>条数</td><td>{size}</td></tr>
<tr><td>末条时间</td><td>{last}</td></tr>
<tr><td>算法</td><td>{alg}</td></tr>
<tr><td>根</td><td class="root">{root}</td></tr>
</table>
<p class="code">{code}</p>
<p>请把本页交给本单位以外的人（如纪检、档案）保存。日后核对：索取日志导出文件，
在任何装有 Python 的电脑上运行 <code>python3 verify.py {size}:{code} &lt; 文件</code>。
头码不符，即此前 {size} 条记录中有被改、被删或被插入的。头码没有 0、1、B、I、L、O、S、U、Z，
末两位用来查抄写之误。</p>
<p><small>Head of the journal. Keep this page outside the office. To check later, ask for an export
and run the command above: if the code does not agree, one of the first {size} entries was changed,
removed or slipped in.</small></p>
<p>移交人：＿＿＿＿＿＿＿＿　　接收人：＿＿＿＿＿＿＿＿　　日期：＿＿＿＿＿＿＿＿</p>
</body>
</html>
"""


def footer(head: Head) -> str:
    """One line for the foot of the daily report."""
    return f"日志 {head.size} 条　头码 {head_code(head)}"


def page(head: Head, office: str, day: date, last: str) -> str:
    """A page of HTML to print, sign and give away; `last` is the time of the last entry."""
    root = " ".join(head.root[place : place + 8] for place in range(0, 64, 8))
    return PAGE.format(
        office=escape(office),
        day=day.isoformat(),
        journal=escape(head.journal),
        size=head.size,
        last=escape(last),
        alg=escape(head.alg),
        root=escape(root),
        code=head_code(head),
    )
