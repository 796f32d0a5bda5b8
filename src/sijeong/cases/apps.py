from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sijeong.cases"
    label = "cases"
