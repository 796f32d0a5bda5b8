from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "sijeong.benefits"
    label = "benefits"
