"""Addresses of benefits: the public ones under ``about/``, the office's under ``benefits/``."""

from django.urls import path

from .views import checking

urlpatterns = [
    path("about/<slug:code>/benefits/", checking.start, name="benefit_check"),
    path("about/<slug:code>/benefits/check/", checking.step, name="benefit_step"),
    path("about/<slug:code>/benefits/check.pdf", checking.printed, name="benefit_pdf"),
]
