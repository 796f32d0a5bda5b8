from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "sijeong.council"
    label = "council"
