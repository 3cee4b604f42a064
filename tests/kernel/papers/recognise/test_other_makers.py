"""What other programs than those of the benchmark make of a paper."""

from __future__ import annotations

from typing import Any

import pytest

from zhongshu.kernel.papers.layout import Layout
from zhongshu.kernel.papers.recognise import shape
from zhongshu.kernel.papers.recognise.paper import recognise
from zhongshu.kernel.papers.record import record

from .laying import laid, typed

HEADED = """
云岭市水务局文件
云水发〔2026〕3号
关于开展排查的通知
各县水务局：
{text}
云岭市水务局
2026年3月16日
{under}
"""


def notice(text: str, under: str = "", form: str = "text") -> Layout:
    """A plain notice with a text, and what stands under its day."""
    return typed(HEADED.format(text=text, under=under), form)


PAPERS: dict[str, tuple[Layout, dict[str, Any]]] = {
    "截至 with a day that has come tells how things stand": (
        notice("截至3月15日17时，现场清理完毕，交通恢复正常。"),
        {"due_dates": None, "purpose": "information"},
    ),
    "截至 with a day to come sets it": (
        notice("报名时间截至3月25日。"),
        {"due_dates": ["2026-03-25"]},
    ),
    "the sentence that only opens a list asks nothing": (
        notice("现就做好值班和信息报送工作通知如下："),
        {"requests": None},
    ),
    "盼予 asks": (
        notice("可否，盼予函复。"),
        {"requests": ["可否，盼予函复。"], "purpose": "action"},
    ),
    "the first sentence of an announcement addresses nobody": (
        typed(
            """
松阳湖市人民政府关于征收土地的公告
依据有关规定，经省人民政府批准，现将征收土地有关事项公告如下：
一、征收范围：南塘村集体土地3.2公顷。
松阳湖市人民政府
2026年6月16日
"""
        ),
        {"addressee": None, "kind": "公告"},
    ),
    "the subject in a cell of several lines": (
        laid(
            """
            22c|传 真
            16l|事　　由　　　关于召开三季度经济形
            16r|势分析视频会议的通知
            16l|各县统计局：
            16i|请各地主要负责同志准时参会，并把名单报送市局综合科。
            """
        ),
        {"title": "关于召开三季度经济形势分析视频会议的通知", "kind": "通知"},
    ),
    "a subject that says no kind is one line": (
        laid(
            """
            22c|传 真
            16l|事　　由　　　商谈下半年的经济形势
            16r|另见附表
            16i|请各地主要负责同志准时参会，并把名单报送市局综合科。
            """
        ),
        {"title": "商谈下半年的经济形势"},
    ),
    "who is to do something, with 要 anywhere before it": (
        notice("各殡葬服务机构要常态化开展检查。各单位主要负责同志参加会议。"),
        {"requests": ["各殡葬服务机构要常态化开展检查。"]},
    ),
    "an application that was not made is no request": (
        notice("因许可届满未申请延续，现予以注销。"),
        {"requests": None},
    ),
    "the telephone before the person": (
        notice("请支持。", "联系电话：3356718，联系人：容可"),
        {"contact": {"name": "容可", "phone": "3356718", "mail": None}},
    ),
    "经办人 as a word, the person to ask below; a mail address glued to Chinese": (
        notice(
            "参会人员为分管负责人及经办人。\n名单发送至zwgk@example.cn。",
            "联系人：车令仪　电话：3122008",
        ),
        {"contact": {"name": "车令仪", "phone": "3122008", "mail": None}},
    ),
    "a mail address behind Chinese words": (
        notice("请支持。", "联系人：车令仪，3122008，发送至zwgk@example.cn"),
        {"contact": {"name": "车令仪", "phone": "3122008", "mail": "zwgk@example.cn"}},
    ),
    "annexes that the word processor numbers": (
        typed(HEADED.format(text="请支持。\n附件：\n参会回执\n发言名单", under=""), "docx"),
        {"attachments": ["参会回执", "发言名单"]},
    ),
    "a row of a form above the signature": (
        typed(
            """
会议通知
会议时间\t2026年9月16日
请各单位准时参加会议。
主办单位\t云岭市人民政府办公室
云岭市人民政府办公室
2026年9月9日
""",
            "docx",
        ),
        {"issuer": "云岭市人民政府办公室", "date": "2026-09-09"},
    ),
    "a portal's line of sources under the title": (
        typed(
            """
清源市民政局关于做好安全管理工作的通知
发布时间：2026-04-15　来源：社会事务科　浏览次数：286
各区县民政局：
请加强检查。
清源市民政局
2026年4月13日
"""
        ),
        {"addressee": ["各区县民政局"], "date": "2026-04-13"},
    ),
    "two organs below each other under the title": (
        laid(
            """
            22c|南屏市2025年统计公报
            16c|南屏市统计局
            16c|国家统计局南屏调查队
            16c|2026年3月20日
            16i|2025年，全市上下深入贯彻落实党中央决策部署，经济运行稳中有进。
            """
        ),
        {"issuer": "南屏市统计局、国家统计局南屏调查队", "date": "2026-03-20"},
    ),
    "a joint title, the head of the lead alone": (
        laid(
            """
            36cR|中共沧浪区委文件
            16c|沧委发〔2026〕4号
            22c|中共沧浪区委 沧浪区人民政府
            22c|关于推进基层治理的实施意见
            16c|（2026年3月26日）
            16i|现结合我区实际，提出如下实施意见。坚持党建引领，完善网格。
            """
        ),
        {"issuer": "中共沧浪区委、沧浪区人民政府"},
    ),
    "a broken note under the title": (
        laid(
            """
            22c|白石县人民代表大会关于规划纲要的决议
            16c|（2026年2月8日白石县第十八届人民代表大会
            16c|第五次会议通过）
            16i|会议决定，批准这个规划纲要。全县人民要紧密团结起来，努力奋斗。
            """
        ),
        {"date": "2026-02-08"},
    ),
    "a bracket that nothing closes is no note": (
        laid(
            """
            22c|白石县人民代表大会关于规划纲要的决议
            16i|（白石县第十八届
            16i|会议决定，批准这个规划纲要。全县人民要紧密团结起来，努力奋斗。
            """
        ),
        {"date": None, "title": "白石县人民代表大会关于规划纲要的决议"},
    ),
    "a headline with a colon in a bulletin": (
        laid(
            """
            36cR|工作简报
            16c|第8期
            16l|云岭市乡村振兴局编 || 2026年7月6日
            22c|石门镇：“小庭院”撬动“大振兴”
            16i|今年以来，石门镇立足山区实际，以发展庭院经济为抓手，盘活空闲土地。
            """
        ),
        {"title": "石门镇：“小庭院”撬动“大振兴”", "kind": "简报"},
    ),
    "a name broken over two full lines": (
        laid(
            """
            22c|云岭市水务局关于开展排查的通知
            16l|各县水务局：
            16i|请各单位认真组织排查并把结果报送我局安全科，联系人：阮知
            16l|行，电话：5023117。
            16r|云岭市水务局
            16r|2026年5月22日
            """
        ),
        {"contact": {"name": "阮知行", "phone": "5023117", "mail": None}},
    ),
}


@pytest.mark.parametrize("case", PAPERS)
def test_what_others_make(case: str) -> None:
    layout, wanted = PAPERS[case]
    found = record(recognise(layout))
    if wanted.get("due_dates"):
        found["due_dates"] = [one["date"] for one in found["due_dates"]]
    assert {name: found[name] for name in wanted} == wanted


def test_a_spread_label_is_one() -> None:
    assert shape.parts("事　　由\t关于开会的通知") == ["事由", "关于开会的通知"]
    assert shape.parts("标　　题：关于开会的通知") == ["标题：关于开会的通知"]
    assert shape.parts("来文　送审") == ["来文", "送审"]
