"""Every write about people, one function for each verb. 人员的全部办理."""

from .absence import (
    end_leave,
    end_stand_in,
    grant_stand_in,
    leave_for_good,
    may_leave,
    record_leave,
)
from .accounts import (
    activate_account,
    change_password,
    create_account,
    first_administrators,
    note_sign_in,
    suspend_account,
    use_link,
    void_sessions,
)
from .identities import confirm_identity, drop_identity, propose_identity
from .importing import propose_import, release_import, undo_import
from .organisation import (
    add_person,
    add_post,
    add_unit,
    appoint,
    change_person,
    change_post,
    change_unit,
    end_appointment,
    move,
    seat_unit,
    set_clearance,
    set_sight,
)
from .resetting import ask_for_link

__all__ = [
    "activate_account",
    "add_person",
    "add_post",
    "add_unit",
    "appoint",
    "ask_for_link",
    "change_password",
    "change_person",
    "change_post",
    "change_unit",
    "confirm_identity",
    "create_account",
    "drop_identity",
    "end_appointment",
    "end_leave",
    "end_stand_in",
    "first_administrators",
    "grant_stand_in",
    "leave_for_good",
    "may_leave",
    "move",
    "note_sign_in",
    "propose_identity",
    "propose_import",
    "record_leave",
    "release_import",
    "seat_unit",
    "set_clearance",
    "set_sight",
    "suspend_account",
    "undo_import",
    "use_link",
    "void_sessions",
]
