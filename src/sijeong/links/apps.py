from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "sijeong.links"
    label = "links"
