"""Addresses of the room."""

from django.urls import path, register_converter

from .views import papers, programmes, reports
from .writing import FORMATS


class _Word:
    """One of some words in an address."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Act(_Word):
    regex = "freeze|send-back|release"


class What(_Word):
    regex = "findings|staffing|budget"


class Format(_Word):
    regex = "|".join(FORMATS)


register_converter(Act, "report_act")
register_converter(What, "report_what")
register_converter(Format, "report_format")

urlpatterns = [
    path("reports/", reports.reports, name="work_reports"),
    path("reports/<int:pk>/", reports.report, name="work_report"),
    path("reports/<int:pk>/<report_act:act>/", reports.act, name="work_report_act"),
    path("reports/<int:pk>/sources/", reports.source, name="work_report_source"),
    path("reports/<int:pk>/errata/", reports.correct, name="work_report_correct"),
    path("reports/<int:pk>/<report_format:format_>/", reports.edition, name="work_report_file"),
    path("reports/programmes/", programmes.programmes, name="programmes"),
    path("reports/programmes/<int:pk>/", programmes.programme, name="programme"),
    path("reports/programmes/<int:pk>/preview/", programmes.shown, name="programme_preview"),
    path("reports/papers/", papers.papers, name="papers"),
    path("reports/papers/<int:pk>/", papers.paper, name="paper"),
    path("reports/papers/<int:pk>/<report_what:what>/", papers.take, name="paper_take"),
]
