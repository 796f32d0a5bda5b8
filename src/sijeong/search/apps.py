from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "sijeong.search"
    label = "search"
