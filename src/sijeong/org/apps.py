from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "sijeong.org"
    label = "org"
