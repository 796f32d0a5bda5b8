"""Letting go of an answer that hands out a file."""

from django.core.signals import request_finished
from django.db import close_old_connections


def close(response):
    """Close the file, but not, as the end of a request would, the connection with the test's transaction."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
