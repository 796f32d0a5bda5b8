"""The database itself refuses to give one seat to two at a time: by exclusion, or by a trigger."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "한 자리를 같은 날에 두 번 줄 수 없습니다"
# Ranges alone, so that no extension is needed: a resource is a range of one number.
POSTGRESQL = """ALTER TABLE allocation_holding ADD CONSTRAINT allocation_holding_no_overlap EXCLUDE USING gist (
    int8range(resource_id, resource_id, '[]') WITH &&,
    int4range(first_seat, last_seat, '[]') WITH &&,
    daterange(first_day, last_day, '[]') WITH &&
) WHERE (ended_at IS NULL)"""
SQLITE = f"""CREATE TRIGGER allocation_holding_no_overlap BEFORE INSERT ON allocation_holding
    WHEN NEW.ended_at IS NULL AND EXISTS (
        SELECT 1 FROM allocation_holding WHERE resource_id = NEW.resource_id AND ended_at IS NULL
        AND first_day <= NEW.last_day AND last_day >= NEW.first_day
        AND first_seat <= NEW.last_seat AND last_seat >= NEW.first_seat)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""  # noqa: S608 - nothing of a user's in it
ADD = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
DROP = {
    "sqlite": "DROP TRIGGER allocation_holding_no_overlap",
    "postgresql": "ALTER TABLE allocation_holding DROP CONSTRAINT allocation_holding_no_overlap",
}


def guard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(ADD[editor.connection.vendor])


def unguard(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(DROP[editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("allocation", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
