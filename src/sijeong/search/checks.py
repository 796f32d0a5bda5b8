"""What `sijeong doctor` and `sijeong search status` ask: does this machine's index say what the rows say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sijeong.org.models import Government

from .replica import NotBuilt, Replica
from .sources import sources

# A replica follows within seconds: so far behind, nobody follows.
LATE = 200


@dataclass(frozen=True)
class Standing:
    """An index and its rows. ``documents`` None: there is none that this version can read."""

    government: str
    rows: int
    documents: int | None = None
    behind: int = 0
    sound: bool = False

    def __str__(self) -> str:
        if self.documents is None:
            return f"{self.government}: 색인이 없습니다 (문서 {self.rows:,}건)"
        told = f"{self.government}: 색인 {self.documents:,}건, 데이터베이스 {self.rows:,}건"
        if not self.sound:
            return f"{told}, 변경 기록이 이어지지 않습니다"
        return f"{told}, 따라올 변경 {self.behind:,}개" if self.behind else f"{told}, 모두 따라왔습니다"

    @property
    def fault(self) -> bool:
        """Whether it should be built anew: what is merely not followed yet is none."""
        if self.documents is None:
            return self.rows > 0
        return not self.sound or self.behind >= LATE or (not self.behind and self.documents != self.rows)


def standing(government: Government) -> Standing:
    """How the government's index stands on this machine."""
    replica = Replica(government)
    rows = sum(source.count(government.pk) for source in sources().values())
    try:
        documents, behind = replica.reader().count(), replica.behind().changes
    except NotBuilt:
        return Standing(government.name, rows)
    return Standing(government.name, rows, documents, behind, replica.is_sound())


def faults() -> Iterator[str]:
    """Indexes of this machine that are missing, late, or hold another number of documents than there are."""
    for government in Government.objects.order_by("pk"):
        if (found := standing(government)).fault:
            yield str(found)
