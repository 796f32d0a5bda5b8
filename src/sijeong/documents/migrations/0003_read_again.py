"""Files read before their properties, margins and remarks were: what was read is forgotten, and read again when wanted."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("documents", "FileText").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_file_text")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
