"""Text kept while it is typed, two editors at once, files of an answer, templates."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sijeong.audit import journal
from sijeong.cases import actions
from sijeong.cases.errors import CaseError, StaleEdit
from sijeong.cases.merging import merged
from sijeong.cases.models import AnswerTemplate, Writing

from .filed import bring


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def in_hand(applied, case):
    return bring(applied, case, "in_hand")


def acts(case):
    return [event.act for event in journal.of(case)]


def test_what_is_typed_is_kept_without_an_event_or_a_version(applied, in_hand):
    before = acts(in_hand)
    officer = applied.viewer("officer")
    writing = actions.keep(case=in_hand, fields={"a_answer": "쓰던"}, edition=0, revision=0, by=officer)
    writing = actions.keep(
        case=in_hand, fields={"a_answer": "쓰던 글"}, edition=0, revision=writing.revision, by=officer
    )
    assert (writing.revision, acts(in_hand), in_hand.answers.count()) == (2, before, 0)
    actions.save_draft(case=in_hand, body={"answer": "쓰던 글"}, by=officer, edition=0, revision=2)
    writing.refresh_from_db()
    assert (writing.fields, writing.revision) == ({}, 3)
    assert acts(in_hand) == [*before, "draft"]


def test_an_answer_lost_on_its_way_is_sent_again_and_kept_once(applied, in_hand):
    told = {
        "case": in_hand,
        "fields": {"a_answer": "글"},
        "edition": 0,
        "revision": 0,
        "by": applied.viewer("officer"),
    }
    assert actions.keep(**told).revision == actions.keep(**told).revision == 1


def test_another_window_of_the_same_person_is_told(applied, in_hand):
    officer = applied.viewer("officer")
    actions.keep(case=in_hand, fields={"a_answer": "창 하나"}, edition=0, revision=0, by=officer)
    with pytest.raises(StaleEdit, match="다른 창") as told:
        actions.keep(case=in_hand, fields={"a_answer": "창 둘"}, edition=0, revision=0, by=officer)
    assert told.value.theirs == {"answer": "창 하나"}
    with pytest.raises(StaleEdit, match="다른 창"):
        actions.save_draft(case=in_hand, body={"answer": "창 둘"}, by=officer, revision=0)


def test_a_text_begun_before_the_answer_was_sent_back_is_never_taken_for_current(applied, in_hand):
    officer, colleague = applied.viewer("officer"), applied.viewer("colleague")
    first = actions.save_draft(case=in_hand, body={"answer": "초안"}, outcome="done", by=officer)
    actions.keep(
        case=in_hand, fields={"a_answer": "동료의 글"}, edition=first.edition, revision=0, by=colleague
    )
    actions.save_draft(
        case=in_hand, body={"answer": "고침"}, outcome="done", by=officer, edition=first.edition
    )
    actions.submit(case=in_hand, by=officer)
    actions.send_back(case=in_hand, reason="보완", by=applied.viewer("head"))
    with pytest.raises(StaleEdit):
        actions.save_draft(
            case=in_hand, body={"answer": "동료의 글"}, by=colleague, edition=first.edition, revision=1
        )


def test_only_the_lead_division_keeps_text_and_only_while_it_may_be_changed(applied, in_hand):
    told = {"case": in_hand, "fields": {"a_answer": "글"}, "edition": 0, "revision": 0}
    for who in ("joint_officer", "planning_officer", "member", "other_officer"):
        with pytest.raises(PermissionDenied):
            actions.keep(**told, by=applied.viewer(who))
    actions.save_draft(case=in_hand, body={"answer": "글"}, outcome="done", by=applied.viewer("officer"))
    actions.submit(case=in_hand, by=applied.viewer("officer"))
    with pytest.raises(CaseError, match="고칠 수 없습니다"):
        actions.keep(**told, by=applied.viewer("officer"))


class Editor:
    """A window of a person: what it shows, and what it was last told. It loses nothing by itself."""

    def __init__(self, city, case, who):
        self.case, self.viewer = case, city.viewer(who)
        self.text, self.base, self.edition, self.revision, self.stuck = "", "", 0, 0, False
        self.open()

    def open(self):
        """As the page does: one's own kept text, else the draft."""
        answer = self.case.answers.order_by("-number").first()
        writing = Writing.objects.filter(case=self.case, writer=self.viewer.user).first()
        self.revision = writing.revision if writing else 0
        if writing and writing.fields:
            self.text, self.edition = writing.fields["a_answer"], writing.edition
            self.base = writing.base.get("answer", "")
        else:
            self.text = self.base = answer.body.get("answer", "") if answer else ""
            self.edition = answer.edition if answer else 0

    def type(self, word):
        self.text = f"{self.text}\n{word}".strip()

    def keep(self):
        self.revision = actions.keep(
            case=self.case, fields={"a_answer": self.text}, edition=self.edition, revision=self.revision,
            by=self.viewer,
        ).revision  # fmt: skip

    def save(self):
        actions.save_draft(
            case=self.case,
            body={"answer": self.text},
            by=self.viewer,
            edition=self.edition,
            revision=self.revision,
        )

    def send(self, what):
        """Whether the server took the text; what it refuses the page joins and still holds."""
        try:
            getattr(self, what)()
        except StaleEdit as stale:
            self.join(stale)
            return False
        if what == "save":
            self.open()
        return True

    def join(self, stale):
        """The conflict page with ‘둘 다’: the joined text, going on from what was shown, and from nothing else."""
        self.text = merged(self.base, self.text, stale.theirs.get("answer", "")).text
        if stale.own:
            self.revision = Writing.objects.get(case=self.case, writer=self.viewer.user).revision
        else:
            answer = self.case.answers.order_by("-number").first()
            self.base, self.edition = answer.body.get("answer", ""), answer.edition


