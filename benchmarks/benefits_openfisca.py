"""The ten rules in OpenFisca-core: persons in households, whole won as integers."""

from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2024-06"
Person = build_entity(key="person", plural="persons", label="", is_person=True)
MEMBER = {"key": "member", "plural": "members"}
Household = build_entity(key="household", plural="households", label="", roles=[MEMBER])
BOOLEANS = {
    "resident", "female", "gave_birth", "reversal_done", "reversal_received", "early_menopause_risk",
    "egg_freezing_done", "egg_freezing_received", "postnatal_received", "care_gap", "transport_received",
    "defector", "city_hospital", "startup_selected",
}  # fmt: skip


def build_system(laws: dict[str, Any], columns: dict[str, Any]) -> TaxBenefitSystem:
    system = TaxBenefitSystem([Person, Household])
    for name in columns:
        if name not in ("__rows__", "household_id"):
            kind = bool if name in BOOLEANS else int
            system.add_variable(_variable(name, kind, Person))
    system.add_variable(_variable("household_size", int, Household, lambda h, m, _p: h.nb_persons()))
    system.add_variable(
        _variable("household_income", float, Household, lambda h, m, _p: h.sum(h.members("income", m)))
    )
    for name, formula in _rules(laws).items():
        system.add_variable(_variable(name, int, Person, formula))
    return system


def _variable(name: str, kind: type, entity: Any, formula: Any = None) -> type[Variable]:
    body: dict[str, Any] = {
        "value_type": kind,
        "entity": entity,
        "definition_period": DateUnit.MONTH,
        "label": name,
    }
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def simulate(system: TaxBenefitSystem, columns: dict[str, Any]) -> Any:
    builder = SimulationBuilder()
    builder.create_entities(system)
    rows = len(columns["age"])
    builder.declare_person_entity("person", np.arange(rows))
    ids, places = np.unique(columns["household_id"], return_inverse=True)
    household = builder.declare_entity("household", ids)
    builder.join_with_persons(household, places, roles=np.repeat("member", rows))
    simulation = builder.build(system)
    for name, column in columns.items():
        if name not in ("__rows__", "household_id"):
            simulation.set_input(name, PERIOD, column == 1 if name in BOOLEANS else column.astype(np.int32))
    return simulation


def _paid(who: Any, amount: Any) -> Any:
    return np.where(who, np.floor(amount / 10) * 10, 0)


def _rules(laws: dict[str, Any]) -> dict[str, Any]:
    def tubal_reversal(p: Any, m: Any, _x: Any) -> Any:
        law = laws["tubal_reversal"]
        limit = np.where(p("female", m), law["max_age_woman"], law["max_age_man"])
        who = p("resident", m) * p("reversal_done", m) * (p("age", m) <= limit) * ~p("reversal_received", m)
        return _paid(who, np.minimum(p("reversal_own_share", m), law["cap"]))

    def egg_freezing(p: Any, m: Any, _x: Any) -> Any:
        law, age = laws["egg_freezing"], p("age", m)
        aged = (age >= law["min_age"]) * (age <= law["max_age"]) + (
            (age >= law["young_min"]) * (age < law["min_age"]) * p("early_menopause_risk", m)
        )
        who = p("resident", m) * (p("months_resident", m) >= law["min_months"]) * p("female", m) * aged
        who = who * p("egg_freezing_done", m) * ~p("egg_freezing_received", m)
        return _paid(who, np.minimum(p("egg_freezing_cost", m) * (law["rate"] / 100), law["cap"]))

    def prenatal_tests(p: Any, m: Any, _x: Any) -> Any:
        law = laws["prenatal_tests"]
        who = (
            p("resident", m)
            * p("female", m)
            * (p("pregnancy_weeks", m) > 0)
            * (p("age", m) >= law["min_age"])
        )
        return _paid(who, np.minimum(p("prenatal_cost", m), law["cap"]))

    def multiple_birth_insurance(p: Any, m: Any, _x: Any) -> Any:
        law, newborns = laws["multiple_birth_insurance"], p("newborns", m)
        who = p("resident", m) * p("gave_birth", m) * (newborns >= law["min_newborns"])
        return _paid(who, newborns * law["unit_cost"])

    def postnatal_care(p: Any, m: Any, _x: Any) -> Any:
        law = laws["postnatal_care"]
        who = (
            p("resident", m)
            * (p("months_resident", m) >= law["min_months"])
            * p("female", m)
            * p("gave_birth", m)
        )
        who = who * (p("days_since_birth", m) <= law["max_days"]) * ~p("postnatal_received", m)
        return _paid(who, law["grant"])

    def first_child_care(p: Any, m: Any, _x: Any) -> Any:
        law, size = laws["first_child_care"], p.household("household_size", m)
        median = np.array(law["median_income"])[np.minimum(size, law["median_table"])]
        median = median + np.maximum(size - law["median_table"], 0) * law["median_income_step"]
        over = p.household("household_income", m).astype(np.float64) * 100 > median * law["median_percent"]
        who = p("resident", m) * p("female", m) * p("gave_birth", m) * (p("birth_order", m) == 2)
        who = who * (p("days_since_birth", m) <= law["max_days"]) * p("care_gap", m)
        who = who * (p("elder_child_age", m) <= law["max_child_age"])
        return _paid(who, p("care_own_share", m) * np.where(over, law["rate_over"], law["rate"]) / 100)

    def pregnancy_transport(p: Any, m: Any, _x: Any) -> Any:
        law = laws["pregnancy_transport"]
        expecting = (p("pregnancy_weeks", m) >= law["min_weeks"]) + (
            p("gave_birth", m) * (p("months_since_birth", m) < law["months_after"])
        )
        who = p("resident", m) * (p("months_resident", m) >= law["min_months"]) * p("female", m) * expecting
        return _paid(who * ~p("transport_received", m), law["voucher"])

    def defector_dental(p: Any, m: Any, _x: Any) -> Any:
        rate, cap = _poor(p, m, laws["defector_dental"])
        return _paid(p("resident", m) * p("defector", m), np.minimum(p("dental_cost", m) * rate / 100, cap))

    def defector_illness(p: Any, m: Any, _x: Any) -> Any:
        rate, cap = _poor(p, m, laws["defector_illness"])
        left = np.maximum(cap - p("illness_paid_this_year", m), 0)
        who = p("resident", m) * p("defector", m) * p("city_hospital", m)
        return _paid(who, np.minimum(p("illness_cost", m) * rate / 100, left))

    def next_local(p: Any, m: Any, _x: Any) -> Any:
        law, stage, age = laws["next_local"], p("startup_stage", m), p("age", m)
        cap = np.select([stage == 1, stage == 2], [law["survey_cap"], law["trial_cap"]], law["final_cap"])
        who = p("resident", m) * (age >= law["min_age"]) * (age <= law["max_age"]) * p("startup_selected", m)
        return _paid(who * (stage != 0), np.minimum(p("startup_cost", m), cap))

    return {name: rule for name, rule in locals().items() if name in laws}


def _poor(p: Any, m: Any, law: dict[str, Any]) -> tuple[Any, Any]:
    poor = (p("welfare", m) == 1) + (p("welfare", m) == 2)
    return np.where(poor, law["rate_poor"], law["rate_other"]), np.where(
        poor, law["cap_poor"], law["cap_other"]
    )
