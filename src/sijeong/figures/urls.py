"""Addresses of the room."""

from django.urls import path, register_converter

from . import views


class Act:
    """What can be done with a draft."""

    regex = "confirm|discard"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Act, "book_act")

urlpatterns = [
    path("figures/", views.books, name="budget_books"),
    path("figures/new/", views.bring, name="budget_new"),
    path("figures/template/", views.template, name="budget_template"),
    path("figures/<int:pk>/", views.book, name="budget_book"),
    path("figures/<int:pk>/xlsx/", views.download, name="budget_download"),
    path("figures/<int:pk>/<book_act:act>/", views.act, name="budget_act"),
]
