"""Addresses of the portal: the reviewer's under ``publication/``, the citizens' under ``public/`` and the government's code."""

from django.urls import path, re_path, register_converter

from sijeong.cases.urls import Number

from .views import downloads, public, reviewing, subscriptions

register_converter(Number, "case_number")

urlpatterns = [
    path("publication/", reviewing.queues, name="publications"),
    path("publication/<case_number:number>/", reviewing.publication, name="publication"),
    path("publication/<case_number:number>/decide/", reviewing.decide, name="publication_decide"),
    path("publication/<case_number:number>/by-hand/", reviewing.mask_by_hand, name="publication_by_hand"),
    path("publication/<case_number:number>/publish/", reviewing.publish, name="publication_publish"),
    path("publication/<case_number:number>/withdraw/", reviewing.withdraw, name="publication_withdraw"),
    path("subscription/", subscriptions.subscription, name="subscription"),
    path("subscription/<int:pk>/revoke/", subscriptions.revoke, name="subscription_revoke"),
    path("public/", public.governments, name="public_governments"),
    path("public/<slug:code>/", public.home, name="public_home"),
    path("public/<slug:code>/cases/<case_number:number>/", public.case, name="public_case"),
    path("public/<slug:code>/cases/<case_number:number>/files/<int:pk>/", public.file, name="public_file"),
    path("public/<slug:code>/statistics/", public.figures, name="public_statistics"),
    path("public/<slug:code>/data/", public.data, name="public_data"),
    re_path(
        r"^public/(?P<code>[-\w]+)/data/(?P<dataset>cases|follow-ups)\.(?P<form>csv|json)$", downloads.data,
        name="public_data_set",
    ),
    re_path(
        r"^public/(?P<code>[-\w]+)/data/(?P<dataset>cases|follow-ups)\.schema\.json$", downloads.data_schema,
        name="public_data_schema",
    ),
    path("public/<slug:code>/feed.atom", downloads.feed, name="public_feed"),
    path("public/<slug:code>/calendar.ics", downloads.calendar, name="public_calendar"),
    path("public/<slug:code>/sitemap-<int:year>.xml", downloads.year_map, name="public_map"),
    path("ical/<str:secret>.ics", downloads.own_calendar, name="own_calendar"),
    path("sitemap.xml", downloads.site_map, name="site_map"),
    path("robots.txt", downloads.robots, name="robots"),
]  # fmt: skip
