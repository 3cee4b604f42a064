"""A payment of an invented bureau: six steps, eight people, stand-ins, and a short cut."""

from zhongshu.kernel.duties.model import (
    AtLeast,
    Grant,
    Ground,
    Label,
    Person,
    Process,
    Separate,
    Staff,
    Step,
)

PEOPLE = {
    "wang": Label("王", "Wang"),
    "li": Label("李", "Li"),
    "zhao": Label("赵", "Zhao"),
    "qian": Label("钱", "Qian"),
    "sun": Label("孙", "Sun"),
    "zhou": Label("周", "Zhou"),
    "wu": Label("吴", "Wu"),
    "zheng": Label("郑", "Zheng"),
}
STAFF = Staff(tuple(Person(key, label) for key, label in PEOPLE.items()))
STEPS = (
    Step("draft", Label("起草", "drafts")),
    Step("review", Label("审核", "reviews")),
    Step("budget", Label("核预算", "checks the budget")),
    Step("approve", Label("审批", "approves")),
    Step("pay", Label("付款", "pays")),
    Step("book", Label("记账", "books")),
)


def who(*keys: str) -> int:
    """A crowd of the invented bureau."""
    return STAFF.crowd(keys)


GRANTS = (
    Grant("draft", who("wang", "zhao", "qian")),
    Grant("review", who("li")),
    Grant("budget", who("sun", "zhou")),
    Grant("approve", who("wu")),
    Grant("pay", who("zhou")),
    Grant("book", who("sun", "zheng")),
)
RULES = (
    Separate("经办与审核分离", frozenset(("draft", "review"))),
    Separate("审核与审批分离", frozenset(("review", "approve"))),
    Separate("付款与记账分离", frozenset(("pay", "book"))),
    AtLeast("至少三人", 3, frozenset(("draft", "review", "approve", "pay"))),
)
# Small sums go without the budget check.
LONG = frozenset(step.key for step in STEPS)
SHORT = LONG - {"budget"}
PAYMENT = Process(STAFF, STEPS, GRANTS, RULES, (LONG, SHORT))

LI_TO_WANG = Grant("review", who("wang"), Ground("stand_in", PEOPLE["li"]))
WU_TO_WANG = Grant("approve", who("wang"), Ground("stand_in", PEOPLE["wu"]))
