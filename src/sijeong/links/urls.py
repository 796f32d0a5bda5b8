"""Addresses of tokens."""

from django.urls import path

from . import views

urlpatterns = [
    path("tokens/", views.own, name="tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="token_revoke"),
    path("administration/<int:pk>/tokens/", views.of_person, name="person_tokens"),
]
