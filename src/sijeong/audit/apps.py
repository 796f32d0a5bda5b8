from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sijeong.audit"
    label = "audit"
