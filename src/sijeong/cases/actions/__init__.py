"""Every write to a case: the lock, the check, the change and its event, in one transaction."""

from .answering import approve, contribute, save_draft, send_back, submit
from .catalogue import apply_catalog
from .delivering import acknowledge, deliver
from .extending import ask_extension, extend, extended_to, refuse_extension
from .following import close_follow_up, drop_follow_up, postpone_follow_up
from .handling import (
    assign,
    hold_units,
    merge,
    pass_on,
    pause,
    reopen,
    resume,
    return_to_planning,
    start,
    withdraw,
)
from .importing import import_cases
from .intake import receive, receive_many
from .judging import ask_again, judge
from .publishing import publish, republish, unpublish
from .recalendaring import first_calendar, plan_calendar, recalendar, stragglers
from .reminding import remind
from .reorganising import hand_over
from .templates import edit_template, make_template, retire_template
from .writing import attach, detach, keep

__all__ = [  # noqa: RUF022
    "acknowledge", "apply_catalog", "approve", "ask_again", "ask_extension", "assign", "attach", "close_follow_up", "contribute", "deliver",
    "detach", "drop_follow_up", "edit_template", "extend", "extended_to", "hand_over", "hold_units", "import_cases", "judge", "keep", "make_template",
    "merge", "pass_on", "pause", "postpone_follow_up", "publish", "receive", "receive_many", "refuse_extension",
    "reopen", "republish", "resume",
    "retire_template", "return_to_planning", "save_draft", "send_back", "start", "submit", "unpublish", "withdraw",
    "first_calendar", "plan_calendar", "recalendar", "remind", "stragglers",
]  # fmt: skip
