"""All cases and all follow-ups in the order of their lists by due date: to sort them took seconds where there are many."""

from django.db import migrations, models

from sijeong.cases.models.basis import Stated


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_soonest")]

    operations = [
        migrations.AddIndex(
            "case",
            models.Index(
                models.F("government"),
                Stated("outcome_basis"),
                models.F("due_on"),
                models.F("id"),
                name="case_all_soonest",
            ),
        ),
        migrations.AddIndex(
            "followup", models.Index(fields=["state", "due_on", "id"], name="follow_up_soonest")
        ),
    ]
