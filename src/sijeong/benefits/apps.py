import os

from django.apps import AppConfig
from django.conf import settings


class BenefitsConfig(AppConfig):
    name = "sijeong.benefits"
    label = "benefits"

    def ready(self) -> None:
        # Compiled rules are kept with the installation's data: a server's user may have no home to keep them in.
        os.environ.setdefault("SIJEONG_CACHE", str(settings.DATA / "cache"))
