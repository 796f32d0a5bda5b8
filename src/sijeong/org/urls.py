"""Addresses of the organisation and its administration."""

from django.urls import path

from .views import absence, administration, entry, organisation

urlpatterns = [
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/new/", organisation.unit_new, name="unit_new"),
    path("organisation/staffing/", organisation.staffing, name="staffing"),
    path("organisation/absence/", absence.my_absence, name="my_absence"),
    path("organisation/absence/<int:pk>/cancel/", absence.absence_cancel, name="absence_cancel"),
    path("organisation/<int:pk>/", organisation.unit, name="unit"),
    path("organisation/<int:pk>/quota/", organisation.quota_set, name="quota_set"),
    path("organisation/<int:pk>/duties/", organisation.duties_set, name="duties_set"),
    path("administration/", administration.administration, name="administration"),
    path("administration/new/", administration.person_new, name="person_new"),
    path("administration/enter/passwords/", entry.enter_passwords, name="enter_passwords"),
    path("administration/enter/<slug:kind>/", entry.enter, name="enter"),
    path("administration/enter/<slug:kind>/template/", entry.enter_template, name="enter_template"),
    path("administration/<int:pk>/", administration.person, name="person"),
    path("administration/<int:pk>/post/", administration.post_give, name="post_give"),
    path("administration/<int:pk>/absence/", administration.person_absence, name="person_absence"),
    path("administration/<int:pk>/password/", administration.password_reset, name="password_reset"),
    path("administration/<int:pk>/deactivate/", administration.person_deactivate, name="person_deactivate"),
    path("administration/posts/<int:pk>/end/", administration.post_end, name="post_end"),
    path("administration/posts/<int:pk>/transfer/", administration.post_transfer, name="post_transfer"),
]
