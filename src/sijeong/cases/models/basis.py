"""What the outcome of a case rests on."""

from __future__ import annotations

from django.db import models


class OutcomeBasis(models.TextChoices):
    """What an outcome rests on: a delivery on record here, or only the word of an imported source."""

    NONE = "", "결과 없음"
    DELIVERY = "delivery", "전달 확인"
    SOURCE = "source", "출처의 진술, 전달 기록 없음"


class Stated(models.Func):
    """Whether a case stands as it does by a source's word alone.

    Written without parameters, as an index has it: a database takes the order of an index only for the very same words.
    """

    template = "(%(expressions)s = 'source')"
    arity = 1
    output_field = models.BooleanField()
