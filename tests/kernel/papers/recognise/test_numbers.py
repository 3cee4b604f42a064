"""发文字号: verbatim, and the form in which numbers are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongshu.kernel.papers.recognise import number

STANDARD = "临水发〔2026〕5号"


@pytest.mark.parametrize(
    ("spelt", "normal"),
    [
        ("国办发〔2018〕115号", "国办发〔2018〕115号"),
        ("府办专督〔2020〕 24 号", "府办专督〔2020〕24号"),
        ("国函〔2026〕３号", "国函〔2026〕3号"),
        ("示卫发[2026]第05号", "示卫发〔2026〕5号"),
        ("示卫发（2026）5号", "示卫发〔2026〕5号"),
        ("示卫发【2026】5号", "示卫发〔2026〕5号"),
        ("示卫发〔26〕5号", "示卫发〔2026〕5号"),
        ("示卫发〔2026〕05号", "示卫发〔2026〕5号"),
        ("示卫发〔2026〕5", "示卫发〔2026〕5号"),
        ("示卫发［2026］5号", "示卫发〔2026〕5号"),
        ("示卫发〔2026年〕5号", "示卫发〔2026〕5号"),
        ("示卫发《2026》5号", "示卫发〔2026〕5号"),
        ("示卫发2026年第5号", "示卫发〔2026〕5号"),
        ("示府（法）〔2026〕5号", "示府（法）〔2026〕5号"),
        ("〔2026〕12号", "〔2026〕12号"),
        ("（2026）示01民初123号", "示01民初〔2026〕123号"),
        ("文号：临水发〔2026〕5号", STANDARD),
        ("（临水发〔2026〕5号）", STANDARD),
        ("临水发〔2O26〕l2号", "临水发〔2026〕12号"),
        ("临水发C2026〕12号", "临水发〔2026〕12号"),
        ("临水发〔2026J12号", "临水发〔2026〕12号"),
        ("临水发〔2026〕5号编号", STANDARD),
        ("第12号", "第12号"),
        ("临江市人民政府令第783号", "临江市人民政府令第783号"),
        ("主席令第二十号", "主席令第20号"),
        ("第3期", "第3期"),
        ("2026年第3期", "2026年第3期"),
        ("〔2026〕第3期", "〔2026〕第3期"),
        ("第3期（总第126期）", "第3期"),
        ("临水发〔2026〕5-1号", "临水发〔2026〕5-1号"),
    ],
)
def test_odd_forms_have_one_normal_form(spelt: str, normal: str) -> None:
    found = number.parse(spelt)
    assert found is not None
    assert found[1].normal == normal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "关于做好工作的通知",
        "2026年3月5日",
        "附件1",
        "根据临水发〔2026〕5号文件精神",
        "第三条",
        "5号",
    ],
)
def test_what_is_not_just_a_number_is_none(text: str) -> None:
    assert number.parse(text) is None


def test_what_is_printed_keeps_its_form() -> None:
    found = number.parse("示卫发[2026] 第05号")
    assert found is not None
    assert found[1].verbatim == "示卫发[2026]第05号"


@given(
    code=st.text(st.sampled_from("临水办发函政财卫环字"), min_size=1, max_size=8),
    year=st.integers(1990, 2099),
    serial=st.integers(1, 99999),
    ends=st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "［］"]),
    zeros=st.integers(0, 2),
)
def test_a_normal_form_is_its_own_normal_form(
    code: str, year: int, serial: int, ends: str, zeros: int
) -> None:
    spelt = str(serial).zfill(min(5, len(str(serial)) + zeros))
    found = number.parse(f"{code}{ends[0]}{year}{ends[1]}{spelt}号")
    assert found is not None
    assert found[1].normal == f"{code}〔{year}〕{serial}号"
    again = number.parse(found[1].normal)
    assert again is not None
    assert again[1].normal == found[1].normal