STEP = st.tuples(st.integers(0, 2), st.sampled_from(["type", "type", "keep", "save", "open"]))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=4, max_size=24))
def test_no_text_is_lost_under_any_order_of_two_editors_saves(applied, in_hand, steps):
    """Two windows of one officer and one of a colleague, in any order; whatever the server took stays somewhere."""
    in_hand.writings.all().delete()
    in_hand.answers.all().delete()
    windows = [Editor(applied, in_hand, who) for who in ("officer", "officer", "colleague")]
    taken = set()
    for n, (which, what) in enumerate(steps):
        window = windows[which]
        if what == "type":
            window.type(f"낱말{n}")
        elif what == "open":
            window.open()
        else:
            told = window.text
            if window.send(what):
                taken |= set(told.splitlines())
    held = [writing.fields.get("a_answer", "") for writing in Writing.objects.filter(case=in_hand)]
    held += [answer.body.get("answer", "") for answer in in_hand.answers.all()]
    assert taken <= {line for text in held for line in text.splitlines()}


def test_a_division_keeps_its_templates(applied, case):
    told = {
        "government": applied.seoul, "unit": applied.units["general_affairs"], "type_code": "data_request",
        "name": "자료 제출", "body": {"answer": "{질문}에 대한 자료를 제출합니다."},
    }  # fmt: skip
    template = actions.make_template(**told, by=applied.viewer("officer"))
    with pytest.raises(CaseError, match="이미 있습니다"):
        actions.make_template(**told, by=applied.viewer("head"))
    with pytest.raises(PermissionDenied):
        actions.make_template(**told, by=applied.viewer("other_officer"))
    with pytest.raises(PermissionDenied):
        actions.make_template(**told | {"unit": None}, by=applied.viewer("officer"))
    with pytest.raises(CaseError, match="채울 수 없습니다"):
        actions.edit_template(
            template=template, name="자료", body={"answer": "{전화}"}, by=applied.viewer("officer")
        )
    with pytest.raises(CaseError, match="항목 lost"):
        actions.edit_template(
            template=template, name="자료", body={"lost": "글"}, by=applied.viewer("officer")
        )
    actions.retire_template(template=template, by=applied.viewer("officer"))
    template.refresh_from_db()
    assert [event.act for event in journal.of(template)] == ["made", "retired"]
    assert not journal.head_fault(template, journal.of(template).last())
    assert AnswerTemplate.objects.filter(active=True).count() == 0


