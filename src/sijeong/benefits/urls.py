"""Addresses of benefits: the public ones under ``about/``, the office's under ``benefits/``."""

from django.urls import path

from sijeong.cases import urls as _numbers  # noqa: F401  registers the converter of case numbers

from .views import applications, applying, checking, payments, placing, simulations

urlpatterns = [
    path("about/<slug:code>/benefits/", checking.start, name="benefit_check"),
    path("about/<slug:code>/benefits/check/", checking.step, name="benefit_step"),
    path("about/<slug:code>/benefits/check.pdf", checking.printed, name="benefit_pdf"),
    path("about/<slug:code>/benefits/apply/<slug:benefit>/", applying.apply, name="benefit_apply"),
    path("about/<slug:code>/benefits/status/", applying.status, name="benefit_status"),
    path("benefits/", applications.desk, name="benefits"),
    path("benefits/new/<slug:benefit>/", applications.new, name="benefit_new"),
    path("benefits/applications/<number:number>/", applications.application, name="benefit_application"),
    path("benefits/applications/<number:number>/verify/", applications.verify, name="benefit_verify"),
    path("benefits/applications/<number:number>/decide/", applications.decide, name="benefit_decide"),
    path("benefits/applications/<number:number>/appeal/", applications.appeal, name="benefit_appeal"),
    path("benefits/places/<slug:benefit>/<int:year>/", placing.places, name="benefit_places"),
    path(
        "benefits/places/<slug:benefit>/<int:year>/<int:number>/",
        placing.progress,
        name="benefit_places_progress",
    ),
    path(
        "benefits/places/<slug:benefit>/<int:year>/<int:number>/take/",
        placing.take,
        name="benefit_places_take",
    ),
    path(
        "benefits/places/<slug:benefit>/<int:year>/<int:number>/recall/",
        placing.recall,
        name="benefit_places_recall",
    ),
    path("benefits/payments/", payments.payments, name="benefit_payments"),
    path("benefits/simulations/", simulations.simulations, name="simulations"),
    path("benefits/simulations/new/", simulations.new, name="simulation_new"),
    path("benefits/simulations/<int:pk>/", simulations.simulation, name="simulation"),
    path("benefits/simulations/<int:pk>/figures.xlsx", simulations.sheet, name="simulation_sheet"),
    path("benefits/simulations/<int:pk>/repeat.json", simulations.repeat, name="simulation_repeat"),
    path("benefits/payments/list.xlsx", payments.workbook, name="benefit_payments_file"),
]
