"""What the worker does for a round: freeze its list, or solve it and write down every decision."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress

from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks import task

from sijeong.beside import beside

from .actions.solving import fail, finish, frozen, take
from .carrying import Cancelled, decided, read_tables
from .daily import day_of
from .models import Run
from .solving import bundle
from .solving.definition import BadDefinition
from .solving.intake import BadTable
from .written import write

SHOWN = 200
EVERY = 5.0
Say = Callable[..., None]


@task
def work(run_id: int) -> None:
    """Freeze or solve. A run that was cancelled, or is a living worker's, is left alone."""
    run = take(run_id, timezone.now())
    if run is None:
        return
    try:
        with beating(run):
            carry_out(run, saying(run))
    except Cancelled:
        return
    except BadTable as bad:
        fail(run=run, why=[[f.table, f.row, f.column, f.reason] for f in bad.faults[:SHOWN]])
    except (BadDefinition, ValueError, ArithmeticError) as error:
        fail(run=run, why=[["", 0, "", str(error)]])
    except Exception:
        fail(run=run, why=[["", 0, "", "예기치 못한 오류로 멈추었습니다. 관리자에게 알리십시오."]])
        raise


def saying(run: Run) -> Say:
    """Tells the page how far it is, and stops where somebody cancelled. Raises Cancelled."""

    def say(phase: str, done: int = 0, total: int = 0) -> None:
        if not run.standing.update(phase=phase, done=done, total=total, beat_at=timezone.now()):
            raise Cancelled

    return say


def beating(run: Run) -> AbstractContextManager[None]:
    """Say every few seconds, beside the work, that somebody is at it.

    Not inside a transaction, as when a demo is laid: nobody else sees the run yet, and a beat would wait for its lock.
    """
    if connection.in_atomic_block:
        return nullcontext()

    def beat() -> None:
        with suppress(DatabaseError):  # away for a moment: the next beat tells
            run.standing.update(beat_at=timezone.now())
        connection.close()

    return beside(beat, EVERY, name="run")


def carry_out(run: Run, say: Say) -> None:
    """From the tables to what the page shows. Raises BadTable, BadDefinition, ValueError and Cancelled."""
    say("표를 읽고 모든 행을 확인하고 있습니다")
    brought = read_tables(run.round)
    for role, rows in brought.own.items():
        run.round.sheets.filter(role=role).update(rows=len(rows) - 1)
    if run.kind == Run.Kind.FREEZE:
        frozen(run=run, list_sha256=bundle.list_fingerprint(brought.public))
        return
    say(f"{len(brought.names):,}건을 풀고 있습니다")
    outcome = day_of(run.round, brought) if run.round.daily else decided(run.round, brought, stopped(run))
    told = write(run, brought, outcome, say)
    finish(run=run, outcome=told.outcome, told=told.event)


def stopped(run: Run) -> Callable[[], bool]:
    """Whether somebody cancelled: asked from a thread beside a long search, with a connection of its own."""

    def ask() -> bool:
        standing = True
        with suppress(DatabaseError):  # away for a moment: the next question tells
            standing = run.standing.exists()
        connection.close()
        return not standing

    return ask
