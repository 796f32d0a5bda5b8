"""All addresses of the site. The language of an address is that of the subject: short nouns, numbers as offices know them."""

from __future__ import annotations

from django.urls import include, path

from sijeong.cases.sight import seen
from sijeong.notices.urls import addresses as notice_addresses

from . import api_page, due, returning, second_factor, views
from .api import api

handler400 = "sijeong.site.views.bad_request"
handler403 = "sijeong.site.views.forbidden"
handler404 = "sijeong.site.views.not_found"
handler500 = "sijeong.site.views.broken"

urlpatterns = [
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    # What is asked most comes first: an address is looked for one route after the other.
    path("api/v1/", api.urls),
    path("", include("sijeong.cases.urls")),
    path("", include("sijeong.statistics.urls")),
    path("account/", include("sijeong.site.accounts_urls")),
    path("administration/<int:pk>/second-factor/", second_factor.reset, name="second_factor_reset"),
    path("administration/<int:pk>/reopen/", returning.reopen, name="person_reopen"),
    path("", include("sijeong.org.urls")),
    path("", include(notice_addresses(sight=seen))),
    path("", include("sijeong.links.urls")),
    path("", include("sijeong.search.urls")),
    path("", include("sijeong.council.urls")),
    path("", include("sijeong.portal.urls")),
    path("", include("sijeong.figures.urls")),
    path("", include("sijeong.reports.urls")),
    path("", include("sijeong.benefits.urls")),
    path("", include("sijeong.allocation.urls")),
    path("due/", due.page, name="due"),
    path("api/docs", api_page.docs, name="api_docs"),
]
