"""Addresses of meetings."""

from django.urls import path

from .views import lists, meeting, suggestions

urlpatterns = [
    path("council/", lists.meetings, name="meetings"),
    path("council/calendar/", lists.calendar, name="meeting_calendar"),
    path("council/export/", lists.export, name="meeting_export"),
    path("council/new/", meeting.new, name="meeting_new"),
    path("council/<int:pk>/", meeting.meeting, name="meeting"),
    path("council/<int:pk>/edit/", meeting.edit, name="meeting_edit"),
    path("council/<int:pk>/cancel/", meeting.cancel, name="meeting_cancel"),
    path("council/<int:pk>/files/", meeting.add_files, name="meeting_files"),
    path("council/<int:pk>/files/<int:file_pk>/", meeting.file, name="meeting_file"),
    path("council/<int:pk>/files/<int:file_pk>/remove/", meeting.remove_file, name="meeting_file_remove"),
    path("council/<int:pk>/suggestions/", suggestions.suggest, name="meeting_suggest"),
    path(
        "council/<int:pk>/suggestions/<int:suggestion_pk>/take-up/",
        suggestions.take_up,
        name="meeting_take_up",
    ),
]
