from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "sijeong.site"
    label = "site"
