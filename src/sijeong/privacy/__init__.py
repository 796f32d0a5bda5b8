"""Personal data in Korean text: found with a reason, masked by kind, never guessed away. Pure: imports no Django."""

from sijeong.privacy.finding import Certainty, Finding, Kind
from sijeong.privacy.masks import mask, redacted
from sijeong.privacy.rules import NATIONAL, Rules
from sijeong.privacy.search import find

__all__ = ["NATIONAL", "Certainty", "Finding", "Kind", "Rules", "find", "mask", "redacted"]
