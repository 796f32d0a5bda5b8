"""A bundle that somebody brings, checked on the page: is it what was published, and does it come out again?

Anyone may ask, so that nothing is computed which is not this round's own definition; and no search is made, which may take
minutes, for a file that is not the published one: the command line does.
"""

from __future__ import annotations

from .models import Round
from .solving import bundle
from .solving.bundle import Check
from .solving.lottery import commitment


def checked(found: Round, content: bytes) -> list[Check]:
    """One check a line; all must hold."""
    published = found.run.bundle if found.run and found.final else None
    same = Check(
        "공개한 꾸러미와 한 바이트도 다르지 않음",
        published is None or bundle.sha256(content) == published.sha256,
    )
    try:
        given = bundle.given(content)
    except ValueError as error:
        return [same, Check(str(error), False)]
    text = bundle.unpack(content)["definition.yaml"].decode()
    own = Check("이 배정의 정의와 같은 정의", text == found.scheme.text)
    searched = given.definition.method in {"visits", "lending"}
    if not own.held or (searched and (published is None or not same.held)):
        return [same, own]
    secret = commitment(bytes(found.seed)) if found.by_lottery and not found.beacon_round else ""
    return [same, own, *bundle.verify(content, found.list_sha256, secret)]
