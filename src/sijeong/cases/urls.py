"""Addresses of cases."""

from django.urls import path, register_converter

from .views import (
    attaching,
    calendar,
    case,
    chosen,
    importing,
    intake,
    lists,
    planning,
    promises,
    reorganising,
    search,
    subscribing,
    templates,
    writing,
)


class Number:
    """A case number: prefix in Hangul or letters, year, serial."""

    regex = r"[^/\s\x00-\x1f-]{1,20}-[0-9]{4}-[0-9]{3,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class OneAct:
    regex = "|".join([*case.ACTS, "contribute"])

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PromiseAct(OneAct):
    regex = "close|postpone|drop"


register_converter(Number, "number")
register_converter(OneAct, "act")
register_converter(PromiseAct, "promise_act")

urlpatterns = [
    path("", lists.my_work, name="my_work"),
    path("cases/", lists.cases, name="cases"),
    path("cases/export/", importing.export, name="case_export"),
    path("cases/chosen/", chosen.cases, name="cases_chosen"),
    path("cases/new/", intake.choose, name="case_new"),
    path("cases/new/<slug:code>/", intake.new, name="case_new_of"),
    path("cases/new/<slug:code>/many/", intake.many, name="case_new_many"),
    path("cases/<number:number>/", case.case, name="case"),
    path("cases/<number:number>/write/", writing.write, name="case_write"),
    path("cases/<number:number>/write/keep/", writing.keep, name="case_keep"),
    path("cases/<number:number>/write/files/", attaching.attach, name="case_attach"),
    path("cases/<number:number>/write/files/<int:pk>/remove/", attaching.detach, name="case_detach"),
    path("cases/<number:number>/draft/", writing.draft, name="case_draft"),
    path("cases/<number:number>/versions/", writing.versions, name="case_versions"),
    path("cases/<number:number>/<act:act>/", case.act, name="case_act"),
    path("cases/<number:number>/files/<int:pk>/", case.file, name="case_file"),
    path("cases/<number:number>/deliveries/<int:pk>/acknowledge/", case.acknowledge, name="acknowledge"),
    path(
        "cases/<number:number>/follow-ups/<int:pk>/<promise_act:act>/", case.follow_up_page, name="follow_up"
    ),
    path(
        "cases/<number:number>/follow-ups/<int:pk>/<promise_act:act>/do/", case.follow_up, name="follow_up_do"
    ),
    path("cases/<number:number>/subscribe/", subscribing.case_subscribe, name="case_subscribe"),
    path("notices/subscribe/", subscribing.subscribe_asker, name="subscribe_asker"),
    path("deliveries/acknowledge/", chosen.acknowledge, name="acknowledge_chosen"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("follow-ups/", promises.follow_ups, name="follow_ups"),
    path("follow-ups/chosen/", chosen.follow_ups, name="follow_ups_chosen"),
    path("search/", search.search, name="search"),
    path("answer-templates/", templates.templates, name="answer_templates"),
    path("answer-templates/new/<slug:code>/", templates.new, name="template_new"),
    path("answer-templates/<int:pk>/", templates.edit, name="template_edit"),
    path("answer-templates/<int:pk>/retire/", templates.retire, name="template_retire"),
    path("planning/", planning.desk, name="planning"),
    path("planning/undo/", planning.undo, name="planning_undo"),
    path("planning/load/", planning.load, name="planning_load"),
    path("import/", importing.upload, name="case_import"),
    path("import/template/<slug:code>/", importing.template, name="import_template"),
    path("import/<int:pk>/", importing.run, name="import_run"),
    path("import/<int:pk>/confirm/", importing.confirm, name="import_confirm"),
    path("organisation/reorganise/", reorganising.reorganise, name="reorganise"),
]
