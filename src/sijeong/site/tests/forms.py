"""The forms of pages as a browser would send them, and what could be sent in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from django.urls import resolve
from django.utils import timezone
from lxml import html
from lxml.html import HtmlElement

Sent = list[tuple[str, str]]
BUTTONS = ".//button[not(@type) or @type='submit'] | .//input[@type='submit']"
WRITTEN = {"text", "search", "email", "tel", "url", "textarea", "number", "date", "datetime-local", "time"}
TEXT = ["가\x00나\x07", "가" * 40_000]
DATE = ["0001-01-01", "9999-12-31"]
NONSENSE = {
    "number": ["-1", "9" * 30], "date": DATE, "datetime-local": [f"{day}T00:00" for day in DATE],
    "select": ["9" * 30], "radio": ["없는 것"], "checkbox": ["없는 것"], "hidden": ["9" * 30, "가\x00나"],
}  # fmt: skip


def kind_of(control: HtmlElement) -> str:
    return str(control.get("type", "text") if control.tag == "input" else control.tag)


@dataclass(frozen=True)
class Form:
    """A form on the page at ``address``, sent by ``button`` (None: by the key alone)."""

    address: str
    element: HtmlElement
    button: HtmlElement | None

    @cached_property
    def action(self) -> str:
        told = self.button.get("formaction") if self.button is not None else None
        return urljoin(self.address, told or self.element.get("action") or self.address)

    @cached_property
    def act(self) -> str:
        """The name of the address, and the words in it that say what is done there."""
        found = resolve(unquote(urlsplit(self.action).path))
        words = [str(value) for key, value in found.kwargs.items() if key in {"act", "kind"}]
        return " ".join([found.url_name or "", *words])

    @cached_property
    def controls(self) -> dict[str, HtmlElement]:
        """What is filled in, by name; of several of a name the first."""
        found: dict[str, HtmlElement] = {}
        for control in self.element.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
            if kind_of(control) not in {"submit", "file", "image"}:
                found.setdefault(control.get("name"), control)
        return found

    @cached_property
    def held(self) -> Sent:
        """What it sends as it stands."""
        pressed = self.button is not None and self.button.get("name")
        return [*self.element.form_values(), *([(pressed, self.button.get("value", ""))] if pressed else [])]

    @cached_property
    def filled(self) -> Sent:
        """The same, with something sensible where something is wanted and nothing is there."""
        there = dict(self.held)
        wanted = [
            (name, _sensible(control))
            for name, control in self.controls.items()
            if not there.get(name) and control.get("required") is not None
        ]
        return [(name, value) for name, value in self.held if name not in dict(wanted)] + wanted

    @cached_property
    def shape(self) -> tuple[str, ...]:
        pressed = self.button.get("name") if self.button is not None else ""
        return (self.act, pressed or "", *sorted({nameless(name) for name in self.controls}))


def nameless(name: str) -> str:
    """A name without the number of its row, and without what a catalogue or a rule added to its letter."""
    return re.sub(r"\d+", "N", re.sub(r"^([a-z]_).+", r"\1", name))


def forms_of(address: str, page: HtmlElement) -> Iterator[Form]:
    for element in page.forms:
        if element.method.upper() == "POST":
            for button in element.xpath(BUTTONS) or [None]:
                yield Form(address, element, button)


def links_of(address: str, page: HtmlElement) -> Iterator[str]:
    for link in page.xpath("//a/@href"):
        there = urljoin(address, link).partition("#")[0]
        if there.startswith("/") and not there.startswith("//"):
            yield there


def alike(address: str) -> tuple[str, bool]:
    """What addresses of one page have in common, whichever row it shows and however it is narrowed."""
    parts = urlsplit(address)
    words = ["N" if re.search(r"\d", unquote(word)) else word for word in parts.path.split("/")]
    return "/".join(words), bool(parts.query)


def nonsense(control: HtmlElement, elsewhere: list[str]) -> list[str]:
    """What nobody could mean by this control; ``elsewhere``: numbers of rows of another government."""
    kind = kind_of(control)
    held = control.value_options[-1:] if kind == "select" else [control.get("value", "")]
    numbered = kind in {"select", "radio", "checkbox", "hidden"} and all(value.isdecimal() for value in held)
    return NONSENSE.get(kind, TEXT) + (elsewhere if numbered else [])


def faults(answer: HtmlElement) -> set[str]:
    """The fields at which an answer says that something is wrong, by the ids of their controls; "" for the page."""
    places = answer.xpath("//*[contains(@id, '_error')] | //*[@role='alert']")
    return {
        str(place.get("id") or "").removesuffix("_error") for place in places if place.text_content().strip()
    }


def kept(answer: HtmlElement, name: str, sent: str) -> bool:
    """Whether the answer holds what was typed into this field; of what is chosen, there is nothing to keep."""
    fields = [field for field in answer.xpath("//input | //textarea") if field.get("name") == name]
    typed = [field for field in fields if kind_of(field) in WRITTEN]
    if not typed or re.search(r"[\x00-\x08]", sent):  # which no page can hold
        return True
    held = [(field.text if field.tag == "textarea" else field.get("value")) or "" for field in typed]
    return sent.strip() in (value.strip() for value in held)


def read(body: bytes) -> HtmlElement | None:
    return html.fromstring(body) if body.strip() else None


def _sensible(control: HtmlElement) -> str:
    match kind_of(control):
        case "select":
            return next((value for value in control.value_options if value), "")
        case "date":
            return timezone.localdate().isoformat()
        case "datetime-local":
            return timezone.localtime().strftime("%Y-%m-%dT%H:%M")
        case "number":
            return str(control.get("min") or 1)
        case "checkbox" | "radio":
            return str(control.get("value", "on"))
    return "가나다"
