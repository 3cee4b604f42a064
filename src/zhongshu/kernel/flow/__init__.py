"""The flow engine: accountable hands, one step at a time. 流程引擎.

`begin` a case, then `act` on it: (definition, case, command, facts) gives an `Outcome` or
`Refused`. definition.py says what a process is, case.py what a case is, commands.py what people
can ask, verbs/ what each verb checks and does.
"""

from .act import act, begin
from .case import Actor, Case, Outcome, apply
from .definition import Definition
from .people import Directory, Facts

__all__ = ["Actor", "Case", "Definition", "Directory", "Facts", "Outcome", "act", "apply", "begin"]
