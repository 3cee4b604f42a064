"""What stands in the head of a paper, line by line: everything above its title. 版头.

GB/T 9704-2012, 7.2 and 10 [must]: copy number, urgency, red head, number, signers; letters,
commands and minutes have heads of their own. Telegrams, bulletins and faxes follow the unit's
own forms. [unit]
"""

from __future__ import annotations

import re

from zhongshu.kernel.papers.reading import Number

from . import dates, number, organs
from .rows import Row, columns
from .shape import HAN, plain

LETTERS = re.compile(f"[{HAN}]")  # a line without them is a name in another language
URGENCY = re.compile(
    r"(?:\d{6,7})?(?:(?:紧急程度|缓急程度|等级|缓急|急度)[:]?)?"
    r"[\[(]?(?P<level>特提|特急|加急|平急|急件|特件|限时件?)"
    r"[\])]?(?:件)?(?:[.·•-]?(?P<wire>明电|明码电报|电报|传真))?"
)
# Before a number on one line of a telegram
LEVEL_FIRST = re.compile(
    r"(?:等级|紧急程度|缓急)[:]?(?P<level>特提|特急|加急|平急)(?:[.·•-]?(?:明电|电报))?"
)
BEFORE_NUMBER = re.compile(
    r"(?:份号[:]?|No\.?)?(?:\d{6}(?=\D))?(?:(?:等级|紧急程度|缓急)[:]?)?"
    r"(?:(?P<level>特提|特急|加急|平急)(?:[.·•-]?(?:明电|电报))?)?"
)
COPY_FIRST = re.compile(r"^\d{3,6}(?=\D)")
PIECE_OF_NUMBER = re.compile(rf"[{HAN}]{{1,12}}[\[(]\d{{4}}[\])]|\d{{0,4}}号")
GLUED = re.compile(
    r"(?P<label>发电单位|发往单位|发文单位|收电单位)(?P<value>.+?)(?:(?:签批)?盖章.*)?"
)
COPY_NUMBER = re.compile(r"(?:份号[:]?|No\.?|№)?\d{6,7}(?:号)?|第\d+份")
SIGNER = re.compile(r"签发人?[:](?P<names>.*)")
# The words behind the organ in a red head
MARK = re.compile(
    r"(?:文件|公文|公函|函|通知书|令|命令|公告|通告|公报|议案|决议|明电|电报|内部明电|传真电报|传真"
    r"|发电|便函|便笺|笺|督办通知|督查通知|交办通知|收发文|专用笺|会议通知|纪要|会议纪要|工作通报)"
)
MASTHEAD = re.compile(
    rf"[{HAN}A-Za-z0-9()·“”]{{1,24}}?"
    "(?:简报|信息|专报|快报|动态|通讯|参阅|内参|纪要|要情|摘报|督查通报|工作交流)"
)
FIELDS = (
    "发电单位|发往单位|发文单位|发电机关|发文机关|发布机构|来文单位|报送单位|"
    "呈报单位|签批盖章|签批|盖章|等级|编号|机发|中机发|机号|页数|共|收件人|"
    "收件单位|收件|收文单位|收电单位|收报单位|发件人|发件|发件单位|传真|传真号|"
    "电话|联系电话|联系人|主题|事由|标题|文件标题|公文标题|索引号|主题分类|"
    "主题词|发布日期|成文日期|发文日期|公开日期|有效性|文号|发文字号|密级|日期|"
    "时间|拟稿|拟稿人|拟稿单位|核稿|校对|缮校|承办单位|主办单位|公开方式|"
    "公开属性|主送|抄送|主编|责任编辑|编辑|审核|签发|分类|总第|期数|呈送|报|"
    "送|发|分送|印数|字数|来源|信息来源|稿源|作者|浏览次数|浏览量|阅读次数|阅读量|点击数|点击量|"
    "访问量|发布时间|发文时间|字体|字号"
)
FIELD = re.compile(rf"(?P<label>{FIELDS})(?:\(?[:])(?P<value>.*)")
ALONE = re.compile(FIELDS)
TITLED = ("主题", "事由", "标题", "文件标题", "公文标题")
SENT_BY = (
    *("发电单位", "发文单位", "发电机关", "发文机关", "发布机构", "来文单位"),
    *("报送单位", "呈报单位", "发件单位", "发件"),
)
EDITED = re.compile(r"(?:编印|主办|编发|编辑|编|印发|印)$")


