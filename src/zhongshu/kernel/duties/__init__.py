"""Separation of duties, proved: who could do it alone, whose absence blocks it, who may act now.

不相容职责: a process is put against the people who hold its posts, and every answer comes with a
witness that an independent checker has passed, or with a proof of search that there is none.

Describe a process once (`model.py`)::

    staff = Staff((Person("wang", Label("王", "Wang")), ...))
    process = Process(
        staff,
        steps=(Step("draft", Label("起草", "drafts")), ...),
        grants=(Grant("draft", staff.crowd(["wang", "li"])),
                Grant("review", staff.crowd(["wang"]), Ground("stand_in", Label("李", "Li")))),
        rules=(Separate("经办与审核分离", frozenset({"draft", "review"})), ...),
        ways=(frozenset({"draft", "review"}), ...),  # the step sets of all ways through it
    )

and ask (every question may answer `Undecided` when its budget of search nodes is used up):

============================  ===========================================================
`fewest(process)`             the fewest people who can do it, on the easiest way
`coalitions(process)`         all such groups
`resilience(process, t)`      the smallest absence up to t that blocks some way, or none
`pillars(process)`            each single person without whom some way is blocked
`cures(process, way, away)`   who could be added to which step to open a blocked way
`may_act(process, step, ..)`  may this person take this step now without a dead end ahead
`who_may_act(process, ..)`    the same for everybody at once
`standing`, `compare`         the static answers; the same before and after a change
`effect_of(process, ..)`      does this stand-in help while others are away, or why not
`why_impossible(..)`          a minimal set of rules in conflict
`find_plan(process, way)`     one way to fill all steps
`broken(process, way, plan)`  the independent check of a plan
`tell`, `tell_group`, ..      plans, groups and findings as sentences in both languages
`check_holders`               incompatible duties of posts and people
`separations`                 the matrix of incompatible duties as rules of a process
============================  ===========================================================

How it searches: people with equal rights are one class (`problem.py`), the unknowns are "the
same person?" for each two steps (`pairs.py`), dead ends teach clauses (`learn.py`, `search.py`).
"""

from .absence import Blocking, Cure, Pillar, Resilient, cures, pillars, resilience
from .acting import Candidates, Safe, Unsafe, may_act, open_ways, who_may_act
from .coalition import Coalitions, Fewest, coalitions, fewest
from .compare import Change, Effect, Standing, compare, compare_grants, effect_of, standing
from .conflict import Conflict, Possible, why_impossible
from .matrix import Finding, Grade, Matrix, check_holders, matrix_on, separations
from .matrix_data import SHIPPED
from .model import (
    OWN,
    AtLeast,
    AtMost,
    Bar,
    Bind,
    Dependent,
    Grant,
    Ground,
    Label,
    OneTeam,
    Person,
    Plan,
    Process,
    Rule,
    Separate,
    Staff,
    Step,
    SuperAtLeast,
    Undecided,
    Way,
    places_of,
)
from .problem import Case
from .solve import BUDGET, find_plan
from .story import tell, tell_group
from .told import tell_blocking, tell_conflict, tell_cure, tell_pillar, tell_way
from .verify import broken

__all__ = [
    "BUDGET",
    "OWN",
    "SHIPPED",
    "AtLeast",
    "AtMost",
    "Bar",
    "Bind",
    "Blocking",
    "Candidates",
    "Case",
    "Change",
    "Coalitions",
    "Conflict",
    "Cure",
    "Dependent",
    "Effect",
    "Fewest",
    "Finding",
    "Grade",
    "Grant",
    "Ground",
    "Label",
    "Matrix",
    "OneTeam",
    "Person",
    "Pillar",
    "Plan",
    "Possible",
    "Process",
    "Resilient",
    "Rule",
    "Safe",
    "Separate",
    "Staff",
    "Standing",
    "Step",
    "SuperAtLeast",
    "Undecided",
    "Unsafe",
    "Way",
    "broken",
    "check_holders",
    "coalitions",
    "compare",
    "compare_grants",
    "cures",
    "effect_of",
    "fewest",
    "find_plan",
    "matrix_on",
    "may_act",
    "open_ways",
    "pillars",
    "places_of",
    "resilience",
    "separations",
    "standing",
    "tell",
    "tell_blocking",
    "tell_conflict",
    "tell_cure",
    "tell_group",
    "tell_pillar",
    "tell_way",
    "who_may_act",
    "why_impossible",
]
