"""Taking a file's rows in: all of them or none, numbered and journalled like any other case."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone

from sijeong.audit import rows
from sijeong.audit.models import Actor, Event
from sijeong.org.models import Government
from sijeong.search import outbox

from ..counts import Counts
from ..errors import CaseError
from ..incoming import Incoming, Reading
from ..models import Answer, Case, FollowUp, OutcomeBasis, Part
from ..models.tally import append
from ..terms import term_for
from .intake import take_numbers

BATCH = 1000
Progress = Callable[[int, int], None]


@transaction.atomic
def import_cases(
    *, government: Government, reading: Reading, source: str, by: Actor | None,
    progress: Progress = lambda done, total: None,
) -> int:  # fmt: skip
    """Take in every row of the reading; how many came. Raises CaseError where a row was refused: nothing is half in.

    An outcome of the sheet is what its source states; no delivery is claimed (``OutcomeBasis.SOURCE``).
    """
    if reading.refusals:
        raise CaseError(f"고칠 칸이 {len(reading.refusals)}개 있어 아무것도 가져오지 않았습니다.")
    # Held to the end, so that two imports of one file cannot both find its rows new.
    Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    incoming = sorted(reading.rows, key=lambda row: (row.received_on.year, row.received_on, row.place))
    again = Case.objects.filter(government=government, source_key__in=[row.key for row in incoming[:500]])
    if incoming and again.exists():
        raise CaseError("그 사이 같은 파일을 누군가 가져왔습니다. 다시 확인하십시오.")
    writer = _Writer(government, reading, source, by)
    done = 0
    counts: Counts = {}
    for year, of_year in groupby(incoming, key=lambda row: row.received_on.year):
        listed = list(of_year)
        numbers = take_numbers(government, reading.version.case_type, year, len(listed))
        for start in range(0, len(listed), BATCH):
            chunk = listed[start : start + BATCH]
            for case in writer.write(chunk, numbers[start : start + BATCH]):
                counts.setdefault((facts := case.facts).place, Counter()).update(facts.counts())
            done += len(chunk)
            progress(done, len(incoming))
    append(government.pk, counts)
    return done


class _Writer:
    """Writes rows in batches; the term of a day is counted once."""

    def __init__(self, government: Government, reading: Reading, source: str, by: Actor | None) -> None:
        self.government, self.version, self.source, self.by = government, reading.version, source, by
        self.case_type = reading.version.case_type
        self.final = {outcome.code for outcome in self.case_type.outcomes if outcome.final}
        self.terms: dict[dt.date, tuple[dict[str, Any], dt.date]] = {}
        self.now = timezone.now()

    def write(self, batch: Sequence[Incoming], numbers: Sequence[str]) -> list[Case]:
        cases = [self._case(row, number) for row, number in zip(batch, numbers, strict=True)]
        rows.number(cases)
        pairs = list(zip(cases, batch, strict=True))
        events = [self._event(*pair) for pair in pairs]
        rows.write(cases)  # with the version and head that their events gave them
        rows.write(events)
        outbox.changed(self.government.pk, Case.SUBJECT, (case.pk for case in cases))
        rows.write(part for pair in pairs for part in self._parts(*pair))
        rows.write(self._answer(*pair) for pair in pairs if pair[1].body)
        rows.write(
            FollowUp(case=case, text=plan.text, due_on=plan.due_on, unit=row.lead, state=FollowUp.State.OPEN)
            for case, row in pairs
            for plan in row.plans
            if row.lead
        )
        return cases

    def _answer(self, case: Case, row: Incoming) -> Answer:
        return Answer(
            case=case, number=1, body=row.body, outcome=row.outcome, state=Answer.State.SOURCE, edition=0,
            saved_at=self.now,
        )  # fmt: skip

    def _state(self, row: Incoming) -> str:
        if row.outcome in self.final:
            return "answered"
        if row.lead is None:
            return self.case_type.initial.code
        return "in_hand" if row.outcome else "assigned"

    def _case(self, row: Incoming, number: str) -> Case:
        received_at = timezone.make_aware(dt.datetime.combine(row.received_on, dt.time(9)))
        if row.received_on not in self.terms:
            term = term_for(self.case_type, received_at, self.government)
            self.terms[row.received_on] = (term.as_json(), term.last_day)
        term_data, due_on = self.terms[row.received_on]
        closed = row.outcome in self.final
        return Case(
            government=self.government, type=self.version, type_code=self.version.code, number=number,
            title=row.title, question=row.question, kind=row.kind, fields=row.fields, asker=row.asker,
            asker_name=row.asker_name, source="import", source_key=row.key, source_order=row.order,
            received_at=received_at, state=self._state(row), open=not closed, outcome=row.outcome,
            outcome_basis=OutcomeBasis.SOURCE if row.outcome else OutcomeBasis.NONE, term_data=term_data,
            due_on=due_on, lead=row.lead, created_by_id=self.by.pk if self.by else None,
        )  # fmt: skip

    def _event(self, case: Case, row: Incoming) -> Event:
        told = {
            name: getattr(case, name)
            for name in (
                "state",
                "open",
                "due_on",
                "outcome",
                "outcome_basis",
                "lead_id",
                "kind",
                "received_at",
            )
        }
        return case.next_event(
            "import", by=self.by, at=self.now, number=case.number, type=f"{self.version.code}@{self.version.number}",
            source=self.source, row=row.place, asker=row.asker_name, set=told,
        )  # fmt: skip

    def _parts(self, case: Case, row: Incoming) -> Iterator[Part]:
        if row.lead:
            yield Part(
                case=case, unit=row.lead, kind=Part.Kind.LEAD, since=self.now, received_at=case.received_at
            )
        for unit in row.joint:
            yield Part(
                case=case, unit=unit, kind=Part.Kind.JOINT, since=self.now, received_at=case.received_at
            )
