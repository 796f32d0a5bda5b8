"""Writes a rulebook out as the source of a compiled module (see `kernel`)."""

import ast

import numpy as np

from sijeong.benefits.rules import groups
from sijeong.benefits.rules.expressions import INPUT, LAW, Formula
from sijeong.benefits.rules.inputs import Input, Inputs
from sijeong.benefits.rules.rulebook import BenefitRule, Criterion, Rulebook
from sijeong.benefits.rules.writing import Writer

_HEADER = """\"\"\"Written by sijeong.benefits.rules.emit from the rules' text; do not edit.\"\"\"
from math import ceil, floor

import numpy as np
from numba import njit
from numpy import int8, int16, int32, int64

compiled = njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
entry = njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)
"""

_EXCLUDE = """@compiled
def exclude(stays, rows_a, codes_a, a, end_a, rows_b, codes_b, b, end_b):
    while a < end_a and b < end_b:
        if rows_a[a] < rows_b[b]:
            a += 1
        elif rows_a[a] > rows_b[b]:
            b += 1
        else:
            if codes_a[a] >= 0 and codes_b[b] >= 0:
                if stays == 1 or (stays == 0 and codes_a[a] >= codes_b[b]):
                    codes_b[b] = -3
                else:
                    codes_a[a] = -3
            a += 1
            b += 1"""


def parameter_layout(rule: BenefitRule) -> list[tuple[str, int]]:
    """A benefit's parameters in the order of the law vector, with the length of a list (0: one value)."""
    return [
        (name, len(value) if isinstance(value := parameter.values[0].value, tuple) else 0)
        for name, parameter in rule.parameters.items()
    ]


def module_source(rulebook: Rulebook) -> tuple[str, list[str]]:
    """Return the module's text and the arrays `run_rows` takes after (start, end, block, law), by name.

    `run_rows` writes each benefit's hits and returns how many there are.
    """
    inputs, names = rulebook.inputs, list(rulebook.benefits)
    arguments = list(dict.fromkeys(a for rule in rulebook.benefits.values() for a in _arrays(rule, inputs)))
    grouped = dict.fromkeys(name for name in rulebook.needed_inputs() if inputs[name].group)
    functions, calls, offset = [groups.source(inputs[name], inputs) for name in grouped], [], 0
    for name, rule in rulebook.benefits.items():
        functions.append(_rule_source(rule, inputs, offset))
        taken = ", ".join(map(variable, _arrays(rule, inputs)))
        found = f"rows_{name}, codes_{name}"
        calls += [
            f"was_{name} = at_{name}",
            f"at_{name} = rule_{name}(lo, hi, law, {taken}, left, words, {found}, was_{name})",
        ]
        offset += 1 + sum(max(1, length) for _, length in parameter_layout(rule))
    for this, other, stays in rulebook.exclusions():
        first, second = (f"rows_{n}, codes_{n}, was_{n}, at_{n}" for n in (this, other))
        calls.append(f"exclude({('higher', 'this', 'other').index(stays)}, {first}, {second})")
    taken = ", ".join([*map(variable, arguments), *(f"rows_{n}, codes_{n}" for n in names)])
    driver = [
        "@entry",
        f"def run_rows(start, end, block, law, {taken}):",
        "    left = np.zeros(block, int8)",
        "    words = left.view(int64)",
        # A nought written out has a type of its own: every rule would be compiled for it, and once more for numbers.
        "    nought = start - start",
        *(f"    at_{name} = nought" for name in names),
        "    for lo in range(start, end, block):",
        "        hi = min(lo + block, end)",
        "        if hi - lo < block:",
        "            left[:] = 0",
        *(f"        {call}" for call in calls),
        f"    return ({', '.join(f'at_{name}' for name in names)},)",
    ]
    return "\n\n\n".join([_HEADER, _EXCLUDE, *functions, "\n".join(driver)]) + "\n", arguments


def variable(name: str) -> str:
    return name.replace(".", "__")


def _arrays(rule: BenefitRule, inputs: Inputs) -> list[str]:
    """The columns a rule reads; a group's values come from the group's key and its members' column."""
    names = []
    for name in rule.inputs:
        declared = inputs[name]
        if declared.group:
            names += [inputs.groups[declared.group].key, *filter(None, [declared.aggregate[1]])]
        else:
            names.append(name)
    return list(dict.fromkeys(names)) or ["__rows__"]


