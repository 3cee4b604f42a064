"""Why something is refused, and what to do next: a sentence for each reason. 不予办理的理由."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, tuple[str, str]] = {
    "added_cannot": (
        "加签人只能表示同意或不同意，不能退回，也不能再加签",
        "an added signer answers yes or no only",
    ),
    "adviser": ("{person}正在或已经为本环节提供意见", "{person} is an adviser at this step"),
    "adviser_first": (
        "请先等前加签人答复，或者撤下加签",
        "the adviser asked before must answer first, or be dropped",
    ),
    "alone": (
        "{person}一人不能办完此事，至少需要{needed}人审批",
        "{person} would decide the whole case alone; {needed} people must",
    ),
    "ask_closed": ("该征求意见已经结束", "this question is closed"),
    "author": (
        "{person}填写了本环节依据的内容，不能审批自己填写的内容",
        "{person} wrote what this step stands on and may not decide it",
    ),
    "away": ("{person}不在岗", "{person} is away"),
    "bad_field": (
        "“{field}”不能由您填写，或者填写的内容不合要求",
        "the field {field} is not yours to write, or its value has the wrong shape",
    ),
    "base_stays": ("流程规定的席位不能减签", "a seat of the process cannot be dropped"),
    "carry_is_set": (
        "本流程已规定重新提交的办法，不能另选",
        "the process fixes how a returned case is carried; it cannot be chosen",
    ),
    "case_state": (
        "该事项现在的状态是“{state}”，不能这样办理",
        "the case is {state}; this cannot be done now",
    ),
    "child_decided": (
        "您的后加签人已经表态，不能拿回",
        "a signer you added has decided; you cannot take your word back",
    ),
    "conflict": (
        "{person}已办“{other}”，不得再办“{duty}”（不相容岗位相互分离）",
        "{person} did {other} and may not also do {duty}: separation of duties",
    ),
    "content_moved": (
        "您打开之后内容已被修改，请重新阅看后再办（您的意见已保留）",
        "the content changed after you opened it; look at it again (your text is kept)",
    ),
    "counter_too_late": (
        "已过申请撤销的期限",
        "the time in which an approval can be undone is over",
    ),
    "decided_here": (
        "{person}已在本事项中审批，不能接手拟稿",
        "{person} has decided in this case and cannot take over the draft",
    ),
    "end_not_ahead": ("计划恢复时间必须晚于现在", "the planned end must lie ahead"),
    "ended": ("事项已经办结", "the case has ended"),
    "fallback_used": (
        "补位岗位“{post}”已在前面环节补位",
        "the fallback post {post} already sits at another step",
    ),
    "gone": ("{person}已离开本单位", "{person} has left"),
    "had_it_before": ("{person}已经办过转办给您的这一环", "{person} had it before"),
    "initiator": (
        "{person}是拟稿人，不能审批自己的事项",
        "{person} drafted this and may not decide it",
    ),
    "joint": (
        "多人会签已经通过，个人不能拿回；请由下一环节退回",
        "a joint step has passed; ask the next holder to return the case",
    ),
    "jump_parallel": (
        "并行办理中，不能跳转到这一环节",
        "this node cannot be jumped to while branches run",
    ),
    "later_decided": (
        "排在您后面的人已经表态，不能拿回",
        "somebody after you in line has decided",
    ),
    "machine": ("系统不代替任何人作决定", "the machine decides in nobody's name"),
    "machine_only": ("这一步只能由系统执行", "only the machine does this"),
    "missing_field": ("必填项“{field}”没有填写", "the required field {field} is empty"),
    "moved_on": (
        "事项已经往下办理，这一步不存在了；请刷新",
        "the case has moved on and this is no longer there; reload",
    ),
    "named_twice": ("同一人填写了两次", "somebody is named twice"),
    "next_acted": (
        "下一环节已经办理，不能拿回；请下一环节退回",
        "the next step has been acted on; ask its holder to return the case",
    ),
    "next_opened": (
        "下一环节已经打开，本流程规定此时不能拿回",
        "the next holder has opened it, and the process then forbids taking back",
    ),
    "no_beside": ("本环节不能并列加签", "signers cannot be added beside at this step"),
    "no_caller": ("本事项不是子流程", "this is not a sub-case"),
    "no_counterpart": (
        "新版流程中没有与“{node}”对应的环节，请在迁移方案中指定",
        "the new version has no counterpart for {node}; name one in the plan",
    ),
    "no_part": ("{person}与本事项无关", "{person} has no part in this case"),
    "no_pass_on": ("这份传阅件不能再转给他人", "this copy may not be passed on"),
    "no_right": ("{person}不在“{post}”岗位上", "{person} does not hold the post {post}"),
    "no_such_node": ("没有“{node}”这个环节", "there is no node {node}"),
    "no_way_on": (
        "“{node}”之后没有符合条件的去向；请联系流程管理人员",
        "no way onward from {node} fits; tell whoever keeps the process",
    ),
    "no_way_to": ("从当前环节到不了“{node}”", "no way leads from here to {node}"),
    "nobody_named": ("没有指定人员", "nobody is named"),
    "nobody_after": (
        "改用新版后“{node}”没有人能办，先配好人再改",
        "under the new version nobody could act at {node}; staff it first",
    ),
    "not_another_version": (
        "目标不是同一流程的另一版本",
        "this is not another version of the same process",
    ),
    "not_assignable": ("这一席位不能分派", "this slot cannot be assigned"),
    "not_claimable": ("已经有人认领，或者不需要认领", "this is claimed, or not to be claimed"),
    "not_claimed": ("这不是您认领的", "this was not claimed"),
    "not_cleared": ("{person}的知悉范围不够", "{person} is not cleared"),
    "draft_was_sent": (
        "已经送办过的拟稿不能就此结束，须交人接手",
        "a draft that was sent before cannot just end; somebody must take it over",
    ),
    "not_drafter": ("只有拟稿人可以这样做", "only the drafter may do this"),
    "not_travelled": (
        "事项没有经过“{node}”，不能退回到那里",
        "the case did not pass {node} and cannot be returned there",
    ),
    "not_your_step": ("这一步不是您办理的", "this step was not decided by you alone"),
    "not_yours": ("这一步现在不由您办理", "this is not yours to do"),
    "nothing_held": ("{person}在本事项中没有需要交接的", "{person} holds nothing in this case"),
    "one_direction": (
        "前加签和后加签不能同时使用；请先撤下已有的加签",
        "added signers stand either before or after, not both",
    ),
    "opinion_needed": ("请写明意见或理由", "words are needed: an opinion or a reason"),
    "other_way": (
        "“{node}”之后的去向在新版流程中不同，不能迁移",
        "what follows {node} is different in the new version",
    ),
    "other_branch": (
        "“{node}”在新版流程中位于另一分支",
        "{node} lies in another branch of the new version",
    ),
    "out_of_range": ("{person}不在允许的范围内", "{person} lies outside the allowed range"),
    "outward_effect": (
        "“{node}”已经对外生效（{effect}），不能收回",
        "{node} has had an outward effect ({effect}) and cannot be undone",
    ),
    "own_unit": ("{person}与拟稿人同属一个科室，应当回避", "{person} is of the drafter's unit"),
    "question_needed": ("请写明要征求的问题", "the question is missing"),
    "rank": ("{person}的职级应当高于拟稿人", "{person} must rank above the drafter"),
    "reading_state": ("这份传阅件现在是“{state}”", "this copy is {state}"),
    "recall_never": ("本流程提交后不能撤回", "this process allows no recall"),
    "recall_too_late": ("已过可以撤回的时点", "it is too late to recall"),
    "same_holder": ("已经由{person}承办", "{person} has it already"),
    "seated": ("{person}在本环节已有席位", "{person} already has a seat at this step"),
    "slot_moved": (
        "您打开之后这一席位已有变化，请刷新（您的意见已保留）",
        "this slot changed after you opened it; reload (your text is kept)",
    ),
    "slot_state": (
        "这一席位现在是“{state}”，需要是“{needed}”",
        "this slot is {state}; it must be {needed}",
    ),
    "still_there": (
        "新版流程中仍有“{node}”，不能把它对应到别的环节",
        "{node} exists in the new version too and cannot become another node",
    ),
    "take_back_never": ("本环节办理后不能拿回", "this step cannot be taken back"),
    "target_not_allowed": (
        "本环节不允许退回到“{node}”",
        "this step may not return the case to {node}",
    ),
    "task_incomplete": (
        "交办事项要写明事由、承办人和期限",
        "a task needs what, who and by when",
    ),
    "too_few_deciders": (
        "审批人不足：已有{have}人，至少需要{needed}人；请由代理人或补位岗位办理",
        "{have} people decided and {needed} must; let the stand-in or the fallback act",
    ),
    "too_long": ("最多{most}字", "at most {most} characters"),
    "too_many_returns": (
        "已退回{most}次，请办公室负责人协调处理",
        "returned {most} times already; the office head must settle it",
    ),
    "too_many_transfers": ("转办不能超过{most}次", "at most {most} transfers"),
    "two_into_one": (
        "两个环节不能对应到同一个环节",
        "two nodes cannot become one",
    ),
    "two_needed": ("需要两个人共同办理", "two different people are needed"),
    "unknown": ("人员名册中没有{person}", "{person} is not in the directory"),
    "urged_already": (
        "刚催办过{person}，再过{wait}分钟（工作时间）可以再催",
        "{person} was urged a short while ago; again in {wait} working minutes",
    ),
    "would_settle": (
        "减签不能代替表态：撤下后本环节就有了结果",
        "dropping this signer would settle the step; that needs a decision",
    ),
    "wrong_version": (
        "该事项按它自己的流程版本办理，不能换用另一版本",
        "the case keeps its own version of the process",
    ),
    "wrong_word": ("“{node}”环节不能这样表态（{verb}）", "{verb} cannot be said at {node}"),
}
