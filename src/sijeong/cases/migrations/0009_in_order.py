"""Cases, the open ones by themselves, and follow-ups in the order of their lists by due date.

What only a source states comes last. To sort a million took seconds.
"""

from django.db import migrations, models

from sijeong.cases.models.basis import Stated

SOONEST = (models.F("government"), Stated("outcome_basis"), models.F("due_on"), models.F("id"))


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_part_received")]

    operations = [
        migrations.AddIndex(
            "case", models.Index(*SOONEST, condition=models.Q(open=True), name="case_soonest")
        ),
        migrations.AddIndex("case", models.Index(*SOONEST, name="case_all_soonest")),
        migrations.AddIndex(
            "followup", models.Index(fields=["state", "due_on", "id"], name="follow_up_soonest")
        ),
    ]
