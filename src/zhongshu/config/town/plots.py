"""What the invented bureau supervises: thirteen tasks, and how each goes. 督办事项的故事。"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plot:
    """One task: when it begins (working days ago), what, by whom, how it goes."""

    ago: int
    title: str
    requirement: str
    source: str
    ref: str
    words: str
    lead: str
    assists: tuple[str, ...]
    rhythm: str
    days: int
    steps: tuple[tuple[float, int, str], ...]
    ends: str = "open"  # open, closed, late, paused, postponed, returned


PLOTS = (
    Plot(
        46,
        "积水点整治：清溪路下穿通道泵站改造",
        "泵站改造 1 座，排水能力达到 20 年一遇，附验收单",
        "superior_document",
        "云政办发〔2026〕45号",
        "年底前完成 12 处积水点整治。",
        "works",
        ("drainage", "finance"),
        "document",
        40,
        (
            (0.2, 22, "完成设计和招标"),
            (0.5, 48, "土建完成，设备已订货"),
            (0.8, 71, "设备到货延迟，已改现场调配"),
        ),
    ),
    Plot(
        40,
        "村级供水入户核查 1.2 万户",
        "核查 1.2 万户，建档到户，差错率不超过 1%",
        "annual_target",
        "2026 年目标任务第 1.2 项",
        "",
        "supply",
        ("linxi",),
        "target",
        60,
        ((0.2, 14, "完成培训和 1 700 户"), (0.55, 33, "入户人手不足，请求抽调 6 人")),
    ),
    Plot(
        18,
        "冬季供水保障专项：裸露管段包裹 126 处",
        "126 处全部包裹，附照片和验收单",
        "superior_document",
        "云政办发〔2026〕61号",
        "做好城市供水管网防冻保供工作。",
        "supply",
        ("drainage", "emergency"),
        "document",
        21,
        ((0.25, 26, "材料已采购"), (0.75, 64, "已完成 81 处，材料今日到齐")),
    ),
    Plot(
        14,
        "望河水厂应急取水口方案比选",
        "提出两个以上方案，经专家论证，附论证意见",
        "own_leader_instruction",
        "局长批示件",
        "请规划计划科牵头，十二月初报我。",
        "planning",
        ("supply", "resources"),
        "instruction",
        20,
        ((0.3, 30, "两个方案已出"),),
    ),
    Plot(
        26,
        "应急物资年度补库：移动泵、编织袋等 9 类",
        "9 类物资补足到定额，入库单齐全",
        "meeting_decision",
        "局长办公会议纪要第 14 期",
        "应急科一个月内补足。",
        "emergency",
        ("finance",),
        "meeting",
        38,
        ((0.3, 30, "完成询价"), (0.6, 52, "移动泵询价流标一次，重新询价")),
    ),
    Plot(
        22,
        "供水热线 24 小时转办机制",
        "印发转办办法，试运行一个月，转办记录齐全",
        "need",
        "基层走访记录",
        "",
        "office",
        ("supply",),
        "need",
        40,
        ((0.2, 35, "办法已印发"), (0.5, 80, "试运行两周，转办 64 件")),
    ),
    Plot(
        60,
        "管网漏损率降到 9.5% 以下",
        "年末漏损率不高于 9.5%，附计量报告",
        "annual_target",
        "2026 年目标任务第 1.1 项",
        "",
        "supply",
        ("works", "resources"),
        "target",
        88,
        ((0.3, 45, "完成分区计量 18 个"), (0.62, 88, "10 月为 9.7%，本月预计达标")),
    ),
    Plot(
        32,
        "节水型单位复核 40 家",
        "复核 40 家，每家一份复核表",
        "superior_document",
        "省水利厅通知",
        "",
        "resources",
        (),
        "document",
        52,
        ((0.4, 40, "已复核 16 家"), (0.6, 75, "已复核 30 家")),
    ),
    Plot(
        44,
        "白鹭区泵房土地划转",
        "取得划转批复",
        "own_leader_instruction",
        "局长批示件",
        "抓紧与自然资源部门衔接。",
        "planning",
        ("legal",),
        "hard",
        60,
        ((0.2, 40, "材料已报自然资源部门"),),
        "paused",
    ),
    Plot(
        40,
        "汛期值守问题整改 14 条",
        "14 条逐条整改，附整改照片",
        "inspection_finding",
        "市防指检查通报",
        "",
        "emergency",
        ("office",),
        "document",
        36,
        ((0.5, 60, "已改 9 条"),),
        "closed",
    ),
    Plot(
        50,
        "三期工程监理考核办法",
        "印发考核办法",
        "meeting_decision",
        "局长办公会议纪要第 11 期",
        "",
        "works",
        ("legal",),
        "meeting",
        30,
        ((0.5, 50, "征求意见稿已发"),),
        "late",
    ),
    Plot(
        30,
        "水厂加氯间安全隐患整治",
        "6 处隐患销号，附复查记录",
        "inspection_finding",
        "安全检查通报",
        "",
        "safety",
        ("ledu", "wanghe"),
        "document",
        18,
        ((0.4, 40, "已改 3 处"),),
        "postponed",
    ),
    Plot(
        36,
        "排水管网普查成果入库",
        "320 公里普查成果入库，抽检合格率不低于 98%",
        "meeting_decision",
        "局务会议纪要第 6 期",
        "",
        "drainage",
        ("science",),
        "meeting",
        25,
        ((0.5, 55, "已入库 180 公里"),),
        "returned",
    ),
)
