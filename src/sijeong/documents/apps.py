from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "sijeong.documents"
    label = "documents"