def urgency(text: str) -> str:
    """The level a piece of text marks; empty when it is no such mark."""
    found = URGENCY.fullmatch(plain(text))
    return found["level"] if found else ""


def pieces(row: Row) -> list[str]:
    """The row as a whole, and what stands apart on it."""
    apart = columns(row)
    return [row.text, *apart] if len(apart) > 1 else [row.text]


def numbered(piece: str) -> tuple[str, Number] | None:
    """The number that a piece is, with its form; a level before it and a signer behind aside."""
    shape = plain(piece)
    before = BEFORE_NUMBER.match(shape)
    start = before.end() if before else 0
    signer = SIGNER.search(shape)
    return number.parse(piece[start : signer.start() if signer else len(piece)])


def head_organs(text: str) -> tuple[str, ...]:
    """The organs of a red head: with 文件 or without."""
    text = COPY_FIRST.sub("", text)  # a copy number read as one line with the head
    shape = plain(text)
    if organs.is_name(text):
        return (text,)
    for size in range(min(6, len(shape) - 3), 0, -1):
        if MARK.fullmatch(shape[-size:]) and organs.is_name(text[:-size]):
            return (text[:-size],)
    return organs.names(text)


def fields(row: Row) -> list[tuple[str, str]]:
    """Labels with their values, as forms and telegrams have them: with a colon, or in two cells."""
    found: list[tuple[str, str]] = []
    apart = columns(row)
    for at, piece in enumerate(apart):
        shape = plain(piece)
        labelled = FIELD.fullmatch(shape)
        if labelled:
            found.append((labelled["label"], piece[labelled.start("value") :]))
        elif ALONE.fullmatch(shape) and at + 1 < len(apart):
            value = apart[at + 1]
            found.append((shape, "" if ALONE.fullmatch(plain(value)) else value))
        elif (glued := GLUED.fullmatch(shape)) and at == 0:
            found.append((glued["label"], piece[glued.start("value") : glued.end("value")]))
    return found


def is_field(row: Row) -> bool:
    """Whether a line is of a form."""
    return bool(fields(row))


def edited(row: Row) -> tuple[str, ...]:
    """The organ in the line of a bulletin or of minutes that also bears the day."""
    dated = any(dates.all_in(row.plain))
    for piece in columns(row):
        name = EDITED.sub("", plain(piece))
        text = piece[: len(name)]
        if organs.is_name(text) and (dated or len(name) < len(piece)):
            return (text,)
        starts = [start for _, start, _ in dates.all_in(name)]
        before = EDITED.sub("", text[: min(starts, default=0)])
        if organs.is_name(before):
            return (before,)
    return ()


def is_head(row: Row) -> bool:
    """Whether a line belongs to the head and cannot be of the title."""
    shape = row.plain
    if not LETTERS.search(shape) or PIECE_OF_NUMBER.fullmatch(shape):
        return True
    if (
        COPY_NUMBER.fullmatch(shape)
        or LEVEL_FIRST.match(shape)
        or SIGNER.search(shape)
        or urgency(row.text)
    ):
        return True
    if any(numbered(piece) or urgency(piece) for piece in pieces(row)):
        return True
    if row.red or is_field(row) or any(dates.whole(plain(piece)) for piece in pieces(row)):
        return True
    if edited(row):
        return True
    return bool(MARK.search(shape[-4:]) and head_organs(row.text) and not organs.is_name(row.text))
