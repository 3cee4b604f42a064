"""Papers as blocks, each with the truth about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from . import words

HAN_DIGITS = "〇一二三四五六七八九"
FIELDS = ("title", "issuer", "number", "number_normalised", "kind", "urgency", "addressee", "copied_to",
          "signer", "date", "attachments", "due_dates", "requests", "contact", "purpose")  # fmt: skip


@dataclass
class Block:
    """`role` says what it is and so how it looks; `text` may hold lines."""

    role: str
    text: str
    more: Any = None


@dataclass
class Paper:
    """Blocks in order, and what is to be found."""

    blocks: list[Block] = field(default_factory=list)
    truth: dict[str, Any] = field(default_factory=dict)
    style: str = "general"

    def add(self, role: str, text: str, more: Any = None) -> None:
        """One more block."""
        self.blocks.append(Block(role, text, more))


@dataclass
class Sender:
    """Who writes, and from where."""

    name: str
    code: str
    where: str


def han_day(day: date) -> str:
    """A day in Chinese numerals."""

    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else HAN_DIGITS[tens]) + "十" if tens else ""
        return head + (HAN_DIGITS[ones] if ones else "")

    return (
        "".join(HAN_DIGITS[int(sign)] for sign in str(day.year))
        + f"年{small(day.month)}月{small(day.day)}日"
    )


def spelt(day: date) -> str:
    """A day as the standard wants it."""
    return f"{day.year}年{day.month}月{day.day}日"


class Writer:
    """Writes one paper."""

    def __init__(self, r: Random) -> None:
        self.r = r
        where = words.place(r)
        name, code = words.organ(r, where)
        self.sender = Sender(name, code, where)
        self.day = date(r.choice((2025, 2026, 2026)), 1, 1) + timedelta(r.randrange(355))
        self.subject = r.choice(words.SUBJECTS)
        self.paper = Paper()
        self.due: list[str | None] = []
        self.requests: list[str] = []
        self.body: list[str] = []

    # ---- numbers

    def number(self, word: str = "发", code: str = "") -> tuple[str, str]:
        """Verbatim and normalised; some are irregular."""
        r, code = self.r, (code or self.sender.code) + word
        serial = r.randint(1, 320)
        normal = f"{code}〔{self.day.year}〕{serial}号"
        odd = r.random()
        if odd < 0.72:
            return normal, normal
        left, right = r.choice(
            (("[", "]"), ("（", "）"), ("(", ")"), ("【", "】"), ("［", "］"), ("〔", "〕"))
        )
        first = r.choice(("", "", "第"))
        spelt_serial = r.choice((str(serial), f"{serial:02d}", f"{serial:03d}"))
        if r.random() < 0.2:
            spelt_serial = str(serial).translate(
                str.maketrans("0123456789", "０１２３４５６７８９")
            )
        gap = r.choice(("", "", " "))
        end = "号" if r.random() < 0.9 or first else ""
        return f"{code}{left}{self.day.year}{right}{gap}{first}{spelt_serial}{end}", normal

    # ---- sentences

    def fill(self, times: int) -> None:
        """Sentences that ask nothing."""
        r, place = self.r, self.sender.where
        other, code = words.organ(r)
        past = self.day - timedelta(r.randint(20, 200))
        pool = [
            f"近年来，{place}{self.subject}工作取得明显成效，但仍存在基础薄弱、责任不实、投入不足等问题。",
            f"根据《{r.choice(words.LAWS)}》和《{other}关于推进{self.subject}工作的意见》（{code}发〔{past.year}〕{r.randint(1, 99)}号）精神，结合实际，制定了具体措施。",
            f"{spelt(past)}，{other}组织了专题调研，共走访{r.randint(3, 40)}个点位，形成问题清单{r.randint(5, 90)}条。",
            f"截至{past.month}月底，累计完成投资{r.randint(100, 9000)}万元，占年度计划的{r.randint(30, 99)}.{r.randint(0, 9)}%。",
            f"本措施自{spelt(self.day + timedelta(30))}起施行。",
            f"项目概算总投资{r.randint(100, 9999)}万元，其中中央资金{r.randint(10, 99)}万元，其余由地方配套解决。",
            f"经{place}人民政府同意，现将有关情况通报如下。",
            "各级各部门思想统一、步调一致，形成了齐抓共管的工作格局。",
            f"目前，全{place[-1]}已有{r.randint(10, 99)}座小型水库完成安全鉴定，“智慧监管”平台V2.0上线运行。",
        ]
        r.shuffle(pool)
        self.body += pool[:times]

    def ask(self, sentence: str) -> str:
        """A sentence that asks."""
        self.requests.append(sentence)
        return sentence

    def deadline(self) -> str:
        """A sentence with a day; the day goes into the truth."""
        r, day = self.r, self.day
        ahead = day + timedelta(r.randint(4, 60))
        what = r.choice(
            (
                "自查报告",
                "工作总结和统计表（见附件）",
                "责任人名单",
                "整改落实情况",
                "书面意见（加盖公章）",
                "实施方案",
            )
        )
        office = r.choice(
            ("我局办公室", self.sender.name, "我局规划科", "联系人邮箱lianxi@example.cn")
        )
        month_end = (ahead.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1)
        friday = day + timedelta(4 - day.weekday())
        forms: list[tuple[str, str | None]] = [
            (f"请于{spelt(ahead)}前将{what}报送{office}。", ahead.isoformat()),
            (
                f"请于{ahead.month}月{ahead.day}日（星期{'一二三四五六日'[ahead.weekday()]}）下班前将{what}报{office}。",
                ahead.isoformat(),
            ),
            (
                f"请各单位务必于{ahead.month}月{ahead.day}日17：00前反馈{what}，逾期视为无意见。",
                ahead.isoformat(),
            ),
            (
                f"各单位要于{month_end.year}年{month_end.month}月底前完成整改，并将{what}报送{office}。",
                month_end.isoformat(),
            ),
            (
                f"请在收到本{r.choice(('通知', '文件', '函'))}之日起{r.choice(('5', '10', '十五', '三'))}个工作日内将{what}报{office}。",
                None,
            ),
            (f"报名截止时间为{ahead.month}月{ahead.day}日，请按时提交{what}。", ahead.isoformat()),
        ]
        if day.weekday() < 4:
            forms.append((f"请于本周五下班前将{what}报{office}。", friday.isoformat()))
        sentence, due = r.choice(forms)
        self.due.append(due)
        return self.ask(sentence)

    # ---- parts

    def head(self, organs: list[str], word: str = "文件", style: str = "general") -> None:
        """Red head and what may stand above it."""
        r, paper = self.r, self.paper
        if r.random() < 0.12:
            paper.add("copy", f"{r.randint(1, 300):06d}")
        if r.random() < 0.25:
            level = r.choice(("特急", "加急"))
            paper.truth["urgency"] = level
            paper.add("urgency", r.choice((level, f"{level[0]}　{level[1]}")))
        paper.style = style
        paper.add("head", word, organs)

    def title(self, text: str) -> None:
        """The title; truth is the text without breaks."""
        self.paper.truth["title"] = text
        self.paper.add("title", text)

    def addressees(self) -> list[str]:
        """Whom one writes to downward."""
        r, where = self.r, self.sender.where
        return r.choice(
            (
                ["各县（市、区）人民政府", "市政府各部门、各直属机构"],
                [f"各县（市、区）{self.sender.name.removeprefix(where)}", "局属各单位"],
                ["各乡镇人民政府", "各街道办事处", "县直各单位"],
                ["局机关各科室", "局属各单位"],
                [words.organ(r, where)[0], words.organ(r, where)[0]],
                [f"{c}人民政府" for c in r.sample(words.COUNTIES, 3)],
                [
                    "各县（区）防汛抗旱指挥部",
                    "市防汛抗旱指挥部各成员单位",
                    "各大中型水库管理单位",
                    "市水务集团有限公司",
                ],
            )
        )

    def address(self, names: list[str]) -> None:
        """The line under the title."""
        split: list[str] = []
        for name in names:
            split += name.split("、") if "（" not in name and "、" in name else [name]
        self.paper.truth["addressee"] = split
        self.paper.add("address", "，".join(names) + "：")

    def paragraphs(self) -> None:
        """The body, a sentence or more a paragraph."""
        r, body = self.r, list(self.body)
        numbered = r.random() < 0.5 and len(body) > 2
        heads = iter("一二三四五六七八九")
        while body:
            take = r.randint(1, 2)
            text = "".join(body[:take])
            del body[:take]
            if numbered and r.random() < 0.8:
                name = r.choice(("总体要求", "主要任务", "有关要求", "工作安排", "保障措施"))
                if r.random() < 0.5:
                    self.paper.add("heading", f"{next(heads)}、{name}")
                else:
                    text = f"{next(heads)}、{name}。{text}"
            self.paper.add("text", text)
        self.paper.truth["due_dates"] = self.due
        self.paper.truth["requests"] = self.requests

    def attach(self, most: int = 4) -> None:
        """A list of annexes, some long."""
        r, where = self.r, self.sender.where
        pool = [
            f"{self.subject}责任分工表",
            f"{where}{self.subject}工作领导小组组成人员名单",
            f"{self.day.year}年度{self.subject}项目资金安排明细表（含中央和省级补助、市县配套及社会投入部分）",
            "参会回执",
            f"《{where}{self.subject}管理办法（试行）》",
            f"{self.subject}自查情况统计表（1—6月）",
            "填表说明",
        ]
        names = r.sample(pool, r.randint(1, most))
        self.paper.add("attach", "", names)
        self.paper.truth["attachments"] = [
            name[1:-1] if name.startswith("《") and name.endswith("》") else name for name in names
        ]

    def sign(
        self, organs: list[str], *, chinese: bool | None = None, seal: bool | None = None
    ) -> None:
        """Signature and day."""
        r = self.r
        chinese = r.random() < 0.08 if chinese is None else chinese
        seal = r.random() < 0.7 if seal is None else seal
        self.paper.truth["date"] = self.day.isoformat()
        text = han_day(self.day) if chinese else spelt(self.day)
        self.paper.add("sign", text, (organs, seal))

    def contact(self, *, note: bool) -> None:
        """Whom to ask."""
        r, name, number = self.r, words.person(self.r), words.phone(self.r)
        self.paper.truth["contact"] = {
            "name": name,
            "phone": number.replace("（", "(").replace("）", ")"),
        }
        forms = (
            f"联系人：{name}，联系电话：{number}",
            f"联系人：{name}　电话：{number}",
            f"联系人及电话：{name}，{number}",
            f"联系人：{name}；电话：{number}",
            f"联系人：{self.sender.where}{r.choice(('规划科', '办公室'))}{name}，{number}"
            if r.random() < 0.2
            else f"联 系 人：{name}，联系电话：{number}",
        )
        text = r.choice(forms)
        if note:
            self.paper.add("note", f"（{text}）")
        else:
            self.paper.add("text", text + r.choice(("。", "")))

    def publicity(self) -> None:
        """A note on publicity."""
        self.paper.add(
            "note",
            self.r.choice(
                ("（此件公开发布）", "（此件主动公开）", "（此件依申请公开）", "（此件不予公开）")
            ),
        )

    def annex(self, *, table: bool = True) -> None:
        """The annexes themselves, on pages of their own."""
        names = self.paper.truth.get("attachments") or []
        for at, name in enumerate(names, 1):
            self.paper.add(
                "annex",
                "附件" + (str(at) if len(names) > 1 else ""),
                (name, table and self.r.random() < 0.6),
            )

    def imprint(self, office: str = "", *, copies: bool = True) -> None:
        """Copied to, printed by."""
        r, where = self.r, self.sender.where
        if copies and r.random() < 0.75:
            names = r.sample([f"{where[-1]}委办公室", f"{where[-1]}人大常委会办公室", f"{where[-1]}政协办公室", words.organ(r, where)[0],
                              f"{r.choice(words.PROVINCES)}水利厅", words.organ(r)[0], f"{where}人民政府"], r.randint(1, 6))  # fmt: skip
            names = list(dict.fromkeys(names))
            self.paper.truth["copied_to"] = names
            self.paper.add("copied", "抄送：" + r.choice(("，", "、", "，")).join(names) + "。")
        if r.random() < 0.85:
            printed = self.day + timedelta(r.randint(0, 4))
            self.paper.add(
                "printed", spelt(printed) + "印发", office or self.sender.name + "办公室"
            )


def down(w: Writer, kind: str) -> None:
    """通知 决定 通报 意见 公告 通告, with all their variants."""
    r, s = w.r, w.sender
    joint = kind in ("通知", "意见") and r.random() < 0.2
    organs = [s.name]
    if joint:
        while len(organs) < r.choice((2, 2, 3)):
            other = words.organ(r, s.where)[0]
            organs += [other] if other not in organs else []
    plain = r.random() < 0.14
    letter = not plain and not joint and kind in ("通知", "批复") and r.random() < 0.15
    number, normal = w.number("办函" if letter else r.choice(("发", "办发", "字", "")))
    if not plain:
        w.head(organs, "" if letter else "文件", "letter" if letter else "general")
        w.paper.add("number", number)
        w.paper.truth |= {"number": number, "number_normalised": normal}
    elif r.random() < 0.3:
        w.paper.add("plain number", number)
        w.paper.truth |= {"number": number, "number_normalised": normal}
    title = {
        "通知": r.choice(
            (
                f"关于做好{w.subject}工作的通知",
                f"关于印发《{s.where}{w.subject}实施方案》的通知",
                f"关于开展{w.subject}情况“回头看”的紧急通知",
                f"关于召开全{s.where[-1]}{r.choice(words.MEETINGS)}会议的通知",
                f"关于转发《{r.choice(words.PROVINCES)}水利厅关于进一步加强{w.subject}工作的通知》的通知",
                f"转发{r.choice(words.PROVINCES)}财政厅关于下达{w.day.year}年{w.subject}补助资金预算文件的通知",
                f"关于调整{s.where}{w.subject}工作领导小组组成人员及有关工作机制、会议制度、联络员安排的通知",
            )
        ),
        "决定": f"关于表彰{w.day.year - 1}年度{w.subject}工作先进集体和先进个人的决定",
        "通报": f"关于{w.day.year - 1}年{w.subject}工作情况的通报",
        "意见": f"关于进一步加强{w.subject}工作的{r.choice(('', '若干', '实施'))}意见",
        "公告": f"关于{w.subject}有关事项的公告",
        "通告": f"关于{w.subject}期间实行交通管制的通告",
        "公报": f"{w.day.year - 1}年{s.where}{w.subject}工作统计公报",
        "决议": f"关于{w.day.year - 1}年{w.subject}工作情况报告的决议",
        "批复": f"关于{w.subject}项目初步设计报告的批复",
    }[kind]
    if r.random() < 0.35 and not joint and kind != "公报":
        title = s.name + title
    if r.random() < 0.06:
        title += r.choice(("（试行）", "（征求意见稿）"))
    w.title(title)
    w.paper.truth |= {"issuer": "、".join(organs), "kind": kind}
    if kind not in ("公告", "通告", "公报", "决议"):
        w.address([f"{r.choice(words.COUNTIES)}水利局"] if kind == "批复" else w.addressees())
    if kind == "批复":
        w.body.append(
            f"你局《关于{w.subject}项目初步设计报告的请示》（青水〔{w.day.year}〕{r.randint(1, 80)}号）收悉。经研究，现批复如下。"
        )
    w.fill(r.randint(2, 6))
    information = kind in ("公报", "决议", "通报", "公告", "通告", "决定", "批复")
    if not information:
        if "会议" in title:
            meet = w.day + timedelta(r.randint(5, 12))
            w.body.append(
                f"定于{spelt(meet)}（星期{'一二三四五六日'[meet.weekday()]}）上午9：00在{s.where}会议中心召开全{s.where[-1]}会议，会期半天。"
            )
            w.body.append(w.ask("请各单位主要负责同志参加会议，原则上不得请假。"))
        for _ in range(r.choice((0, 1, 1, 2))):
            w.body.append(w.deadline())
        if r.random() < 0.5 or not w.requests:
            w.body.append(
                w.ask(
                    r.choice(
                        (
                            "请认真贯彻执行。",
                            "请结合实际，认真抓好落实。",
                            "请高度重视，切实加强组织领导。",
                        )
                    )
                )
            )
    w.paper.truth["purpose"] = "information" if information else "action"
    w.paragraphs()
    if not information and r.random() < 0.45:
        w.contact(note=False)
    if kind in ("公告", "通告", "通知") and r.random() < 0.3:
        w.paper.add("text", f"特此{kind}。")
    if r.random() < 0.45 or "印发" in title:
        w.attach()
    w.sign(organs)
    if r.random() < 0.4:
        w.publicity()
    if r.random() < 0.6:
        w.annex()
    if not plain and not letter:
        w.imprint()


def up(w: Writer, kind: str) -> None:
    """请示 and 报告, and 意见 upward: signers."""
    r, s = w.r, w.sender
    number, normal = w.number(r.choice(("报", "请", "发", "")))
    signers = [words.person(r) for _ in range(r.choice((1, 1, 1, 2, 3)))]
    organs = [s.name]
    if len(signers) > 1:
        while len(organs) < len(signers):
            other = words.organ(r, s.where)[0]
            organs += [other] if other not in organs else []
    w.head(organs, r.choice(("文件", "文件", "")))
    w.paper.add("number and signer", number, signers)
    title = {
        "请示": f"关于解决{w.subject}经费的请示",
        "报告": r.choice(
            (
                f"关于{w.day.year}年{w.subject}工作情况的报告",
                f"关于报送{w.subject}整改落实情况的报告",
            )
        ),
        "意见": f"关于加快推进{w.subject}工作的意见",
    }[kind]
    title = s.name + title if r.random() < 0.4 and len(organs) == 1 else title
    w.title(title)
    w.paper.truth |= {
        "number": number, "number_normalised": normal, "signer": signers, "issuer": "、".join(organs), "kind": kind,
        "purpose": "action" if kind == "请示" else "information",
    }  # fmt: skip
    w.address(
        [
            r.choice(
                (f"{s.where}人民政府", f"{r.choice(words.PROVINCES)}水利厅", f"中共{s.where}委员会")
            )
        ]
    )
    w.fill(r.randint(2, 5))
    if kind == "请示":
        w.body.append(
            w.ask(
                f"为保障工作顺利开展，恳请安排专项经费{r.randint(10, 900)}万元，列入{w.day.year}年财政预算。"
            )
        )
        w.body.append(
            w.ask(r.choice(("妥否，请批示。", "当否，请批复。", "以上请示妥否，请批复。")))
        )
    elif kind == "意见":
        w.body.append(w.ask("以上意见如无不妥，请批转各地各部门执行。"))
        w.paper.truth["purpose"] = "action"
    else:
        w.body.append("特此报告。")
    w.paragraphs()
    if r.random() < 0.4:
        w.attach(3)
    w.sign(organs)
    if kind == "请示" or r.random() < 0.3:
        w.contact(note=True)
    if r.random() < 0.5:
        w.annex()
    w.imprint()


def letter(w: Writer, kind: str = "函") -> None:
    """函, mostly in the format of letters."""
    r, s = w.r, w.sender
    number, normal = w.number("函")
    fmt = r.random() < 0.75
    w.head([s.name], "" if fmt else r.choice(("文件", "")), "letter" if fmt else "general")
    w.paper.add("number", number)
    reply = r.random() < 0.4
    other, code = words.organ(r)
    title = f"关于{'征求《' + s.where + w.subject + '管理办法（征求意见稿）》意见' if not reply else w.subject + '有关问题'}的{'复函' if reply else '函'}"
    title = s.name + title if r.random() < 0.3 else title
    w.title(title)
    w.paper.truth |= {"number": number, "number_normalised": normal, "issuer": s.name, "kind": "函"}
    w.address([other] if reply or r.random() < 0.5 else [other, words.organ(r, s.where)[0]])
    if reply:
        w.body.append(
            f"贵单位《关于商请支持{w.subject}工作的函》（{code}函〔{w.day.year}〕{r.randint(1, 50)}号）收悉。经研究，我局无不同意见。"
        )
        w.fill(r.randint(0, 2))
        w.body.append("特此函复。")
        w.paper.truth["purpose"] = "information"
    else:
        w.fill(r.randint(1, 3))
        w.body.append(w.deadline())
        if r.random() < 0.5:
            w.body.append(w.ask("专此函达，盼复。"))
        w.paper.truth["purpose"] = "action"
    w.paragraphs()
    if r.random() < 0.4:
        w.attach(2)
    w.sign([s.name])
    if r.random() < 0.5:
        w.contact(note=True)
    if w.paper.truth.get("attachments") and r.random() < 0.7:
        w.annex()
    if not fmt:
        w.imprint()


def minutes(w: Writer, kind: str = "纪要") -> None:
    """纪要: a masthead, an issue, attendees."""
    r, s = w.r, w.sender
    number = (
        f"第{r.randint(1, 30)}期" if r.random() < 0.6 else f"〔{w.day.year}〕{r.randint(1, 40)}号"
    )
    if r.random() < 0.2:
        number = f"〔{w.day.year}〕第{r.randint(1, 9)}期"
    mast = f"{s.name}{r.choice(('办公会议', '专题会议', '党组会议'))}纪要"
    w.paper.style = "minutes"
    w.paper.add("mast", mast)
    w.paper.add("number", number)
    headed = r.random() < 0.6
    issuer = s.name + ("党组" if "党组" in mast else "")
    if headed:
        office = s.name if "办公室" in s.name else s.name + "办公室"
        w.paper.add("issue line", spelt(w.day), office)
    titled = r.random() < 0.6
    if titled:
        w.title(
            r.choice(
                (
                    f"研究{w.subject}有关问题的会议纪要",
                    f"{w.subject}工作专题会议纪要",
                    f"关于{w.subject}工作推进会的纪要",
                )
            )
        )
    else:
        w.paper.truth["title"] = mast
    w.paper.truth |= {
        "number": number,
        "number_normalised": number,
        "issuer": issuer,
        "kind": "纪要",
        "date": w.day.isoformat(),
    }
    meeting = w.day - timedelta(r.randint(1, 6))
    w.body.append(
        f"{spelt(meeting)}上午，{words.person(r)}局长主持召开会议，研究{w.subject}有关工作。现纪要如下："
    )
    w.fill(r.randint(2, 5))
    w.body.append(
        f"会议决定，由规划科牵头，于{w.day.year}年12月底前完成{w.subject}评估。"
        if r.random() < 0.5
        else "会议强调，安全责任重于泰山。"
    )
    if "12月底" in w.body[-1]:
        w.due.append(f"{w.day.year}-12-31")
        w.paper.truth["purpose"] = "action"
    else:
        w.paper.truth["purpose"] = "information"
    w.paragraphs()
    w.paper.add("text", "出席：" + "、".join(words.person(r) for _ in range(5)))
    w.paper.add("text", "列席：" + "、".join(words.person(r) for _ in range(3)))
    if not headed:
        w.sign([issuer], seal=False)
    w.imprint(s.name + "办公室")


def command(w: Writer, kind: str = "命令") -> None:
    """令: number 第N号, a signature stamp."""
    r, s = w.r, w.sender
    s.name = s.where + "人民政府"
    number = f"第{r.randint(1, 90)}号"
    w.paper.style = "command"
    w.paper.add("command", s.name + "令")
    w.paper.add("number", number)
    name = words.person(r)
    w.paper.truth |= {"title": s.name + "令", "number": number, "number_normalised": number, "kind": "命令", "issuer": s.name,
                      "signer": [name], "date": w.day.isoformat(), "purpose": "information"}  # fmt: skip
    w.body.append(
        f"《{s.where}{w.subject}管理办法》已经{spelt(w.day - timedelta(9))}{s.where}人民政府第{r.randint(3, 60)}次常务会议通过，现予公布，自{spelt(w.day + timedelta(40))}起施行。"
    )
    w.paragraphs()
    post = "市长" if s.where.endswith("市") else "区长" if s.where.endswith("区") else "县长"
    w.paper.add("stamp", spelt(w.day), f"{post}　{name}")


def bill(w: Writer, kind: str = "议案") -> None:
    """议案 to the congress."""
    r, s = w.r, w.sender
    s.name = s.where + "人民政府"
    number, normal = w.number("", s.where[0] + "政")
    w.head([s.name], "")
    w.paper.add("number", number)
    w.title(f"{s.name}关于提请审议{s.where}{w.subject}规划的议案")
    w.paper.truth |= {
        "number": number,
        "number_normalised": normal,
        "issuer": s.name,
        "kind": "议案",
        "purpose": "action",
    }
    w.address([f"{s.where}人民代表大会常务委员会"])
    w.fill(3)
    w.body.append(w.ask("现提请审议。"))
    w.paragraphs()
    if r.random() < 0.5:
        name = words.person(r)
        w.paper.add("stamp", spelt(w.day), f"{'市县区'['市县区'.index(s.where[-1])]}长　{name}")
        w.paper.truth |= {"signer": [name], "date": w.day.isoformat()}
    else:
        w.sign([s.name])


def telegram(w: Writer, kind: str = "电报") -> None:
    """明电: a form above the title."""
    r, s = w.r, w.sender
    level = r.choice(("特急", "加急", "特提", "平急"))
    number = f"{s.code}明电〔{w.day.year}〕{r.randint(1, 60)}号"
    w.paper.style = "telegram"
    w.paper.add(
        "telegram",
        r.choice(("发电", "内部明电", "传真电报")),
        (s.name, level, number, words.person(r)),
    )
    w.title(
        r.choice(
            (
                f"关于做好强降雨防范应对和{w.subject}工作的紧急通知",
                f"关于加强{w.subject}值班值守的通知",
            )
        )
    )
    w.paper.truth |= {
        "urgency": level,
        "number": number,
        "number_normalised": number,
        "issuer": s.name,
        "kind": "通知",
        "purpose": "action",
    }
    w.address(w.addressees())
    w.fill(2)
    w.body.append(w.ask("请迅速组织排查，严格落实24小时值班和领导带班制度。"))
    if r.random() < 0.6:
        w.body.append(w.deadline())
    w.paragraphs()
    if r.random() < 0.5:
        w.contact(note=r.random() < 0.5)
    w.sign([s.name])


def bulletin(w: Writer, kind: str = "简报") -> None:
    """简报 and 信息: masthead, issue, editor, articles."""
    r, s = w.r, w.sender
    issue = r.randint(1, 60)
    number = f"第{issue}期" + (f"（总第{issue + 100}期）" if r.random() < 0.4 else "")
    w.paper.style = "minutes"
    w.paper.add(
        "mast",
        r.choice(("防汛抗旱简报", "水利工作简报", "安全生产简报", "督查工作简报"))
        if kind == "简报"
        else r.choice(("政务信息", "水务信息", "信息专报")),
    )
    w.paper.add("number", number)
    w.paper.add("issue line", spelt(w.day), s.name + ("" if r.random() < 0.4 else "编"))
    w.title(
        r.choice(
            (
                f"{s.where}多措并举推进{w.subject}",
                f"{s.where}“三个聚焦”抓实{w.subject}工作",
                f"全{s.where[-1]}{w.subject}工作现场推进会召开",
            )
        )
    )
    w.paper.truth |= {
        "number": number,
        "number_normalised": f"第{issue}期",
        "issuer": s.name,
        "kind": kind,
        "date": w.day.isoformat(),
        "purpose": "information",
    }
    w.fill(r.randint(3, 6))
    w.paragraphs()
    if r.random() < 0.6:
        names = ["市委办公室", "市政府办公室"]
        others = ["各县（市、区）水利局", "局属各单位"]
        w.paper.truth["copied_to"] = names + others
        w.paper.add("copied", "报：" + "，".join(names) + "。")
        w.paper.add("copied", "送：" + "，".join(others) + "。")


def plain_paper(w: Writer, kind: str) -> None:
    """白头件: 方案 总结 要点 汇报 讲话稿 办法 调研报告 计划: a title and a text."""
    r, s = w.r, w.sender
    title = {
        "方案": f"{s.where}{w.subject}{r.choice(('实施方案', '工作方案', '应急预案'))}",
        "总结": f"{s.name}{w.day.year}年{w.subject}工作总结",
        "要点": f"{w.day.year}年{s.where}{w.subject}工作要点",
        "计划": f"{s.name}{w.day.year}年{w.subject}工作计划",
        "汇报": f"关于{w.subject}工作情况的汇报",
        "讲话稿": f"在全{s.where[-1]}{w.subject}工作会议上的讲话",
        "办法": f"{s.where}{w.subject}管理办法（试行）",
        "调研报告": f"关于{s.where}{w.subject}情况的调研报告",
    }[kind]
    w.title(title)
    w.paper.style = "plain"
    where = r.random()
    w.paper.truth |= {"kind": kind, "issuer": s.name, "purpose": "information"}
    if kind == "讲话稿":
        w.paper.add("under", words.person(r))
        w.paper.add("under", f"（{spelt(w.day)}）")
        w.paper.truth |= {"date": w.day.isoformat(), "issuer": None}
        w.paper.add("address", "同志们：")
        w.paper.truth["addressee"] = None
    elif where < 0.3:
        w.paper.add("under", s.name)
        w.paper.add("under", f"（{spelt(w.day)}）")
        w.paper.truth["date"] = w.day.isoformat()
    w.fill(r.randint(3, 7))
    w.paragraphs()
    if kind != "讲话稿" and where >= 0.3:
        w.sign([s.name], seal=False)


def inner(w: Writer, kind: str = "签报") -> None:
    """签报 and 呈批件: inside the house."""
    r = w.r
    w.title(f"关于{w.subject}经费安排的{kind}")
    w.paper.style = "plain"
    section = r.choice(("办公室", "规划科", "财务科", "水旱灾害防御科"))
    w.paper.truth |= {"kind": kind, "issuer": section, "purpose": "action"}
    w.address([r.choice(("局领导", "局党组"))])
    w.fill(2)
    w.body.append(w.ask("妥否，请批示。"))
    w.paragraphs()
    w.sign([section], seal=False)


PLAN: tuple[tuple[Callable[[Writer, str], None], str, int], ...] = (
    (down, "通知", 14), (down, "决定", 3), (down, "通报", 4), (down, "意见", 4), (down, "公告", 3), (down, "通告", 3),
    (down, "公报", 2), (down, "决议", 2), (down, "批复", 5), (up, "请示", 8), (up, "报告", 8), (up, "意见", 2),
    (letter, "函", 10), (minutes, "纪要", 6), (command, "命令", 3), (bill, "议案", 3), (telegram, "电报", 6),
    (bulletin, "简报", 4), (bulletin, "信息", 2), (plain_paper, "方案", 2), (plain_paper, "总结", 2), (plain_paper, "要点", 1),
    (plain_paper, "计划", 1), (plain_paper, "汇报", 2), (plain_paper, "讲话稿", 2), (plain_paper, "办法", 2),
    (plain_paper, "调研报告", 1), (inner, "签报", 2), (inner, "呈批件", 1),
)  # fmt: skip


def written(r: Random) -> Paper:
    """One paper of the plan."""
    write, kind, _ = r.choices(PLAN, [weight for *_, weight in PLAN])[0]
    w = Writer(r)
    write(w, kind)
    return w.paper


def spoil(paper: Paper, r: Random) -> None:
    """What happens to papers in offices: none of it changes what the paper is."""
    for block in paper.blocks:
        if block.role == "sign" and r.random() < 0.15:
            block.text = re.sub(r"(\d+)", r" \1 ", block.text).strip()
        if block.role == "address" and r.random() < 0.12:
            block.text = block.text.replace("：", ":").replace("，", ",")
        if block.role in ("text", "note") and r.random() < 0.06:
            block.text = block.text.replace("：", ":").replace("（", "(").replace("）", ")")
    signs = [at for at, block in enumerate(paper.blocks) if block.role == "sign"]
    if signs and r.random() < 0.06:
        paper.blocks.insert(signs[0], Block("text", "（此页无正文）"))
    if r.random() < 0.06:
        paper.blocks.insert(
            0, Block("above", f"请{words.person(r)}同志阅办。{words.person(r)} 3.8")
        )
    if signs and r.random() < 0.12:
        paper.blocks[_behind(paper) :] = [*_inner(r), *paper.blocks[_behind(paper) :]]
    if paper.blocks[-1].role == "printed" and r.random() < 0.07:
        paper.blocks += [Block("page", ""), *written(r).blocks]


def _behind(paper: Paper) -> int:
    """Where the imprint begins, or the end."""
    roles = [block.role for block in paper.blocks]
    return min(
        (roles.index(role) for role in ("copied", "printed") if role in roles), default=len(roles)
    )


def _inner(r: Random) -> list[Block]:
    """The paper that is passed on: a title, a text and a signature of its own."""
    other, code = words.organ(r)
    day = date(2024, 1, 1) + timedelta(r.randrange(300))
    subject = r.choice(words.SUBJECTS)
    return [
        Block("page", ""),
        *(
            [Block("plain number", f"{code}发〔2024〕{r.randint(1, 99)}号")]
            if r.random() < 0.5
            else []
        ),
        Block("title", f"{other}关于加强{subject}工作的通知"),
        Block("address", f"各市{subject[:2]}主管部门："),
        Block(
            "text",
            f"为做好{subject}工作，请于2024年12月1日前报送材料，联系人：{words.person(r)}，电话：2222222。",
        ),
        Block("sign", spelt(day), ([other], False)),
    ]


def paper(seed: str) -> Paper:
    """One paper, as it reaches the office; the same seed gives the same paper."""
    r = Random(seed)
    made = written(r)
    made.truth = dict.fromkeys(FIELDS) | made.truth
    spoil(made, r)
    return made
