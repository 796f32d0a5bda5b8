"""A simulation on its way to the worker: begun in the same way from a page and from another system."""

from __future__ import annotations

from django.db import transaction

from sijeong.documents.actions import FileRefused
from sijeong.documents.models import File
from sijeong.org.viewer import Viewer

from . import actions
from .forms import SimulationForm
from .forms.simulating import FILE
from .models import Simulation
from .tasks import run_simulation

__all__ = ["FILE", "begin"]


@transaction.atomic
def begin(*, form: SimulationForm, file: File | None, by: Viewer) -> Simulation:
    """Ask for the run that a valid form describes. Raises FileRefused for a file that holds no population."""
    if file and file.kind != "parquet":
        raise FileRefused("Parquet 파일이 아닙니다.")
    found = actions.ask(title=form.cleaned_data["title"], request=form.request(), file=file, by=by)
    run_simulation.enqueue(simulation_id=found.pk)
    return found
