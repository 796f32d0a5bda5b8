"""Every write of this room. What is made and sent is told by the rows themselves; what a person decides, in the journal."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sijeong.audit.models import Actor
from sijeong.org.models import Government, User

from .kinds import KINDS, Channel
from .models import Choice, Delivery, Notice, Subscription
from .told import Told

CHUNK = 500


def _chunks(told: Sequence[Told]) -> Iterator[Sequence[Told]]:
    for start in range(0, len(told), CHUNK):
        yield told[start : start + CHUNK]


@transaction.atomic
def tell(*, government_id: int, told: Sequence[Told], at: dt.datetime | None = None) -> int:
    """Make each notice that is not there yet, with its mail where the person takes it; how many were new.

    Two who tell the same at once make it once: the second waits for the first at the key, and makes nothing.
    People of another government, and accounts that are closed, are told nothing.
    """
    # In one order everywhere, so that two who tell the same people do not wait for each other.
    wanted = sorted({(one.key, one.person): one for one in told}.items())
    return sum(_tell(government_id, chunk, at or timezone.now()) for chunk in _chunks([t for _, t in wanted]))


def _tell(government_id: int, told: Sequence[Told], at: dt.datetime) -> int:
    keys = {one.key for one in told}
    known = set(Notice.objects.filter(key__in=keys).values_list("key", "person_id"))
    told = [one for one in told if (one.key, one.person) not in known]
    if not told:
        return 0
    people = User.objects.filter(government_id=government_id, is_active=True).in_bulk(
        {t.person for t in told}
    )
    chosen = {
        (person, kind, channel): on
        for person, kind, channel, on in Choice.objects.filter(person_id__in=people).values_list(
            "person_id", "kind", "channel", "on"
        )
    }
    batch = uuid.uuid4()
    Notice.objects.bulk_create(
        (
            Notice(
                government_id=government_id, person_id=one.person, kind=one.kind, key=one.key, about=one.about,
                subject=one.subject[:120], title=one.title[:200], address=one.address, text=one.text[:600],
                lines=[astuple(line) for line in one.lines], subscription_id=one.subscription, made_at=at,
                in_app=KINDS[one.kind].is_on(Channel.HERE, chosen.get((one.person, one.kind, Channel.HERE))),
                batch=batch,
            )
            for one in told
            if one.person in people
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    made = Notice.objects.filter(key__in=keys, batch=batch).only("pk", "person_id", "kind")
    if settings.MAIL:
        Delivery.objects.bulk_create(
            Delivery(notice=notice, next_at=timezone.now())
            for notice in made
            if people[notice.person_id].email
            and KINDS[notice.kind].is_on(
                Channel.EMAIL, chosen.get((notice.person_id, notice.kind, Channel.EMAIL))
            )
        )
    return len(made)


def mark_read(*, notice: Notice) -> None:
    """The person has read it; a second time changes nothing."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(*, person: User, until: dt.datetime) -> int:
    """Everything told until then is read: what came after the page was made stays unread."""
    unread = Notice.objects.filter(person=person, read_at=None, in_app=True, made_at__lte=until)
    return unread.update(read_at=timezone.now())


def _locked(person: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


@transaction.atomic
def choose(*, person: User, chosen: Mapping[tuple[str, str], bool], by: Actor | None) -> None:
    """Which kinds come by which channel, by (kind, channel); what is not named stays as it was.

    The notice on the page of a binding kind stays on whatever is chosen.
    """
    person = _locked(person)
    before = {(c.kind, c.channel): c.on for c in Choice.objects.filter(person=person)}
    changed = {}
    for (kind, channel), on in sorted(chosen.items()):
        way = Channel(channel)
        if (KINDS[kind].binding and way == Channel.HERE) or KINDS[kind].is_on(
            way, before.get((kind, way))
        ) == on:
            continue
        Choice.objects.update_or_create(person=person, kind=kind, channel=way, defaults={"on": on})
        changed[f"{kind}.{way}"] = on
    if changed:
        person.record("notices_chosen", by=by, chosen=changed)


@transaction.atomic
def subscribe(*, person: User, subject: str, label: str, address: str, by: Actor | None) -> Subscription:
    """The person hears of the subject from now on. Subscribing twice changes nothing."""
    person = _locked(person)
    found, new = Subscription.objects.get_or_create(
        person=person, subject=subject,
        defaults={"government_id": person.government_id, "label": label[:200], "address": address},
    )  # fmt: skip
    if new:
        person.record("subscribed", by=by, subject=subject, label=found.label)
    return found


@transaction.atomic
def unsubscribe(*, person: User, subject: str, by: Actor | None) -> bool:
    """No more of the subject; whether there was anything to end."""
    person = _locked(person)
    gone, _ = Subscription.objects.filter(person=person, subject=subject).delete()
    if gone:
        person.record("unsubscribed", by=by, subject=subject)
    return bool(gone)


@transaction.atomic
def send_again(*, government: Government, deliveries: Sequence[int], by: Actor | None) -> int:
    """Put mails that could not be sent back in the queue; how many there were."""
    government = Government.objects.select_for_update(no_key=True).get(pk=government.pk)
    dead = Delivery.objects.filter(
        notice__government=government, state=Delivery.State.DEAD, pk__in=deliveries
    )
    keys = sorted(dead.values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=keys).update(
        state=Delivery.State.WAITING, attempts=0, next_at=timezone.now(), fault=""
    )
    if keys:
        government.record("mail_again", by=by, deliveries=keys)
    return len(keys)
