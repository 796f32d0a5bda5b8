"""Loads the benefits of a city folder: rule, dated parameters, declared inputs."""

import datetime as dt
import importlib.util
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from sijeong.benefits.rules import inputs as declared
from sijeong.benefits.rules import marks, parameters
from sijeong.benefits.rules.expressions import Formula, Reader, near
from sijeong.benefits.rules.language import Benefit, Rounding
from sijeong.benefits.rules.language import Rule as Function
from sijeong.benefits.rules.marks import Marked, Problem
from sijeong.benefits.rules.parameters import Parameter

_REQUIRED = {"basis", "apply", "per", "ceiling", "parameters"}
_ALLOWED = {"life", "uses", "quota", "places_by", "planned", "excludes", "in_kind", "assumptions", "take_up"}
OTHERWISE = "otherwise"


@dataclass(frozen=True)
class Criterion:
    """A condition with its Korean name; its function and its written-out form are the same text."""

    name: str
    korean: str
    holds: Function
    formula: Formula


@dataclass(frozen=True)
class PlacesBy:
    """Who gets the year's places is left to an allocation: its name, and by class the fact that puts one into it."""

    allocation: str
    classes: dict[str, str]

    def class_of(self, facts: Mapping[str, Any]) -> str:
        """The first class whose fact is true; the class told `otherwise` takes the rest."""
        return next(
            name for name, fact in self.classes.items() if fact == OTHERWISE or facts.get(fact) is True
        )


@dataclass(frozen=True)
class BenefitRule:
    """One benefit, ready to be run and explained."""

    name: str
    korean: str
    path: Path
    rounding: Rounding
    criteria: tuple[Criterion, ...]
    amount: Function
    amount_formula: Formula
    parameters: dict[str, Parameter]
    about: Marked
    laws: dict[dt.date, SimpleNamespace | None] = field(default_factory=dict, compare=False, repr=False)

    def law_on(self, day: dt.date) -> SimpleNamespace | None:
        """Return the parameters in force that day, or None where the benefit is not in force."""
        if day not in self.laws:
            self.laws[day] = parameters.law_on(self.parameters.values(), day)
        return self.laws[day]

    @property
    def inputs(self) -> list[str]:
        """The inputs the rule may read, in order of reading."""
        formulas = [*(criterion.formula for criterion in self.criteria), self.amount_formula]
        return list(dict.fromkeys(name for formula in formulas for name in formula.inputs))

    def changes(self) -> list[dt.date]:
        return sorted(set[dt.date]().union(*(parameter.changes() for parameter in self.parameters.values())))

    def in_force_from(self) -> dt.date:
        return next(day for day in self.changes() if self.law_on(day) is not None)

    @property
    def life(self) -> list[str]:
        """The situations of life in which one asks for it."""
        return list(self.about.get("life", []))

    @property
    def quota(self) -> str:
        """The parameter that limits the number of recipients a calendar year, or ''."""
        return str(self.about.get("quota", ""))

    @property
    def places_by(self) -> PlacesBy | None:
        """The allocation that gives the places; None: they go by order of receipt."""
        told = self.about.get("places_by")
        return PlacesBy(told["allocation"], dict(told["classes"])) if told else None


