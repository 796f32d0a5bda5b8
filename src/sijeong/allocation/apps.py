from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "sijeong.allocation"
    label = "allocation"