def test_the_editor_tells_a_second_writer_and_shows_three_texts(applied, signed_in, in_hand):
    officer, colleague = signed_in("officer"), signed_in("colleague")
    at = {name: reverse(name, args=[in_hand.number]) for name in ("case_write", "case_keep", "case_draft")}
    base = "□ 현황\n- 예산 10억 원\n□ 계획\n- 하반기 점검"
    officer.post(at["case_draft"], {"edition": 0, "revision": 0, "a_answer": base})
    told = officer.post(
        at["case_keep"], {"edition": 1, "revision": 0, "a_answer": base.replace("10억", "12억")}
    ).json()
    assert told["others"] == [] and told["revision"] == 1
    told = colleague.post(
        at["case_keep"],
        {"edition": 1, "a_answer": base.replace("하반기", "11월"), "a_plan": "- 보고: ’27. 3월"},
    ).json()
    assert told["dated"] == [{"text": "보고: ’27. 3월", "due": "2027-03-31", "told": "2027. 3. 31.(수)"}]
    assert "이주무 님이" in told["others"][0] and "부터 쓰고 있습니다" in told["others"][0]
    officer.post(at["case_draft"], {"edition": 1, "revision": 1, "a_answer": base.replace("10억", "12억")})
    # Opened again elsewhere, or saved: the colleague has their own text, theirs, and both joined.
    for response in (
        colleague.get(at["case_write"]),
        colleague.post(
            at["case_draft"], {"edition": 1, "revision": 1, "a_answer": base.replace("하반기", "11월")}
        ),
    ):
        page = response.content.decode()
        assert "두 사람의 글이 다릅니다" in page and "저장된 글로" in page and "서로 다른 줄을 고쳐" in page
        assert "□ 현황\n- 예산 12억 원\n□ 계획\n- 11월 점검" in page
    assert response.status_code == 409
    assert f"{applied.units['welfare_policy'].name}의 의견이 아직 없습니다" in page
    both = base.replace("10억", "12억").replace("하반기", "11월")
    saved = colleague.post(at["case_draft"], {"edition": 2, "revision": 1, "a_answer": both})
    assert (saved.status_code, in_hand.answers.get().body["answer"]) == (302, both)


@pytest.mark.parametrize("edition", ["7", "-1", "가", "", "9" * 40, "1.5"])
@pytest.mark.parametrize("saved", [True, False])
def test_an_edition_that_the_case_never_had_is_told_and_overwrites_nothing(
    in_hand, signed_in, edition, saved
):
    """A page of another case, or a hidden field that somebody wrote themselves: both texts are shown, none is lost."""
    client, where = signed_in("officer"), reverse("case_draft", args=[in_hand.number])
    if saved:
        client.post(where, {"edition": 0, "a_answer": "저장된 글"})
    response = client.post(where, {"edition": edition, "revision": edition, "a_answer": "보낸 글"})
    page = response.content.decode()
    assert response.status_code == 409 and "이 사안에 없습니다" in page and "보낸 글" in page
    assert [one.body["answer"] for one in in_hand.answers.all()] == ["저장된 글"] * saved
    # The page that was shown knows the edition there is: what it sends is taken.
    shown = re.search(r'name="edition" value="(\d+)"', page)
    assert client.post(where, {"edition": shown[1], "a_answer": "합친 글"}).status_code == 302
    assert [one.body["answer"] for one in in_hand.answers.all()] == ["합친 글"]


def test_text_is_not_kept_for_an_edition_that_never_was(in_hand, signed_in):
    where = reverse("case_keep", args=[in_hand.number])
    told = signed_in("officer").post(where, {"edition": 3, "a_answer": "글"})
    assert told.status_code == 409 and "이 사안에 없습니다" in told.json()["problem"]
    assert not in_hand.writings.exists()