@dataclass(frozen=True)
class Rulebook:
    """All benefits of a city in order of name, with the inputs they share."""

    folder: Path
    inputs: declared.Inputs
    benefits: dict[str, BenefitRule]

    def __getitem__(self, name: str) -> BenefitRule:
        return self.benefits[name]

    def only(self, names: list[str]) -> "Rulebook":
        """Return a rulebook of the named benefits. Raises `KeyError` for an unknown name."""
        return replace(self, benefits={name: self.benefits[name] for name in names})

    def reformed(self, changes: Mapping[str, parameters.Value]) -> "Rulebook":
        """Return the rulebook with `benefit.parameter` replaced on all days. Raises `KeyError`,
        `ValueError`."""
        benefits = dict(self.benefits)
        for place, value in changes.items():
            name, _, key = place.partition(".")
            if name not in benefits or key not in benefits[name].parameters:
                raise KeyError(place)
            rule = benefits[name]
            old = rule.parameters[key].values[0].value
            if isinstance(old, tuple) != isinstance(value, tuple):
                raise ValueError(place)
            changed = {**rule.parameters, key: rule.parameters[key].changed(value)}
            benefits[name] = replace(rule, parameters=changed, laws={})
        return replace(self, benefits=benefits)

    def exclusions(self) -> list[tuple[str, str, str]]:
        """Pairs (benefit, other, which stays: higher | this | other), in a fixed order."""
        return [
            (name, other, stays)
            for name, rule in self.benefits.items()
            for other, stays in rule.about.get("excludes", {}).items()
            if other in self.benefits
        ]

    def needed_inputs(self) -> list[str]:
        return list(dict.fromkeys(name for rule in self.benefits.values() for name in rule.inputs))


def benefit_files(folder: Path) -> list[Path]:
    """The YAML file of each benefit of a folder, in order of name."""
    others = {"inputs.yaml", "common.yaml"}
    return sorted(
        p for p in folder.glob("*.yaml") if p.name not in others and not p.name.endswith(".situations.yaml")
    )


@lru_cache(maxsize=8)
def load(folder: Path) -> Rulebook:
    """Load a city's benefits. Raises `Problem` for the first mistake."""
    inputs = declared.load(folder / "inputs.yaml")
    common = parameters.parse(folder / "common.yaml", marks.read(folder / "common.yaml"))
    rules = [load_benefit(path, inputs, common) for path in benefit_files(folder)]
    return Rulebook(folder, inputs, {rule.name: rule for rule in rules})


def load_benefit(path: Path, inputs: declared.Inputs, common: dict[str, Parameter]) -> BenefitRule:
    """Load one benefit from its `.yaml` and `.py`. Raises `Problem`."""
    about = marks.read(path)
    marks.demand(path, about, required=_REQUIRED, allowed=_ALLOWED)
    _check_shape(path, about)
    own = parameters.parse(path, about["parameters"])
    for name in about.get("uses", []):
        if name not in common:
            raise Problem(path, about.line_of("uses"), f"'{name}'은(는) common.yaml에 없습니다")
        own[name] = common[name]
    source = path.with_suffix(".py")
    if not source.exists():
        raise Problem(path, 1, f"규칙 파일 {source.name}이(가) 없습니다")
    reader = Reader(source, inputs)
    cls = _benefit_class(source)
    formulas = reader.formulas()
    if "amount" not in formulas:
        raise Problem(source, reader.classes[0].lineno, "amount가 없습니다")
    if reader.is_truth(formulas["amount"].tree):
        raise Problem(source, formulas["amount"].line, "amount: 금액이 아니라 참·거짓입니다")
    for name in formulas.keys() - cls.criteria.keys() - {"amount"}:
        message = f'{name}: 조건이면 @criterion("이름")을 붙이고, 셈을 돕는 함수면 클래스 밖에 적으십시오'
        raise Problem(source, formulas[name].line, message)
    if not isinstance(getattr(cls, "rounding", None), Rounding):
        raise Problem(source, reader.classes[0].lineno, "끝수 처리(rounding)를 적어야 합니다")
    criteria = tuple(
        Criterion(name, function.criterion, function, formulas[name])  # type: ignore[attr-defined]
        for name, function in cls.criteria.items()
    )
    for criterion in criteria:
        if not reader.is_truth(criterion.formula.tree):
            raise Problem(source, criterion.formula.line, f"{criterion.name}: 참·거짓이 아닙니다")
    amount: Any = cls.amount  # type: ignore[attr-defined]
    rule = BenefitRule(
        path.stem, cls.korean, source, cls.rounding, criteria, amount, formulas["amount"], own, about
    )
    _check_parameters(rule, path)
    _check_places(rule, path, inputs)
    _check_plans(rule, path)
    return rule


