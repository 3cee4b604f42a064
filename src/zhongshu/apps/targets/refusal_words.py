"""Why something about targets is refused: a sentence for each reason. 不予办理的理由."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    "not_the_keeper": ("只有办公室、规划计划科可以这样办", "only the office may do this"),
    "not_the_chief": ("目标任务书由主要领导批准", "the chief approves targets"),
    "not_of_the_lead": ("只有牵头部门的人可以报结果", "only the lead section reports"),
    "basis_needed": ("请写明依据或理由", "say what it rests on"),
    "table_faulty": ("表里有 {count} 处错误，一行也没有写入", "{count} faults; nothing was kept"),
    "plan_decided": ("这一版已经批过", "this version was decided"),
    "plan_same_hand": ("提出的人不能自己批准", "who proposed it does not approve it"),
    "amount_bad": ("数值不合理：不小于 0，得分不超过权重", "the amount makes no sense"),
    "quarter_ahead": ("还没有到这个季度", "this quarter has not begun"),
    "result_decided": ("这条结果已经核验过", "this result was checked"),
    "own_result": ("不能核验自己报的结果", "nobody checks his own result"),
    "proof_needed": ("没有佐证材料，不能核验通过", "without evidence it is not accepted"),
    "no_indicator_here": ("没有这项指标，或者不在执行的版本里", "there is no such indicator"),
}
