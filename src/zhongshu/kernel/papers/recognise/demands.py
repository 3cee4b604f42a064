"""What is asked, and by when. 事项要求与时限.

The regulation fixes no number of days; they come from the paper (article 24(4)). A day without a
year is read from the day of the paper; a term that runs from receipt has no day yet. [derived]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from zhongshu.kernel.papers.reading import Due

from . import dates
from .sentences import Sentence

N = r"[一二两三四五六七八九十\d]{1,3}"
WEEKDAY = r"(?:\([^)]{1,8}\)|(?:星期|周)[一二三四五六日天])?"
HOUR = r"(?:上午|下午|中午|晚上|晚)?(?:\d{1,2}[:时点](?:\d{1,2}分?|整|半)?)?(?:下班)?"
BEFORE = rf"{WEEKDAY}{HOUR}(?:之?前|以前|止|截止|内)"
YEAR = r"(?:(?P<y>(?:19|20)\d\d|今|本|明|次)年)?"
MONTH = rf"(?:(?P<m>{N})|(?P<rel>本|当|下|次)个?)月(?:份)?"
UNIT = "(?:工作日|自然日|日|天|周|个?月|小时)(?:之?内|以内)"
MONTH_DAY = re.compile(rf"{YEAR}{MONTH}(?P<d>{N})[日号]{BEFORE}")
UNTIL = re.compile(
    r"(?:截止|截至|截止到|止于|最迟|不晚于|限于?|务必于|延长至|期限为|时限为|完成时限|报送时限)"
    rf"(?:时间|日期|期限)?[^。;\d]{{0,8}}?{YEAR}(?P<m>{N})月(?P<d>{N})[日号]"
)
MONTH_END = re.compile(rf"{YEAR}{MONTH}(?P<part>底|末|中旬|上旬|下旬|中)?(?:之?前|以前)")
YEAR_END = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d|今|本|明|次)年|(?<!\d)年)年?(?P<part>底|末|内|中)(?:之?前|以前)?"
)
WEEK = re.compile(rf"(?P<rel>本|这|下)(?:周|星期)(?P<d>[一二三四五六日天末]){BEFORE}")
NEXT = re.compile(rf"(?P<rel>今|当|明|后|次)[日天]{BEFORE}")
TERM = re.compile(
    rf"(?:收到|接到|接|自|在)[^。;,]{{0,24}}(?:之?日起|之?后|起|之时起)的?{N}个?{UNIT}|{N}个?{UNIT}"
)
ISSUED = re.compile(
    r"自?(?:本|此)?[^。;,]{0,8}(?:印发|发文|发布|公布|签发)之?日起的?"
    rf"(?P<n>{N})个?(?P<unit>日|天|自然日|月|个月|年)(?:之?内|以内)"
)
FORMS = (MONTH_DAY, UNTIL, WEEK, NEXT, MONTH_END, YEAR_END)
PAST = re.compile(
    r"已于|已经|曾于|(?:截至|截止)[^。;,]{0,20}(?:日|月底)?,?(?:全[市县区省]|共|累计|已)|之?前已"
)
WEEKDAYS = "一二三四五六日"
LONGEST = 1000  # letters of a sentence that says by when
LATER = 120  # days by which a day without a year may lie back before it means the next year

ASKS = re.compile(
    r"请|务必|妥否|[希盼]望|望(?:各|你|贵|能|予|给予|大力|积极|认真|切实|即|遵照|周知|支持)|"
    r"盼[复予]|限于|应当?于|须于|须在|需在|报送|上报|反馈|"
    r"各[^,。;:要]{1,16}(?<![主重需纪摘必概简])要(?![求点素件闻])|要(?:于|在|将|认真|切实|严格|高度|进一步|加强|及时|按照|结合|组织|迅速|立即)|"
    r"(?:申请|恳请|拟请|提请|商请|函请|敬请|呈请|报请|建议)(?!人|书|表|材料|条件|单位|者)"
)
QUOTED = re.compile(r"<[^<>]{0,80}>")
TOLD = re.compile(r"(?:[未依经已曾]|有权)申请")  # speaks of an application, makes none
NO_ASK = re.compile(
    r"申请(?:人|书|表|材料|条件)|请示(?:收悉|及|已|》|$)|《[^》]*请示|邀请了|请假制度|"
    r"^(?:根据|按照)[^,]*请示[^,]*,(?!.*请)|来函收悉|的请示[^,。;]{0,25}收悉"
)
COURTESY = re.compile(
    r"^(?:特此|此复|此函)[^,请]*$|^[^请]*(?:通知|通报|通告|报告|公告|函告|汇报)如下[:。]?$|谢谢|如有(?:疑问|问题)|未尽事宜|请知[悉照]|请周知|敬请知悉|请参阅"
)


def due(sentence: Sentence, today: date | None) -> Iterator[Due]:
    """Each day by which a sentence wants something, the day itself where it can be known."""
    shape = sentence.plain
    if PAST.search(shape) or len(shape) > LONGEST:
        return
    taken: list[tuple[int, int]] = []
    for form in FORMS:
        for found in form.finditer(shape):
            if form is UNTIL and _told(found, today):
                continue
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            day = _day(form, found, today)
            taken.append(found.span())
            if day is None and today is not None:
                continue
            yield Due(day, sentence.text)
    if not taken and (term := ISSUED.search(shape) or TERM.search(shape)):
        yield Due(_term(term, today), sentence.text)


def _told(found: re.Match[str], today: date | None) -> bool:
    """截至 with a day that has come says how things stood then, not by when they shall."""
    day = _day(UNTIL, found, today) if today and found[0].startswith("截至") else None
    return bool(today and day and day <= today)


def _term(found: re.Match[str], today: date | None) -> date | None:
    """The end of a term of plain days that runs from the day of the paper; others are not known."""
    named = found.groupdict()
    days = dates.number(named["n"]) if named.get("n") else None
    known = today is not None and days is not None and named["unit"] in ("日", "天", "自然日")
    return today + timedelta(days) if known and today and days is not None else None


def _day(form: re.Pattern[str], found: re.Match[str], today: date | None) -> date | None:
    """The day a form means, seen from the day of the paper."""
    named = found.groupdict()
    spelt = named.get("y")
    if today is None and not (spelt and spelt.isdigit()):
        return None
    if form is WEEK:
        return _week(named, today or date.min)
    if form is NEXT:
        ahead = {"今": 0, "当": 0, "明": 1, "次": 1, "后": 2}
        return (today or date.min) + timedelta(ahead[named["rel"]])
    year = _year(spelt, today)
    if form is YEAR_END:
        return dates.make(year, 12, 31) if named["part"] != "中" else dates.make(year, 6, 30)
    return _in_month(named, year, today)


def _week(named: dict[str, str], today: date) -> date:
    """A day of this week or the next."""
    last = WEEKDAYS.find(named["d"].replace("天", "日").replace("末", "日"))
    monday = today - timedelta(today.weekday())
    return monday + timedelta(last + 7 * (named["rel"] == "下"))


def _year(spelt: str | None, today: date | None) -> int:
    """The year meant; that of the paper where none is said."""
    if spelt and spelt.isdigit():
        return int(spelt)
    return (today or date.min).year + (spelt in ("明", "次"))


def _in_month(named: dict[str, str], year: int, today: date | None) -> date | None:
    """A day, or the end of a part, of a month."""
    month = dates.number(named["m"]) if named.get("m") else None
    if month is None and today is not None:
        month = today.month + (named.get("rel") in ("下", "次"))
        year, month = (year + 1, 1) if month > 12 else (year, month)
    spelt = named.get("d")
    if spelt:
        day = dates.make(year, month, dates.number(spelt))
    else:
        day = _part(year, month, named.get("part"))
    if day and today and not named.get("y") and (today - day).days > LATER:
        return dates.make(day.year + 1, day.month, day.day)
    return day


def _part(year: int, month: int | None, part: str | None) -> date | None:
    """The last day of a part of a month."""
    first = dates.make(year, month, 1)
    if first is None:
        return None
    if part in ("上旬", "中旬", "中"):
        return first.replace(day={"上旬": 10, "中旬": 20, "中": 15}[part or ""])
    if part is None:  # "3月前" is before the month begins
        return first - timedelta(1)
    return (first + timedelta(31)).replace(day=1) - timedelta(1)


def request(sentence: Sentence) -> bool:
    """Whether a sentence asks somebody to do something."""
    shape = TOLD.sub("", QUOTED.sub("", sentence.plain))
    return bool(ASKS.search(shape)) and not NO_ASK.search(shape) and not COURTESY.search(shape)
