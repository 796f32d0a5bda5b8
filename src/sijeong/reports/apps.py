from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "sijeong.reports"
    label = "reports"
