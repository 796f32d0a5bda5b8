"""Addresses of statistics."""

from django.urls import path

from . import views

urlpatterns = [
    path("statistics/", views.overview, name="statistics"),
    path("statistics/units/", views.units, name="statistics_units"),
    path("statistics/download/", views.download, name="statistics_download"),
]
