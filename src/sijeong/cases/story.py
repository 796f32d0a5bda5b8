"""The journal of a case as people read it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sijeong.audit.models import Event

from .actions.acts import ACTS
from .korean import day, settled
from .models import Case, Delivery

TONES = {
    "deliver": "success",
    "publish": "success",
    "approve": "info",
    "send_back": "warning",
    "ask_again": "warning",
    "ask_extension": "warning",
    "refuse_extension": "warning",
    "withdraw": "danger",
}
DECIDES = {"extend", "refuse_extension"}
ISO = re.compile(r"\d{4}-\d\d-\d\d")
CHANNELS = dict(Delivery.Channel.choices)


@dataclass(frozen=True)
class Told:
    """One entry of the timeline."""

    when: dt.datetime
    who: str
    what: str
    text: str
    tone: str


def told_fields(case: Case) -> list[tuple[str, str]]:
    """What was told beside the question, as people read it: names of choices, days as days."""
    told = []
    for field in case.case_type.extra_fields:
        value = case.fields.get(field.code)
        if value in {None, ""}:
            continue
        named = {choice.code: choice.name for choice in field.choices}
        text = day(value) if field.type == "date" else named.get(value, str(value))
        told.append((field.name, "예" if value is True else text))
    return told


def story(case: Case, events: Iterable[Event]) -> list[Told]:
    """Newest first."""
    told = [
        Told(
            event.at,
            event.actor.split("(")[0],
            ACTS.get(event.act, event.act),
            _text(event),
            TONES.get(event.act, "neutral"),
        )
        for event in events
        if event.act != "draft"
    ]
    return told[::-1]


# What a line says where it needs no more than the event's own words.
PLAIN: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "judge": lambda told: ["충분" if told["sufficient"] else "부족"],
    "ask_again": lambda told: [f"{told['to']}(으)로 다시 요구"] if told.get("to") else [],
    "ask_extension": lambda told: [told["length"]],
    "extend": lambda told: [told["length"]] if told.get("length") else [],
    "attach": lambda told: [told["name"]],
    "detach": lambda told: [told["name"]],
}


def _request_ended(event: Event) -> list[str]:
    """That a request for more time ended without being decided: the case left the division, or its answer was made."""
    ended = event.act not in DECIDES and event.data.get("set", {}).get("extension_asked_at", "") is None
    return ["정하지 않은 연장 요청은 없어짐"] if ended else []


def _text(event: Event) -> str:
    data: dict[str, Any] = event.data
    lines = PLAIN[event.act](data) if event.act in PLAIN else []
    match event.act:
        case "assign":
            lines.append(
                f"주관 {data['lead']}" + (f" · 협조 {', '.join(data['joint'])}" if data["joint"] else "")
            )
        case "pass_on":
            lines.append(f"{data['out_of']} → {data['lead']}")
        case "hand_over":
            lines.append(f"{data['out_of']} → {data['to']}")
        case "start":
            lines.append(f"담당 {data['officer'].split('(')[0]}")
        case "deliver":
            lines.append(
                f"{data['recipient']} · {CHANNELS[data['channel']]}"
                + (f" · {data['receipt']}" if data["receipt"] else "")
            )
        case "approve" if data.get("signed_for"):
            lines.append(f"{data['signed_for'].split('(')[0]}을(를) 대신하여 결재(대결)")
        case "merge":
            lines.append(f"{data['into']}에 병합" if "into" in data else f"{data['out_of']}을(를) 합침")
        case "contribute":
            lines.append(data["unit"])
        case "follow_up_closed" | "follow_up_dropped":
            lines += [data["text"], data["evidence"]]
        case "follow_up_moved":
            lines.append(f"{day(data['before'])} → {day(data['due_on'])}")
        case "import":
            lines.append(f"{data['source']} {data['row']}행")
    due_on = data.get("set", {}).get("due_on")
    if due_on and event.act in {"extend", "resume", "recalendar"}:
        lines.append(f"새 기한 {day(due_on)}")
    lines += [
        *_request_ended(event),
        *(ISO.sub(lambda date: day(date[0]), text) for text in data.get("days", [])),
    ]
    lines += [data[key] for key in ("reason", "note") if data.get(key)]
    return settled("\n".join(lines))
