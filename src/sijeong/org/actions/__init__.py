"""Every write of the room: keyword-only, ending in ``by``, atomic, its journal event in the same transaction.

Rows are locked in one order, so that no two acts wait for each other: the government (reorganisations only),
then units, then people, each by ascending key. ``by`` is who did it; None stands for the system itself.
"""

from .absences import cancel_absence, set_absence
from .duties import set_duties
from .entry import enter_rows
from .founding import found_government, found_unit
from .people import (
    add_person,
    deactivate_person,
    hand_out_passwords,
    reopen_person,
    set_temporary_password,
    take_password_sheet,
)
from .posts import end_post, give_post, transfer
from .quotas import set_quota
from .reorganisation import HandOver, abolish_unit, merge_units, rename_unit

__all__ = [
    "HandOver",
    "abolish_unit",
    "add_person",
    "cancel_absence",
    "deactivate_person",
    "end_post",
    "enter_rows",
    "found_government",
    "found_unit",
    "give_post",
    "hand_out_passwords",
    "merge_units",
    "rename_unit",
    "reopen_person",
    "set_absence",
    "set_duties",
    "set_quota",
    "set_temporary_password",
    "take_password_sheet",
    "transfer",
]
