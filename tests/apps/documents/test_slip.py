"""The slip: one page as long as it fits, then honest about going on; nothing is cut."""

from __future__ import annotations

import pypdfium2

from tests.office.town import Stopped, Town
from zhongshu.office.matters.models import Matter

from .bureau import paper, seated
from .pressing import act, proposal


def slip(works: Town, matter: Matter, who: str = "林知夏") -> tuple[int, str, bytes]:
    """How many pages, their text, the bytes."""
    answer = seated(works, who).get(f"/documents/incoming/{matter.key}/slip.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    book = pypdfium2.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_range() for page in book)
    return len(book), text.replace("\r\n", "").replace("\n", ""), answer.content


def handled(works: Town, words: str) -> Matter:
    matter = paper(works, urgency="urgent")
    assert act(seated(works, "方以宁"), matter, "approve", opinion="予以受理。") == 302
    typed = proposal(f_lead_unit="supply", opinion=words)
    assert act(seated(works, "许怀瑾"), matter, "done", **typed) == 302
    assert act(seated(works, "沈砚秋"), matter, "instruct", opinion=words) == 302
    return matter


def test_everything_on_one_page(works: Town, time: Stopped) -> None:
    matter = handled(works, "请供水科牵头。")
    pages, text, first = slip(works, matter)
    assert pages == 1
    for said in (
        "文件处理单",
        "特急",
        "云政办发〔2026〕61",
        "拟办意见",
        "局长批示",
        "沈砚秋",
        "主办",
    ):
        assert said in text.replace(" ", ""), said
    assert "林知夏" in text  # whoever prints it stands across it
    assert "续页" not in text
    assert slip(works, matter)[2] == first  # the same slip at the same minute, byte for byte


def test_long_opinions_are_set_smaller_and_stay_on_one_page(works: Town) -> None:
    words = "一、请供水科牵头，逐座泵站检查，把裸露管段列出清单，落实到人。" * 14
    pages, text, _ = slip(works, handled(works, words))
    assert pages == 1
    assert text.replace(" ", "").count("一、请供水科牵头") == 28


def test_what_does_not_fit_goes_on_and_says_so(works: Town) -> None:
    words = "一、请供水科牵头，逐座泵站检查，把裸露管段列出清单，落实到人。" * 60
    pages, text, _ = slip(works, handled(works, words))
    assert pages > 1
    assert "续页" in text
    assert f"共{pages}页" in text.replace(" ", "")
    assert text.replace(" ", "").count("一、请供水科牵头") == 120


def test_words_are_never_commands(works: Town) -> None:
    words = '#read("/etc/passwd") #while true {} $x$ \\ *粗* _斜_ <label> @ref'
    _, text, _ = slip(works, handled(works, words))
    assert '#read("/etc/passwd")' in text.replace("“", '"').replace("”", '"')
    assert "root:" not in text


def test_who_may_not_see_it_gets_no_slip(works: Town) -> None:
    matter = paper(works)
    answer = seated(works, "周明朗").get(f"/documents/incoming/{matter.key}/slip.pdf")
    assert answer.status_code == 404
