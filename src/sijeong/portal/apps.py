from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sijeong.portal"
    label = "portal"
