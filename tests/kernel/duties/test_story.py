"""Words: every ground, with and without a name, and groups of every size."""

import pytest

from zhongshu.kernel.duties.model import Grant, Ground, GroundKind, Label, Plan, Process
from zhongshu.kernel.duties.story import tell, tell_group

from .office import PEOPLE, STAFF, STEPS, who

TOLD: dict[tuple[GroundKind, bool], tuple[str, str]] = {
    ("own", False): ("王审核。", "Wang reviews."),
    ("stand_in", True): ("李外出，王代其审核。", "Li is away, and Wang as stand-in reviews."),
    ("stand_in", False): ("王作为代理人审核。", "Wang as stand-in reviews."),
    ("fallback", False): (
        "无人可办，王兜底审核。",
        "nobody else is left, and Wang as fallback reviews.",
    ),
    ("transfer", True): ("李转办，王审核。", "Li transfers it, and Wang reviews."),
    ("transfer", False): ("经转办，王审核。", "after a transfer Wang reviews."),
    ("added", True): ("李加签，王审核。", "Li adds a signer, and Wang reviews."),
    ("added", False): ("经加签，王审核。", "as an added signer Wang reviews."),
    ("override", False): ("王以特批席位审核。", "Wang in the override seat reviews."),
}


@pytest.mark.parametrize(("kind", "named"), TOLD)
def test_every_ground_has_its_words(kind: GroundKind, named: bool) -> None:
    ground = Ground(kind, PEOPLE["li"] if named else None)
    one = Process(STAFF, STEPS[1:2], (Grant("review", who("wang"), ground),))
    assert tell(one, Plan((("review", 0),))) == Label(*TOLD[kind, named])


def test_the_first_ground_that_fits_is_told() -> None:
    stand_in = Ground("stand_in", PEOPLE["li"])
    grants = (
        Grant("draft", who("wang"), stand_in),
        Grant("review", who("li")),
        Grant("review", who("wang")),
        Grant("review", who("wang"), stand_in),
    )
    one = Process(STAFF, STEPS[:2], grants)
    assert tell(one, Plan((("review", 0),))).zh == "王审核。"
    assert tell(one, Plan((("review", 7),))).zh == "郑审核。"


def test_groups() -> None:
    assert tell_group(STAFF, ((who("wu"), 1),)) == Label("吴", "Wu")
    assert tell_group(STAFF, ((who("wu", "li"), 2),)) == Label("李、吴", "Li and Wu")
    most = who("wang", "li", "zhao", "qian", "sun")
    assert tell_group(STAFF, ((most, 2),)) == Label(
        "王、李、赵、钱、孙中任2人", "any 2 of Wang, Li, Zhao, Qian and Sun"
    )
    assert tell_group(STAFF, ((most | who("wu"), 1), (who("zheng"), 1))) == Label(
        "王等6人中任1人，加郑", "any 1 of Wang and 5 others, with Zheng"
    )
