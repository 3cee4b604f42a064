"""The words of findings, in Chinese and English. 检查结果的话.

Each sentence stands behind the place it speaks of (telling.py puts it there); {names} are those
the finding carries.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    # the text
    "too_large": (
        "文件过大，最多 {most} 个字符",
        "the file is too large: {most} characters at most",
    ),
    "not_toml": ("不是正确的 TOML：{error}", "this is not TOML: {error}"),
    "other_format": ("格式版本须写 format = {needed}", "write format = {needed}"),
    "kind_missing": ("环节要写明 kind（审批、办理等）", "a node must say its kind"),
    "not_a_table": ("这里应是一张表", "a table belongs here"),
    "not_a_list": ("这里应是一个列表", "a list belongs here"),
    "too_many": ("数量过多，最多 {most} 个", "too many: {most} at most"),
    "too_deep": ("条件嵌套过深，最多 {most} 层", "nested too deep: {most} levels at most"),
    "unknown_key": (
        "没有名为 {key} 的设置，请核对拼写",
        "there is no key {key}: check the spelling",
    ),
    "wrong_type": ("值的类型不对，应为 {needed}", "wrong type of value: {needed} is needed"),
    "bad_text": (
        "文字须为一行，不超过 100 字，不含不可见字符",
        "one line of at most 100 characters, none of them invisible",
    ),
    "bad_id": (
        "“{value}”不能作代号：用小写字母开头，只用小写字母、数字、下划线",
        '"{value}" cannot be an id: small letters, digits, underscores, a letter first',
    ),
    "out_of_bounds": ("须在 {least} 到 {most} 之间", "must lie between {least} and {most}"),
    "not_an_option": ("只能是其中之一：{options}", "must be one of: {options}"),
    "bad_limit": ("时限写作 30m、8h 或 3d", "write a limit as 30m, 8h or 3d"),
    "bad_pair": ("不相容职责须两个一组", "conflicting duties come in pairs"),
    "one_kind_of_seat": ("席位须且只须写明一种：{options}", "name exactly one of: {options}"),
    "bad_rule": (
        "计票规则不对：all、sequential、count、at_least 或 more_than",
        "a rule is all, sequential, or a table with count, at_least or more_than",
    ),
    "bad_on_fail": (
        "不通过时写 end、某节点代号或一组去向",
        "on_fail is end, the id of a node, or a list of edges",
    ),
    "bad_condition": (
        "条件不合写法：[字段, 运算, 值]，或 all、any、not",
        "a condition is [field, operator, value], or a table with all, any or not",
    ),
    # the drawing
    "one_draft_needed": (
        "须恰有一个拟稿节点，现有 {number} 个",
        "exactly one draft is needed, there are {number}",
    ),
    "duplicate_id": ("这个代号用了不止一次", "this id is used more than once"),
    "no_end": ("没有办结节点", "there is no end"),
    "unknown_node": ("{key} 指向不存在的节点 {node}", "{key} names {node}, which is no node"),
    "edge_to_draft": (
        "{key} 不能通向拟稿；要退回请用退回或 on_fail",
        "{key} must not lead to the draft: a return or on_fail does that",
    ),
    "same_edge_twice": ("{key} 里有两条相同的去向", "{key} holds the same edge twice"),
    "unreachable": ("从拟稿走不到这里", "cannot be reached from the draft"),
    "dead_end": ("走到这里就没有去路，不能办结", "leads nowhere: no end can be reached"),
    "loop_without_exit": ("进入这个循环就出不来", "a loop that is never left"),
    "loop_without_people": (
        "循环里没有任何人经手，会自己转下去",
        "a loop that passes nobody would run by itself",
    ),
    "one_join_needed": (
        "每个分支须恰有一个汇合，现有 {number} 个",
        "a split needs exactly one join, there are {number}",
    ),
    "one_branch": ("分支至少要有两条去向", "a split needs at least two branches"),
    "unknown_split": ("汇合的 split 须是一个分支节点，{split} 不是", "{split} is no split"),
    "join_outside": ("汇合在分支之外", "a join outside any split"),
    "wrong_join": (
        "汇合的是 {split}，走到这里的分支却来自 {open}",
        "joins {split}, but the branch that arrives belongs to {open}",
    ),
    "end_inside_branch": ("{split} 的分支尚未汇合就办结", "ends inside a branch of {split}"),
    "branches_meet": (
        "{split} 的两条分支在汇合之前相遇",
        "two branches of {split} meet before their join",
    ),
    "crosses_branch": (
        "有去路从外面插进分支，或从分支里跑出来",
        "an edge leads into a branch or out of one",
    ),
    "nobody_stands_there": (
        "{key} 指向的 {node} 没有人经手，不能退到那里",
        "{key} names {node}, where nobody sits",
    ),
    "on_fail_not_before": (
        "不通过要退到 {node}，但有的走法没有经过它",
        "a refusal goes back to {node}, which some ways never pass",
    ),
    "return_ahead": ("{node} 不在前面，不能退到那里", "{node} does not come before this node"),
    # conditions
    "gap": ("{key} 的条件有缺口：这种情形没有去路", "the conditions of {key} leave a gap"),
    "too_many_cases": (
        "{key} 的情形超过 {most} 种，无法逐一核对：请加一条无条件的去向",
        "{key} has more than {most} cases to check: add an else",
    ),
    "not_tried": (
        "{key} 的情形超过 {most} 种，没有核对是否有多余的去向",
        "{key} has more than {most} cases: not checked for edges that are never taken",
    ),
    "else_not_last": (
        "第 {number} 条去向（到 {node}）没有条件，须放在最后",
        "edge {number} (to {node}) has no condition, so it must stand last",
    ),
    "condition_ignored": (
        "并行分支全都要走，第 {number} 条（到 {node}）的条件不起作用",
        "a split takes every branch: the condition of edge {number} (to {node}) does nothing",
    ),
    "never_taken": (
        "{key} 第 {number} 条（到 {node}）永远轮不到，前面的去向已包括",
        "edge {number} of {key} (to {node}) is never taken: those before it cover it",
    ),
    "never_true": (
        "{key} 第 {number} 条（到 {node}）的条件永远不成立",
        "the condition of edge {number} of {key} (to {node}) is never true",
    ),
    # names
    "duplicate_field": ("字段 {field} 写了不止一次", "field {field} stands there twice"),
    "duplicate_option": ("字段 {field} 有重复的选项", "field {field} repeats an option"),
    "options_misfit": (
        "字段 {field} 的类型是 {type}：选择题才有选项，选择题必须有选项",
        "field {field} is of type {type}: choices have options, nothing else has",
    ),
    "unknown_field": ("{key} 用了不存在的字段 {field}", "{key} names {field}, which is no field"),
    "operator_misfit": (
        "字段 {field} 不能用“{operator}”比较（{key}）",
        'field {field} cannot be compared with "{operator}" ({key})',
    ),
    "value_misfit": (
        "字段 {field} 不会有“{value}”这样的值（{key}）",
        'field {field} never has a value such as "{value}" ({key})',
    ),
    "field_names_nobody": (
        "席位取自字段 {field}，它不是人员、岗位或部门",
        "a seat is taken from {field}, which names no person, post or unit",
    ),
    "seat_may_be_empty": (
        "席位取自字段 {field}，它可以不填；不填就没有人可办",
        "a seat is taken from {field}, which may be left empty: nobody could act",
    ),
    "initiator_picks": (
        "审批人取自字段 {field}，由发起人自己填",
        "who decides is taken from {field}, which the initiator fills in",
    ),
    "unknown_relation": (
        "没有“{value}”这种关系，可用：{options}",
        '"{value}" is no relation: use one of {options}',
    ),
    "initiator_decides": (
        "发起人不能审批自己的事，这个席位永远空着",
        "the initiator never decides: this seat stays blocked",
    ),
    "same_seat_twice": ("席位 {seat} 写了两次", "seat {seat} stands there twice"),
    "bad_range": (
        "{key} 的范围“{value}”不对：any、unit、post:岗位、unit:部门",
        '{key} has the range "{value}": use any, unit, post:x or unit:x',
    ),
    "unknown_effect": (
        "没有“{value}”这种对外效力，可用：{options}",
        '"{value}" is no effect: use one of {options}',
    ),
    "unknown_duty": (
        "不相容职责里的 {duty} 不是任何节点或席位的职责",
        "{duty} is no duty of any node or seat",
    ),
    "amount_misfit": ("金额字段 {field} 不是单个数字", "{field} is not a single number"),
    "bad_recall": (
        "撤回期限“{value}”不对：any、before_decision、never、before:节点",
        '"{value}" is no window: use any, before_decision, never or before:node',
    ),
    "no_override": (
        "没有写明谁可两人同行强制处理，遇到卡住无人能解",
        "no post may override: a stuck case stays stuck",
    ),
    "no_head": (
        "没有写明办公室负责人，退回过多时无人定夺",
        "no office head: nobody settles a case that was returned too often",
    ),
    # single nodes
    "no_name": ("没有名称", "has no name"),
    "not_for_this_kind": (
        "{kind} 节点不用 {key}，请删去",
        "{key} means nothing at a node of kind {kind}",
    ),
    "no_seats": ("没有席位，谁也办不了", "has no seats: nobody could act"),
    "decider_edits": (
        "审批节点不能改表单，请另设办理节点",
        "whoever decides must not write the form: use a task",
    ),
    "edges_after_end": ("办结之后不能再有去向", "nothing follows an end"),
    "no_fail_edges": (
        "on_fail 是空的，不通过就没有去路",
        "on_fail is empty: a refusal leads nowhere",
    ),
    "no_sub": ("没有写明启动哪个子流程", "names no process to start"),
    "starts_itself": ("子流程就是它自己", "starts its own process again"),
    "race_needs_one": (
        "先到先定（race）只用于一人即可（count = 1）",
        "race goes only with a count of 1",
    ),
    "count_beyond_seats": (
        "要 {count} 票，席位只有 {seats} 个",
        "{count} votes are needed and there are {seats} seats",
    ),
    "people_beyond_seats": (
        "至少要 {count} 人，席位只有 {seats} 个",
        "{count} people are needed and there are {seats} seats",
    ),
    "weights_with_count": ("按人数计票时不能有权重", "weights do not go with a count"),
    "weights_without_ratio": (
        "权重只在按比例计票时起作用",
        "weights matter only when a ratio is counted",
    ),
    "fallback_is_seat": (
        "兜底岗位 {post} 本来就在这个节点有席位",
        "the fallback {post} already has a seat here",
    ),
    "depth_without_add": ("没有允许加签，add_depth 不起作用", "add_depth does nothing without add"),
    "claim_without_pool": (
        "没有认领席位，claim_within 和 assign 不起作用",
        "claim_within and assign do nothing without a pool",
    ),
    "pool_without_assigner": (
        "无人认领时没有写明由谁分派",
        "nobody is named who assigns what nobody claims",
    ),
    # independence and numbers
    "edits_undeclared": (
        "这里要改 {field}，而 {node} 没有写明依据哪些字段，算作依据全部；请在那里写 relies",
        "writes {field}, while {node} declares no relies and so stands on everything: declare it",
    ),
    "edits_relied": (
        "这里要改 {field}，{node} 是据它作的决定：每改一次都要退回去重新决定",
        "writes {field}, on which {node} decided: every change sends the case back there",
    ),
    "same_decider": (
        "一人同意即可，而这个人可能就是在 {node} 作决定的人；可写入 conflicts",
        "one word is enough here, and may come from whoever decided at {node}: see conflicts",
    ),
    "too_few_deciders": (
        "须有 {needed} 个不同的人决定，但有一种走法至多 {found} 个",
        "{needed} different people must decide, but on one way at most {found} can",
    ),
    "too_many_edges": ("去向过多，最多 {most} 条", "too many edges: {most} at most"),
    "too_many_seats": ("席位过多，最多 {most} 个", "too many seats: {most} at most"),
    "too_many_rows": ("一个条件里的比较过多，最多 {most} 个", "too many rows: {most} at most"),
    # people
    "unknown_post": ("{key} 写的岗位 {post} 不存在", "{key} names the post {post}: there is none"),
    "nobody_holds": (
        "{key} 写的岗位 {post} 无人在任",
        "{key} names the post {post}: nobody holds it",
    ),
    "override_needs_two": (
        "强制处理须两人，岗位 {post} 只有一人",
        "an override needs two people, and {post} has one holder",
    ),
    "seat_unknown": ("席位写的 {kind} {value} 不存在", "there is no {kind} {value}"),
    "seat_empty": ("席位 {kind} {value} 现在没有人", "{kind} {value} has nobody today"),
    "range_unknown": ("范围 {value} 里的岗位或部门不存在", "{value} names no post or unit"),
    "value_unknown": (
        "字段 {field} 的条件里写了不存在的“{value}”",
        'a condition on {field} names "{value}": there is none',
    ),
    "conflict_unstaffed": (
        "{duty} 与 {other} 不得同一人，但现在只有一个人可办",
        "{duty} and {other} need two people, and there is one",
    ),
}