def _rule_source(rule: BenefitRule, inputs: Inputs, offset: int) -> str:
    """Two passes over a block: cheap criteria for all rows at once, then the rest for the few rows left.

    The first pass reads narrow columns only and has no branch, so that it is done many rows an
    instruction; costs and group values are read in the second, for the rows marked in `left` (seen eight
    at a time as `words`).
    """
    arrays = ", ".join(map(variable, _arrays(rule, inputs)))
    lines = ["@compiled", f"def rule_{rule.name}(lo, hi, law, {arrays}, left, words, rows, codes, at):"]
    lines += [f"    if not law[{offset}]:", "        return at"]
    writer = Writer(inputs)
    cheap = [c for c in rule.criteria if not any(inputs[name].group for name in c.formula.inputs)]
    costly = [c for c in rule.criteria if c not in cheap]
    first_inputs = dict.fromkeys(name for c in cheap for name in c.formula.inputs)
    first = [f"        {INPUT}{name} = block__{name}[k]" for name in first_inputs]
    first.append(f"        ok = {' & '.join(_holds(c, writer) for c in cheap) or 'True'}")
    second = [f"                {line}" for line in _load_all(_formulas(rule), inputs)]
    second += [f"                {line}" for line in _verdict(rule, costly, writer)]
    lines += _law_values(rule, offset + 1, writer)
    # Slices counted from nought: an index that might be negative would keep the loop from being vectorised.
    lines += [f"    block__{name} = {name}[lo:hi]" for name in first_inputs]
    lines += ["    some = False", "    for k in range(hi - lo):", *first]
    lines += ["        left[k] = ok", "        some |= ok", "    if some:"]
    lines += [
        "        for word in range(len(words)):",
        "            if words[word] == 0:",
        "                continue",
    ]
    lines += ["            for i in range(lo + word * 8, lo + word * 8 + 8):"]
    lines += ["                if left[i - lo] == 0:", "                    continue", *second]
    lines += ["                rows[at] = i", "                at += 1", "    return at"]
    return "\n".join(lines)


def _formulas(rule: BenefitRule) -> list[Formula]:
    return [*(criterion.formula for criterion in rule.criteria), rule.amount_formula]


def _law_values(rule: BenefitRule, place: int, writer: Writer) -> list[str]:
    """The parameters in use; beside them, as narrow as the column each is compared with."""
    lines = []
    used = {name for formula in _formulas(rule) for name in formula.parameters}
    for name, length in parameter_layout(rule):
        value = f"law[{place}:{place + length}]" if length else f"law[{place}]"
        lines += [f"    {LAW}{name} = {value}"] if name in used else []
        for narrow in sorted(writer.narrowed.get(name, ())):
            ends = np.iinfo(narrow)
            lines.append(
                f"    {LAW}{name}__{narrow} = {narrow}(max({ends.min}, min({ends.max}, {LAW}{name})))"
            )
        place += max(1, length)
    return lines


def _load_all(formulas: list[Formula], inputs: Inputs) -> list[str]:
    names = dict.fromkeys(name for formula in formulas for name in formula.inputs)
    return [_load(inputs[name], inputs) for name in names]


def _load(declared: Input, inputs: Inputs) -> str:
    name = variable(declared.name)
    if not declared.group:
        return f"{INPUT}{name} = {name}[i]"
    key = inputs.groups[declared.group].key
    return f"{INPUT}{name} = {name}(i, {key}, {declared.aggregate[1] or key})"


def _holds(criterion: Criterion, writer: Writer) -> str:
    """A criterion's truth; true as well where it is unknown: only a known failure decides."""
    truth, known = writer.write(criterion.formula), writer.known(criterion.formula.tree)
    return f"({truth})" if known is None else f"(({truth}) | (not ({ast.unparse(known)})))"


def _verdict(rule: BenefitRule, costly: list[Criterion], writer: Writer) -> list[str]:
    """Nothing if a criterion fails that is known; else -2 if anything needed is unknown; else the amount."""
    unknown = [known for formula in _formulas(rule) if (known := writer.known(formula.tree)) is not None]
    amount = f"codes[at] = {_rounded(rule, writer.write(rule.amount_formula))}"
    lines = []
    if costly:
        lines += [f"if not ({' & '.join(_holds(c, writer) for c in costly)}):", "    continue"]
    if not unknown:
        return [*lines, amount]
    test = " | ".join(f"(not ({ast.unparse(known)}))" for known in unknown)
    return [*lines, f"if {test}:", "    codes[at] = -2", "else:", f"    {amount}"]


def _rounded(rule: BenefitRule, amount: str) -> str:
    step, direction = rule.rounding.value
    if direction == "down":
        return f"floor(({amount}) / {step}) * {step}"
    if direction == "up":
        return f"ceil(({amount}) / {step}) * {step}"
    return f"floor(({amount}) / {step} + 0.5) * {step}"
