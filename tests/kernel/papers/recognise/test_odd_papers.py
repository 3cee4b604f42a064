"""Papers that keep no standard, as they come from enterprises, fax machines and mail."""

from __future__ import annotations

from typing import Any

import pytest

from zhongshu.kernel.papers.layout import Box, Layout, Line, Page
from zhongshu.kernel.papers.recognise.paper import recognise
from zhongshu.kernel.papers.record import record

from .laying import laid, typed

ODD: dict[str, tuple[Layout, dict[str, Any]]] = {
    "an answer to a deputy, spread letters, a field above the title": (
        typed(
            """
临江市水利局
临水议〔2026〕3号　　　　签 发 人：王 建 国
办理结果：A
关于市十届人大三次会议第12号建议的答复
张三代表：
您提出的《关于加快城区河道治理的建议》收悉，现答复如下：
临江市水利局
2026年6月20日
抄送：市人大常委会代表工委，市政府督查室
"""
        ),
        {
            "title": "关于市十届人大三次会议第12号建议的答复",
            "signer": ["王建国"],
            "copied_to": ["市人大常委会代表工委", "市政府督查室"],
        },
    ),
    "a fax names its subject": (
        typed(
            """
传　真
收件单位：各县（市、区）水利局　　　发件单位：临江市水利局
收件人：办公室　　　　　　页数：2
主题：关于报送2026年上半年水利投资完成情况的通知
请于7月5日前报送。
"""
        ),
        {
            "title": "关于报送2026年上半年水利投资完成情况的通知",
            "issuer": "临江市水利局",
            "addressee": ["各县（市、区）水利局"],
        },
    ),
    "a form in cells": (
        typed(
            """
公文标题\t关于报送水利投资完成情况的通知
发文单位\t临江市水利局\t发文字号\t临水发〔2026〕5号
主送：各县水利局　　抄送：市发改委
请尽快报送。
"""
        ),
        {
            "title": "关于报送水利投资完成情况的通知",
            "issuer": "临江市水利局",
            "number": "临水发〔2026〕5号",
        },
    ),
    "three organs in two lines": (
        typed(
            """
临江市公安局　临江市交通运输局　临江市城市管理局
关于“五一”假期实行临时交通管制的通告
为确保“五一”假期道路交通安全有序，根据有关规定，决定实行临时交通管制。
临江市公安局　　临江市交通运输局
临江市城市管理局
2026年4月25日
"""
        ),
        {
            "issuer": "临江市公安局、临江市交通运输局、临江市城市管理局",
            "kind": "通告",
            "addressee": None,
        },
    ),
    "minutes in two lines of a head": (
        typed(
            """
临江市人民政府
专 题 会 议 纪 要
〔2026〕12号
临江市人民政府办公室　　　　　　2026年3月9日
2026年3月8日上午，市长李明主持召开专题会议。会议要求，4月15日前完成征地。
分送：市委办公室，各参会单位。
"""
        ),
        {
            "title": "临江市人民政府专题会议纪要",
            "issuer": "临江市人民政府",
            "number": "〔2026〕12号",
            "date": "2026-03-09",
        },
    ),
    "annexes one a line, an enterprise, a number with 综字": (
        typed(
            """
临江水务集团有限公司文件
水务集团〔2026〕综字第15号
关于申请减免2026年度水资源费的请示
市水利局：
恳请贵局减免2026年第一季度水资源费。
附件1：财务报表。
附件2：减免申请表
附件3：授权委托书（另附）
临江水务集团有限公司（公章）
二〇二六年四月十日
"""
        ),
        {
            "issuer": "临江水务集团有限公司",
            "attachments": ["财务报表", "减免申请表", "授权委托书"],
            "date": "2026-04-10",
        },
    ),
    "title and number by labels, annexes after the day on one line": (
        typed(
            """
标题：关于做好中秋国庆假期值班工作的通知
文号：临府办明电〔2026〕33号
各镇人民政府（街道办事处），区府直属各单位：
请各单位于9月25日中午12点之前将值班表报区府办（联系人：何小姐，电话2233446）。
临江区人民政府办公室
2026年9月20日
附件：1. 值班表；2. 应急联系方式
（此件依申请公开）
"""
        ),
        {
            "number": "临府办明电〔2026〕33号",
            "attachments": ["值班表", "应急联系方式"],
            "addressee": ["各镇人民政府（街道办事处）", "区府直属各单位"],
            "publicity": "依申请公开",
        },
    ),
    "a speech greets and addresses nobody": (
        laid(
            """
22c|坚定信心 奋发有为
16c|——在全市水利工作会议上的讲话
16c|王建国
16c|（2026年3月5日）
16l|同志们：
16i|这次会议的主要任务是部署工作。
"""
        ),
        {
            "title": "坚定信心奋发有为——在全市水利工作会议上的讲话",
            "kind": "讲话稿",
            "addressee": None,
            "date": "2026-03-05",
        },
    ),
    "a plan with its organ under the title": (
        laid(
            """
22c|2026年河湖长制工作要点
22c|（征求意见稿）
16c|临江市水利局
16i|为全面落实河湖长制，制定本要点，请各地结合实际抓好落实。
"""
        ),
        {"title": "2026年河湖长制工作要点（征求意见稿）", "issuer": "临江市水利局", "kind": "要点"},
    ),
    "level and copy number on one line with the number": (
        typed(
            """
000123特急临水发〔2026〕5号
关于防汛工作的通知
各科室：
好。
"""
        ),
        {"urgency": "特急", "number": "临水发〔2026〕5号"},
    ),
    "a level beside its label": (
        typed("紧急程度：加急　　　　临水发〔2026〕5号\n关于防汛工作的通知\n各科室：\n好。"),
        {"urgency": "加急", "number": "临水发〔2026〕5号"},
    ),
    "minutes whose head names the organ": (
        typed("临江市水利局局长办公会议纪要\n第3期\n2026年3月1日，会议听取了汇报。\n抄送：各科室"),
        {
            "issuer": "临江市水利局",
            "title": "临江市水利局局长办公会议纪要",
            "copied_to": ["各科室"],
        },
    ),
    "two imprints far apart, the last one counts": (
        typed(
            "关于工作的通知\n各科室：\n请落实。\n临江市水利局\n2026年3月5日\n抄送：甲局。\n"
            + "正文内容。\n" * 10
            + "抄送：乙局，\n丙局。\n尾页说明"
        ),
        {"copied_to": ["乙局", "丙局"]},
    ),
    "copied-to without an end, then an annex": (
        typed(
            "关于工作的通知\n各科室：\n请落实。\n临江市水利局\n2026年3月5日\n抄送：甲局\n附件\n名单"
        ),
        {"copied_to": ["甲局"]},
    ),
    "several signed in a run from the title on": (
        typed("关于工作的通告\n临江市水利局\n2026年3月5日"),
        {"date": "2026-03-05", "issuer": "临江市水利局"},
    ),
    "an editor's line without a gap": (
        typed(
            "水利信息\n第8期\n临江市水利局编2026年7月1日\n我市推进灌区建设\n近日，灌区开工建设，群众欢迎。"
        ),
        {"issuer": "临江市水利局", "title": "我市推进灌区建设", "date": "2026-07-01"},
    ),
    "words by hand between head and title": (
        laid(
            """
30cR|临江市水利局文件
12l|请河湖科牵头，抓紧落实。李明
12l|已阅，王芳
22c|关于做好河湖管护工作的通知
16l|各科室：
16i|请抓好落实，并于每月向局党组报告一次进展情况，遇有重大问题随时报告。
16i|特此通知。
"""
        ),
        {"title": "关于做好河湖管护工作的通知", "addressee": ["各科室"], "issuer": "临江市水利局"},
    ),
    "a text that opens without a point": (
        typed(
            "关于调整领导分工的通知\n根据工作需要现将领导班子成员分工调整如下\n王建国主持全面工作"
        ),
        {"title": "关于调整领导分工的通知"},
    ),
    "a title is not carried on over the page": (
        laid("22c|水利简讯摘编\n===\n22c|关于做好工作的通知\n16l|各科室："),
        {"title": "关于做好工作的通知"},
    ),
    "a subtitle below a kind": (
        typed("在全市水利工作会议上的讲话\n——坚定信心抓落实\n同志们：\n大家好。"),
        {"title": "在全市水利工作会议上的讲话——坚定信心抓落实"},
    ),
    "a title without a kind, its organ below": (
        typed("凝心聚力推进现代水网建设\n临江市水利局\n今年以来，我局认真贯彻落实。"),
        {"title": "凝心聚力推进现代水网建设", "issuer": "临江市水利局", "kind": None},
    ),
    "a title without a kind, its organ and day below": (
        typed("凝心聚力推进现代水网建设\n临江市水利局\n（2026年3月5日）\n今年以来，我局认真落实。"),
        {"title": "凝心聚力推进现代水网建设", "issuer": "临江市水利局", "date": "2026-03-05"},
    ),
    "text without any title": (
        laid(
            "16i|请各单位抓好落实，按时报送情况。\n16i|此前已报送的不再报送。\n16i|联系电话另行通知。"
        ),
        {"title": None, "kind": None, "purpose": "action"},
    ),
    "nothing but addressee and signature": (
        typed("关于工作的通告\n各单位：\n临江市水利局\n2026年3月5日"),
        {"date": "2026-03-05", "issuer": "临江市水利局", "addressee": ["各单位"]},
    ),
    "a weaker line below the title": (
        typed("关于防汛工作的通知\n（2026年3月5日印发）\n工作要求概述\n一、做好准备。"),
        {"title": "关于防汛工作的通知", "date": "2026-03-05"},
    ),
    "a note to ask on the page after the day": (
        laid(
            "22c|关于经费的请示\n16l|市政府：\n16i|妥否，请批示。\n16r|临江市水利局\n16r|2026年3月5日\n===\n"
            "16i|（联系人：赵六，电话：2345678）\n===\n22c|关于经费的通知\n16i|联系人：钱七，电话：3456789"
        ),
        {"contact": {"name": "赵六", "phone": "2345678", "mail": None}},
    ),
    "a telegram whose cells ran together": (
        typed(
            "发电单位临江市水利局签批盖章王建国\n等级特急临水明电〔2026〕5号编号\n关于值班的通知\n各单位：\n好。"
        ),
        {"issuer": "临江市水利局", "urgency": "特急", "number": "临水明电〔2026〕5号"},
    ),
    "a copy number read with the head, black beside red": (
        Layout(
            "scan",
            (
                Page(
                    (
                        Line("0002临江市水利局", Box(40, 40, 150, 52), 30, red=True),
                        Line("特急", Box(152, 42, 165, 50), 16),
                        Line("关于值班的通知", Box(60, 80, 140, 88), 22),
                    ),
                    210.0,
                    297.0,
                ),
            ),
        ),
        {"issuer": "临江市水利局", "urgency": "特急", "title": "关于值班的通知"},
    ),
    "a scrap of a seal under a list": (
        laid(
            """
22c|关于工作的通知
16l|各科室：
16i|根据上级部署，现将有关事项通知如下，请各单位遵照执行。
16i|附件：1.责任人名单
16r|市水利
16r|临江市水利局
16r|2026年3月5日
"""
        ),
        {"attachments": ["责任人名单"]},
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_papers_are_read(name: str) -> None:
    layout, wanted = ODD[name]
    found = record(recognise(layout))
    assert {field: found[field] for field in wanted} == wanted
