"""The same thing asked for by every person of the small city: who gets what, as a table."""

from django.db import connection, transaction

from .closing import close
from .people import JUNG_GU_PEOPLE, PEOPLE

# The whole government's, a division's, its decisions, a member's own, an overseer's, accounts, another government's,
# nobody's: whoever finds rows in the same way sends the same statements, and a second database need not hear each.
WAYS = [
    "planning_officer", "officer", "head", "member", "auditor", "administrator", "jung_gu_officer", "newcomer",
]  # fmt: skip
EVERYONE = [*PEOPLE, *JUNG_GU_PEOPLE] if connection.vendor == "sqlite" else WAYS


def told_to(client_of, expected, ask_for, people=EVERYONE):
    """The answers that differ from the table: {who: (status, expected)}. Each is asked for, then rolled back.

    ``client_of(who)`` signs in, or is a program with that person's token; ``expected(who)`` is a status.
    """
    wrong = {}
    for who in people:
        client = client_of(who)
        with transaction.atomic():
            response = ask_for(client)
            status = response.status_code
            close(response)
            transaction.set_rollback(True)
        if status != expected(who):
            wrong[who] = (status, expected(who))
    return wrong
