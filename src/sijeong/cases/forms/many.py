"""Many cases at once: rows as of a sheet, typed or pasted, each checked by itself."""

from __future__ import annotations

import csv
import io
import re
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms

from sijeong.catalog import CaseType
from sijeong.org.models import User
from sijeong.org.viewer import Viewer
from sijeong.sheets.reading import folded

from ..cells import day_of
from ..models import CaseTypeVersion
from .fields import TOO_LONG, control, plain

ROWS = 5
MOST = 200
ROW = re.compile(r"r(\d{1,3})-")


class RowForm(forms.Form):
    """One case of the sheet."""

    title = forms.CharField(label="제목", max_length=200, error_messages=TOO_LONG)

    def __init__(self, case_type: CaseType, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case_type = case_type
        self.fields["question"] = control(case_type.question)
        self.fields["question"].required = True
        self.fields["question"].widget.attrs["rows"] = 2
        if case_type.kinds:
            named = [(kind.code, kind.name) for kind in case_type.kinds]
            self.fields["kind"] = forms.ChoiceField(label="구분", choices=[("", "고르십시오"), *named])
        for field in case_type.extra_fields:
            self.fields[f"x_{field.code}"] = control(field)
            if field.type == "long_text":
                self.fields[f"x_{field.code}"].widget.attrs["rows"] = 2

    @property
    def blank(self) -> bool:
        return not any(str(self[name].data or "").strip() for name in self.fields)

    def facts(self) -> dict[str, Any]:
        """Keyword arguments of ``actions.receive`` that the row tells."""
        data = self.cleaned_data
        told = {
            f.code: plain(data[f"x_{f.code}"]) for f in self.case_type.extra_fields if data.get(f"x_{f.code}")
        }
        return {
            "title": data["title"],
            "question": data["question"],
            "kind": data.get("kind", ""),
            "fields": told,
        }


class ManyForm(forms.Form):
    """The sheet: who asks, and the rows. All rows are good, or none is taken and each says what is wrong."""

    once = forms.CharField(widget=forms.HiddenInput, required=False)
    pasted = forms.CharField(
        label="표에서 붙여넣기", required=False, max_length=500_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="엑셀이나 한글의 표에서 행을 복사해 붙이고 ‘칸에 나누기’를 누르십시오. 표의 칸에 바로 붙여도 됩니다.",
    )  # fmt: skip

    def __init__(
        self, version: CaseTypeVersion, viewer: Viewer, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"once": uuid.uuid4().hex})
        self.case_type = version.case_type
        self.members = {str(user.pk): user for user in User.objects.filter(pk__in=viewer.members)}
        if len(self.members) > 1:
            named = [(key, user.name) for key, user in self.members.items()]
            self.fields["member"] = forms.ChoiceField(label="요구 의원", choices=named)
        indexes = {int(match[1]) for name in data or () if (match := ROW.match(name))}
        self.build({n: dict(data or {}) for n in sorted(indexes)[:MOST]} if data else {}, ROWS)

    def build(self, given: dict[int, dict[str, Any]], least: int) -> None:
        """Rows with what was given, and blank ones up to ``least``; numbered from 0 anew."""
        cells: dict[str, Any] = {}
        names = list(RowForm(self.case_type).fields)
        for new, (old, data) in enumerate(given.items()):
            cells |= {f"r{new}-{name}": self._one(data.get(f"r{old}-{name}", "")) for name in names}
        bound = cells if self.is_bound else None
        count = max(len(given), least)
        self.rows = [
            RowForm(self.case_type, bound, prefix=f"r{n}", use_required_attribute=False, empty_permitted=True)
            for n in range(count)
        ]

    @staticmethod
    def _one(value: Any) -> Any:
        return value[-1] if isinstance(value, list) and value else value

    @property
    def columns(self) -> list[tuple[str, str, bool]]:
        """Name, heading and need of each column."""
        return [
            (name, str(field.label), field.required) for name, field in RowForm(self.case_type).fields.items()
        ]

    def _told(self) -> list[dict[str, Any]]:
        return [{name: row[name].data or "" for name in row.fields} for row in self.rows if not row.blank]

    def add_rows(self, more: list[dict[str, Any]], spare: int = 0) -> None:
        """The rows typed so far, then ``more``, then blank ones."""
        rows = (self._told() + more)[:MOST]
        given = {n: {f"r{n}-{name}": text for name, text in row.items()} for n, row in enumerate(rows)}
        self.build(given, min(max(len(rows) + spare, ROWS), MOST))

    def spread(self) -> int:
        """Pasted lines into rows below those typed; how many. What no cell takes stands in the last one."""
        text = str(self.data.get("pasted", ""))
        lines = [line for line in csv.reader(io.StringIO(text), delimiter="\t") if any(map(str.strip, line))]
        headings = {folded(label) for _, label, _ in self.columns}
        if lines and folded(lines[0][0]) in headings:
            lines = lines[1:]
        rows = [self._row(line) for line in lines]
        room = MOST - len(self._told())
        if len(rows) > room:
            self.add_error(
                "pasted", f"한 번에 {MOST}건까지 접수합니다. {len(rows) - room}행을 나누어 붙이십시오."
            )
            return 0
        self.add_rows(rows)
        self.data = {name: self._one(value) for name, value in dict(self.data).items()} | {"pasted": ""}
        return len(rows)

    def _row(self, line: list[str]) -> dict[str, Any]:
        names = [name for name, _, _ in self.columns]
        cells = [cell.strip() for cell in line]
        if len(cells) == 1:  # only what is asked: its beginning is the title
            return {"title": cells[0].splitlines()[0][:200], "question": cells[0]}
        extra = "\n".join(cells[len(names) :])
        told = dict(zip(names, cells, strict=False))
        if extra:
            told[names[-1]] = f"{told[names[-1]]}\n{extra}"
        return {name: self._cell(name, text) for name, text in told.items()}

    def _cell(self, name: str, text: str) -> str:
        """A pasted cell as its control takes it: a choice by its name, a day as ISO 8601."""
        field = RowForm(self.case_type).fields[name]
        choices: Any = getattr(field, "choices", ())
        if named := next((str(key) for key, label in choices if folded(str(label)) == folded(text)), ""):
            return named
        if isinstance(field, forms.DateField):
            with suppress(ValueError):  # what is no day the field refuses
                return day_of(text).isoformat()
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.filled = [row for row in self.rows if not row.blank]
        if not self.filled:
            self.add_error(None, "한 행 이상 적어야 합니다.")
        seen: dict[tuple[str, str], int] = {}
        bad = 0
        for n, row in enumerate(self.rows, 1):
            if row.blank:
                continue
            if row.is_valid():
                key = (row.cleaned_data["title"], row.cleaned_data["question"])
                if key in seen:
                    row.add_error("title", f"{seen[key]}행과 같은 요구입니다. 하나를 지우십시오.")
                seen.setdefault(key, n)
            bad += bool(row.errors)
        if bad:
            self.add_error(
                None, f"고칠 행이 {bad}개 있어 아무것도 접수하지 않았습니다. 행마다 표시한 것을 고치십시오."
            )
        return data

    def facts(self) -> list[dict[str, Any]]:
        """Keyword arguments of ``actions.receive``, a mapping a row."""
        member = self.members.get(self.cleaned_data.get("member", "")) or next(iter(self.members.values()))
        return [row.facts() | {"asker": member, "asker_name": member.name} for row in self.filled]