def _benefit_class(source: Path) -> type[Benefit]:
    spec = importlib.util.spec_from_file_location(f"sijeong_rule_{source.stem}", source)
    assert spec is not None and spec.loader is not None  # noqa: S101  (a path ending in .py always has both)
    module: ModuleType = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (AttributeError, NameError, TypeError) as error:
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == str(source)
        ]
        raise Problem(source, (lines or [1])[-1] or 1, f"읽을 수 없습니다: {error}") from None
    classes = [
        value for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Benefit) and value is not Benefit
    ]  # fmt: skip
    if len(classes) != 1:
        raise Problem(source, 1, "Benefit 클래스가 하나여야 합니다")
    return classes[0]


def _check_shape(path: Path, about: Marked) -> None:
    """The entries that pages read without asking."""
    if not isinstance(about["apply"], Marked) or not about["apply"].get("where"):
        raise Problem(path, about.line_of("apply"), "apply는 {where: 신청하는 곳} 꼴입니다")
    if not isinstance(about["ceiling"], list) and about["ceiling"] != "none":
        raise Problem(path, about.line_of("ceiling"), "ceiling은 [매개변수, …]나 none입니다")
    if not isinstance(about["parameters"], Marked):
        raise Problem(
            path, about.line_of("parameters"), "parameters는 {이름: {label, unit, values}} 꼴입니다"
        )


def _check_parameters(rule: BenefitRule, path: Path) -> None:
    known = set(rule.parameters)
    for formula in [*(criterion.formula for criterion in rule.criteria), rule.amount_formula]:
        for name in formula.parameters:
            if name not in known:
                hint = near(name, known)
                raise Problem(
                    rule.path, formula.line, f"매개변수 '{name}'이(가) {path.name}에 없습니다{hint}"
                )
    ceiling = rule.about["ceiling"]
    for name in [*(ceiling if isinstance(ceiling, list) else []), *filter(None, [rule.quota])]:
        if name not in known:
            place = "quota" if name == rule.quota else "ceiling"
            raise Problem(
                path, rule.about.line_of(place), f"'{name}'은(는) 매개변수가 아닙니다{near(name, known)}"
            )


def _check_places(rule: BenefitRule, path: Path, inputs: declared.Inputs) -> None:
    told = rule.about.get("places_by")
    if told is None:
        return
    line = rule.about.line_of("places_by")
    if not isinstance(told, Marked) or not isinstance(told.get("classes"), Marked):
        raise Problem(
            path, line, "places_by는 {allocation: 배정 이름, classes: {순위: 사실, 순위: otherwise}} 꼴입니다"
        )
    marks.demand(path, told, required={"allocation", "classes"}, allowed=set())
    if not rule.quota:
        raise Problem(path, line, "places_by가 있으면 자리 수(quota)도 있어야 합니다")
    *facts, last = told["classes"].values()
    if last != OTHERWISE:
        raise Problem(path, line, "마지막 순위는 나머지를 받는 otherwise여야 합니다")
    for fact in facts:
        if fact not in rule.inputs or inputs[fact].kind != "bool":
            raise Problem(path, line, f"순위를 가르는 '{fact}'은(는) 규칙이 읽는 예·아니오 입력이 아닙니다")


def _check_plans(rule: BenefitRule, path: Path) -> None:
    for plan in rule.about.get("planned", []):
        if not isinstance(plan, Marked):
            raise Problem(
                path, rule.about.line_of("planned"), "planned는 {year, volume, unit, basis}의 목록입니다"
            )
        marks.demand(path, plan, required={"year", "volume", "unit", "basis"}, allowed={"yearly", "note"})
        if not (isinstance(plan["year"], int) and isinstance(plan["volume"], int) and plan["volume"] > 0):
            raise Problem(path, plan.line, "planned의 year와 volume은 0보다 큰 정수입니다")
