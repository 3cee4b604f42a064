"""What supervision says to people: sentences in both languages, reasons of its refusals. 用语."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Sentence(NamedTuple):
    """The same sentence twice."""

    zh: str
    en: str


REASONS: Mapping[str, tuple[str, str]] = {
    "text_needed": ("请写明内容", "say what it is about"),
    "reason_needed": ("请写明理由", "give the reason"),
    "not_the_lead": (
        "只有牵头部门的承办人或负责人可以这样办",
        "only who handles it in the lead section, or its head, may do this",
    ),
    "not_the_office": (
        "只有督办员或办公室主任可以这样办",
        "only the supervision clerk or the office head may do this",
    ),
    "not_doing": ("该督办事项现在不在办理中", "the task is not being carried out now"),
    "not_running": ("该督办事项已经结束", "the task has ended"),
    "percent": ("进度应在 0 到 100 之间", "progress is a percentage"),
    "progress_back": (
        "进度比上次少了 {points} 个百分点，请说明原因",
        "progress fell by {points} points; say why",
    ),
    "hundred_is_result": (
        "进度报到 100，请同时附上佐证材料",
        "evidence comes with 100 percent",
    ),
    "too_late": (
        "已过办结时限，不能再申请延期；请尽快报结或说明情况",
        "the due time is past; a postponement is asked for before it",
    ),
    "not_later": ("新的时限应晚于现在的时限", "the new due time lies after the present one"),
    "postponed_often": (
        "已经延期 {count} 次，最多 {most} 次",
        "postponed {count} times already; {most} at most",
    ),
    "asked_already": (
        "还有一份申请没有批，请等批复或先撤回",
        "one application is still undecided",
    ),
    "already_decided": ("这份申请已经批过", "this application was decided"),
    "not_the_consenter": ("这份申请由{person}批", "this is for {person} to decide"),
    "own_application": ("不能批自己的申请", "nobody decides his own application"),
    "no_consenter": (
        "找不到该由谁来批：请先配好分管领导、主要领导岗位",
        "nobody is there to decide: give the section a leader",
    ),
    "consent_needed": (
        "{what}要先经领导同意：请先提出申请",
        "a leader consents first: apply for it",
    ),
    "object_too_late": (
        "对牵头的异议应在交办后 {days} 个工作日内提出，已经超过",
        "the lead is disputed within {days} working days",
    ),
    "own_section": ("要改派的部门就是原牵头部门", "that section leads already"),
    "unfinished": (
        "“{word}”不是办结：请写明已经形成的成果",
        "this says that it goes on, not what came of it",
    ),
    "evidence_needed": ("报结须附佐证材料", "a result comes with evidence"),
    "assistants_open": (
        "配合部门还没有办毕，请先催齐再报结",
        "the assisting sections have not finished; collect their parts first",
    ),
    "children_open": (
        "还有 {count} 件分解事项没有办结：{numbers}",
        "{count} parts are still open: {numbers}",
    ),
    "task_open": (
        "由本件立项的督办事项还没有办结：{numbers}。请先办结，或由领导签字说明",
        "a task born from this is still open: {numbers}; close it, or a leader answers for it",
    ),
    "not_answerable": (
        "只有分管领导、主要领导或办公室主任可以签字负责",
        "only a leader or the office head may answer for it",
    ),
    "two_pieces": ("至少分解为两项，每项只有一个牵头部门", "at least two parts, one lead each"),
    "same_piece": ("两项分解的内容和牵头完全相同", "two parts are the same"),
    "into_itself": ("不能并入自己，也不能并入已经结束的事项", "it cannot be merged into that"),
    "one_lead": ("牵头部门只能有一个，也不能同时配合", "exactly one lead, who does not assist"),
    "due_needed": ("时限应晚于现在", "the due time lies ahead"),
    "milestones": (
        "节点应按时间先后，进度逐个增加，且不晚于办结时限",
        "milestones go up in time and percent, until the due time",
    ),
    "chased_now": ("一个工作日内已经催过：{number}", "chased within a working day: {number}"),
    "same_hand": ("提出的人不能自己批准", "who proposed it does not approve it"),
    "not_yours_to_judge": ("只有督办员或办公室主任可以评价", "the office judges"),
    "assistants_unmarked": (
        "配合部门还没有评价：{names}。请先评价配合，再评价本事项",
        "the assisting sections have no mark yet: {names}; mark them first",
    ),
    "mark_unknown": ("评价只能是{marks}", "the mark is one of {marks}"),
    "own_mark": (
        "不能评价自己的部门；请由分管领导或主要领导评价",
        "nobody marks his own section; a leader does",
    ),
    "not_assisting": ("该部门不是本事项的配合部门", "that section does not assist"),
    "mark_when": (
        "核查通过以后才评价配合部门",
        "assistants are marked once the result was accepted",
    ),
    "no_origin": (
        "立项的由来找不到，或者您无权查看",
        "what it is to be born from is not there, or not yours to see",
    ),
    "rules_bad": ("规则数字不合理：{what}", "a number makes no sense: {what}"),
    "nothing_changed": ("没有改动", "nothing was changed"),
}
