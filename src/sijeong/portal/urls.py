"""Addresses of the portal: the reviewer's beside the case, the citizens' under ``public/``."""

from django.urls import path

from .views import reviewing

urlpatterns = [
    path("publication/", reviewing.queues, name="publications"),
    path("cases/<number:number>/publication/", reviewing.publication, name="publication"),
    path("cases/<number:number>/publication/decide/", reviewing.decide, name="publication_decide"),
    path("cases/<number:number>/publication/by-hand/", reviewing.mask_by_hand, name="publication_by_hand"),
    path("cases/<number:number>/publication/publish/", reviewing.publish, name="publication_publish"),
    path("cases/<number:number>/publication/withdraw/", reviewing.withdraw, name="publication_withdraw"),
]
