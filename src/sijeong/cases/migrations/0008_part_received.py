"""A part knows when its case was received, so that what a division sees is found by the order of an index."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    case, part = apps.get_model("cases", "Case"), apps.get_model("cases", "Part")
    received = case.objects.filter(pk=OuterRef("case_id")).values("received_at")
    part.objects.update(received_at=Subquery(received))


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_index_of_who_sees")]

    operations = [
        migrations.AddField("part", "received_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("part", "received_at", models.DateTimeField()),
        migrations.RemoveIndex("part", "part_unit"),
        migrations.AddIndex(
            "part", models.Index(fields=["unit", "active", "-received_at", "-case"], name="part_seen")
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["asker_unit", "-received_at", "-id"], name="case_asker_unit")
        ),
    ]
