"""Budget books: what a division may spend or expects to take in, as of a day, line by line, in whole won."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from sijeong.audit.models import Journalled
from sijeong.documents.models import File
from sijeong.org.models import Government, Unit, User
from sijeong.org.viewer import Viewer


class BookQuerySet(models.QuerySet["Book"]):
    def locked(self, pk: int) -> Book:
        return self.select_for_update(of=("self",)).get(pk=pk)

    def visible_to(self, viewer: Viewer) -> BookQuerySet:
        """A budget is public within the government; what is not confirmed yet only to who keeps it."""
        mine = self.filter(government_id=viewer.government_id)
        if viewer.sees_government:
            return mine
        return mine.exclude(Q(state=Book.State.DRAFT) & ~Q(unit_id__in=viewer.units))


class Book(Journalled):
    """The revenue or spending of a unit in a year, as of ``base_on``. A later one takes the place of it."""

    SUBJECT = "budget_book"

    class Kind(models.TextChoices):
        SPENDING = "spending", "세출"
        REVENUE = "revenue", "세입"

    class State(models.TextChoices):
        DRAFT = "draft", "확인 전"
        CURRENT = "current", "현행"
        PAST = "past", "지난 기준"

    government = models.ForeignKey(Government, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="budgets", verbose_name="부서")
    year = models.PositiveSmallIntegerField("회계연도")
    kind = models.CharField("구분", max_length=10, choices=Kind)
    base_on = models.DateField("기준일")
    source = models.CharField("출처", max_length=120)
    scale = models.PositiveIntegerField(default=1, help_text="won in one printed unit of the source")
    file = models.ForeignKey(File, models.PROTECT, null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "kind"], condition=Q(state="current"), name="one_current_book"
            )
        ]
        indexes = [models.Index(fields=["government", "-year", "unit"], name="book_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.get_kind_display()}"

    @property
    def words(self) -> dict[str, str]:
        """What the columns are called: money that comes in is collected, not spent."""
        comes_in = self.kind == self.Kind.REVENUE
        return {
            "budget": "예산현액", "spent": "징수액" if comes_in else "집행액",
            "left": "미징수액" if comes_in else "잔액", "rate": "징수율" if comes_in else "집행률",
        }  # fmt: skip


class Line(models.Model):
    """A line of a book. Amounts in won, None where the source is silent; ``parent`` sums what is under it."""

    book = models.ForeignKey(Book, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    label = models.CharField(max_length=120)
    original = models.BigIntegerField("당초예산", null=True)
    supplement = models.BigIntegerField("추경", null=True)
    budget = models.BigIntegerField("예산현액", null=True)
    spent = models.BigIntegerField("집행액", null=True)
    left = models.BigIntegerField("잔액", null=True)
    note = models.CharField("비고", max_length=300, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["book", "order"], name="line_order_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def rate(self) -> Decimal | None:
        """Per cent spent of the budget, to one place; None of a budget of nothing."""
        if not self.budget or self.spent is None:
            return None
        return (Decimal(self.spent) * 100 / self.budget).quantize(Decimal("0.1"))
