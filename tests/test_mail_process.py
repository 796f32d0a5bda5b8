"""A worker killed between sending a mail and saying so: what SMTP allows is one repeat that can be known as one."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from threading import Event

from sijeong.notices.tests.smtp import Postbox, serving
from sijeong.site.tests.installation import Installation, wait_until

TELL = """
from sijeong.notices.actions import tell
from sijeong.notices.told import Told
from sijeong.org.models import User
person = User.objects.get()
person.email = "gwanli@example.go.kr"
person.save(update_fields=["email"])
tell(government_id=person.government_id, told=[
    Told(person=person.pk, kind="assigned", key="a", subject="자료요구-2026-00001", text="배정", address="/")
])
"""


def rows(installation: Installation, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(installation.data / "sijeong.sqlite3", timeout=20)) as database, database:
        return database.execute(sql).fetchall()


def test_a_worker_killed_after_sending_repeats_the_mail_under_its_id_and_says_so(installation: Installation):
    killed = Event()
    with serving(Postbox(after_taking=lambda: killed.wait(60))) as postbox:
        installation.environment = {
            "SIJEONG_EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}",
            "SIJEONG_MAIL_FROM": "sijeong@example.go.kr",
        }
        installation.python(TELL)
        with installation.started("worker") as worker:
            wait_until(lambda: postbox.taken, "the mail")
            worker.send_signal(signal.SIGKILL)
            worker.wait(30)
        killed.set()
        held = "SELECT state, attempts, unsure FROM notices_delivery"
        assert rows(installation, held) == [("claimed", 1, 0)]
        # Five minutes later: the lease of the dead has run out.
        rows(installation, "UPDATE notices_delivery SET next_at = '2026-01-01 00:00:00'")
        with installation.started("worker") as worker:
            wait_until(lambda: rows(installation, held)[0][0] == "sent", "the second worker")
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
    assert rows(installation, held) == [("sent", 2, 1)]
    assert len(postbox.taken) == 2
    assert len(set(postbox.ids())) == 1
    assert rows(installation, "SELECT count(*) FROM notices_notice WHERE key = 'a'") == [(1,)]
