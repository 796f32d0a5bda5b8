"""Open cases in the order in which a list shows them: what only a source states comes last."""

from django.db import migrations, models

from sijeong.cases.models.basis import Stated


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_part_received")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                models.F("government"),
                Stated("outcome_basis"),
                models.F("due_on"),
                models.F("id"),
                condition=models.Q(open=True),
                name="case_soonest",
            ),
        ),
    ]
