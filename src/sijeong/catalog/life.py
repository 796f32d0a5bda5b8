"""Is the life of a case whole: every state known, reached and left, every act said once with its needs?"""

from collections.abc import Iterator

from sijeong.catalog.case_type import PREVIOUS, SAME, CaseType
from sijeong.catalog.problems import Remark, listed, meant
from sijeong.catalog.vocabulary import Act, Clock, Need

NEEDS_REASON = {
    Act.PASS_ON, Act.RETURN_TO_PLANNING, Act.ASK_EXTENSION, Act.EXTEND, Act.REFUSE_EXTENSION, Act.REOPEN,
    Act.ASK_AGAIN,
}  # fmt: skip
NEEDS = {Act.APPROVE: {Need.ANSWER, Need.SIGNER}, Act.DELIVER: {Need.DELIVERY}}


def remarks(ct: CaseType) -> Iterator[Remark]:
    yield from _states(ct)
    yield from _acts(ct)
    yield from _promises(ct)
    strangers = list(_strangers(ct))
    yield from strangers
    if not strangers:
        yield from _twice(ct)
        yield from _asked(ct)
        yield from _ways(ct)


def _states(ct: CaseType) -> Iterator[Remark]:
    for index, state in enumerate(ct.states):
        if state.code in (SAME, PREVIOUS):
            yield Remark(
                ("states", index, "code"), f"{state.code!r} is a word for transitions", "another code"
            )
        if state.open == (state.clock == Clock.DONE):
            kind, clocks = ("open", "runs, stopped") if state.open else ("closed", "done")
            what = f"the {kind} state {state.code!r} has the clock {state.clock}"
            yield Remark(("states", index, "clock"), what, clocks)


def _acts(ct: CaseType) -> Iterator[Remark]:
    for index, each in enumerate(ct.transitions):
        if each.act in NEEDS_REASON and not each.needs_reason:
            yield Remark(("transitions", index), f"{each.act} without a reason", "needs_reason: true")
        if missing := NEEDS.get(each.act, set()) - set(each.needs):
            wanted = listed(sorted(missing))
            yield Remark(("transitions", index), f"{each.act} without {wanted} on record", f"needs: {wanted}")


def _promises(ct: CaseType) -> Iterator[Remark]:
    """What the head of the file promises must be an act of the life, and the other way about."""
    acts = {each.act for each in ct.transitions}
    for key, promised, act in (
        ("extension", ct.extension is not None, Act.EXTEND),
        ("pause", ct.pause, Act.PAUSE),
    ):
        if promised and act not in acts:
            yield Remark((key,), f"{key} is promised, but the act {act} is missing", f"a transition {act}")
        if act in acts and not promised:
            yield Remark((key,), f"the act {act} in a type without {key}", f"{key}, or no transition {act}")
    if Act.PAUSE in acts and Act.RESUME not in acts:
        yield Remark(("pause",), "a paused case could never go on", "a transition resume")


def _strangers(ct: CaseType) -> Iterator[Remark]:
    states = [state.code for state in ct.states]
    for index, each in enumerate(ct.transitions):
        named = [(("transitions", index, "from", place), code) for place, code in enumerate(each.from_)]
        if each.to not in (SAME, PREVIOUS):
            named.append((("transitions", index, "to"), each.to))  # type: ignore[arg-type]
        for path, code in named:
            if code not in states:
                yield Remark(path, f"unknown state {code!r}{meant(code, states)}", listed(states))


def _twice(ct: CaseType) -> Iterator[Remark]:
    seen = set()
    for index, each in enumerate(ct.transitions):
        for place, state in enumerate(each.from_):
            if (each.act, state) in seen:
                what = f"two transitions for {each.act} from {state!r}"
                yield Remark(("transitions", index, "from", place), what, "one for each act and state")
            seen.add((each.act, state))


def _asked(ct: CaseType) -> Iterator[Remark]:
    """More time is asked for where somebody may grant it and may refuse it."""
    asks = any(each.act == Act.ASK_EXTENSION for each in ct.transitions)
    for index, each in enumerate(ct.transitions):
        if each.act == Act.REFUSE_EXTENSION and not asks:
            what = f"the act {each.act} in a type where nobody asks for an extension"
            yield Remark(("transitions", index), what, f"a transition {Act.ASK_EXTENSION}")
        for place, state in enumerate(each.from_ if each.act == Act.ASK_EXTENSION else ()):
            for act in (Act.EXTEND, Act.REFUSE_EXTENSION):
                if ct.transition(act, state) is None:
                    what = f"an extension is asked for in {state!r}, from where the act {act} is missing"
                    yield Remark(("transitions", index, "from", place), what, f"{act} from {state}")


def _ways(ct: CaseType) -> Iterator[Remark]:
    ways = {
        state.code: {target for each in ct.acts_from(state.code) for target in ct.targets(each, state.code)}
        for state in ct.states
    }
    reached = _reach(ways, ct.initial.code)
    closed = {state.code for state in ct.states if not state.open}
    for index, state in enumerate(ct.states):
        if state.code not in reached:
            yield Remark(
                ("states", index), f"the state {state.code!r} is never reached from {ct.initial.code!r}"
            )
        if state.open and not closed & _reach(ways, state.code):
            yield Remark(
                ("states", index), f"the state {state.code!r} is open and no way leads to a closed state"
            )


def _reach(ways: dict[str, set[str]], start: str) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        new = ways[waiting.pop()] - reached
        reached |= new
        waiting += new
    return reached
