from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "sijeong.statistics"
    label = "statistics"
