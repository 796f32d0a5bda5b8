"""Addresses of saved views."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("lists/<slug:list>/views/", views.save, name="view_save"),
    re_path(
        r"^lists/views/(?P<pk>\d{1,18})/(?P<act>open|plain|rename|forget)/$", views.change, name="view_change"
    ),
]
