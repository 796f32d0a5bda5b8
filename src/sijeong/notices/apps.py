from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "sijeong.notices"
    label = "notices"
