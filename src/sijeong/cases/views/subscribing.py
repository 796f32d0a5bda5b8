"""Hearing of a case, or of everything a member or a committee asks."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from sijeong.notices.actions import subscribe, unsubscribe
from sijeong.org.models import Post, Role, Unit, User
from sijeong.org.viewer import Request, Viewer

from .. import access
from ..korean import settled
from ..models import Case


class AskerForm(forms.Form):
    """A member or a committee, by the subject of the subscription."""

    asker = forms.ChoiceField(
        label="의원·위원회", error_messages={"required": "의원이나 위원회를 고르십시오."}
    )

    def __init__(self, viewer: Viewer, data: QueryDict | None) -> None:
        super().__init__(data)
        seats = Post.objects.on(viewer.day).filter(role=Role.COUNCIL_MEMBER)
        members = User.objects.filter(
            government_id=viewer.government_id, is_active=True, pk__in=seats.values("user_id")
        )
        units = Unit.objects.on(viewer.day).filter(
            Q(level__in=[Unit.Level.COMMITTEE, Unit.Level.COUNCIL]), government_id=viewer.government_id
        )
        people = [
            (f"asker:{pk}", f"{name} 의원") for pk, name in members.order_by("name").values_list("pk", "name")
        ]
        committees = [
            (f"asker_unit:{pk}", name) for pk, name in units.order_by("name").values_list("pk", "name")
        ]
        self.fields["asker"].choices = [  # type: ignore[attr-defined]
            ("", "고르십시오"), ("위원회", committees), ("의원", people),
        ]  # fmt: skip
        self.named = dict([*people, *committees])

    def subject(self) -> dict[str, str]:
        """Of what one will hear, under which name, and where it is read. Call after ``is_valid``."""
        subject = self.cleaned_data["asker"]
        label = self.named[subject]
        by_name = {"scope": "all", "q": label.removesuffix(" 의원")}
        address = f"{reverse('cases')}?{urlencode(by_name)}"
        return {"subject": subject, "label": f"{label}의 모든 사안", "address": address}


def case_subject(case: Case) -> str:
    """A case as it is subscribed to."""
    return f"{Case.SUBJECT}:{case.pk}"


@require_POST
def case_subscribe(request: Request, number: str) -> HttpResponse:
    """Hear of the case from now on, or no more."""
    case = access.case(request.viewer, number)
    person, subject = request.viewer.user, case_subject(case)
    if "end" in request.POST:
        unsubscribe(person=person, subject=subject, by=request.viewer)
        messages.success(request, f"{case.number} 구독을 그만두었습니다.")
    else:
        subscribe(
            person=person, subject=subject, label=case.number, address=reverse("case", args=[number]),
            by=request.viewer,
        )  # fmt: skip
        messages.success(
            request,
            settled(f"{case.number}을(를) 구독합니다. 상태가 바뀌거나 답변이 전달되면 알려 드립니다."),
        )
    return redirect("case", number)


@require_http_methods(["GET", "POST"])
def subscribe_asker(request: Request) -> HttpResponse:
    """Hear of all cases of a member or a committee, as far as one sees them."""
    form = AskerForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = subscribe(person=request.viewer.user, by=request.viewer, **form.subject())
        messages.success(request, f"{held.label.replace('의 모든', '의')}을 구독합니다.")
        return redirect("notice_choices")
    return render(request, "cases/subscribe.html", {"form": form}, status=422 if form.errors else 200)
