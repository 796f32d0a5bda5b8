"""Loaded by pytest before anything of Django: tests run in test mode, whatever the shell says."""

import os

os.environ["SIJEONG_MODE"] = "test"
