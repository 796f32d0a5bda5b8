"""Nothing is done here any more: texts read before are read again by their edition (0004), and meanwhile found."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_file_text")]
    operations = []
