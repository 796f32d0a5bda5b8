from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "sijeong.figures"
    label = "figures"
