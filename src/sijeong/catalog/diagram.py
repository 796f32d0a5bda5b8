"""The life of a case as a Mermaid state diagram."""

from sijeong.catalog.case_type import CaseType


def draw(ct: CaseType) -> str:
    """Mermaid `stateDiagram-v2` text, one line for each pair of states, ending in a newline."""
    lines = ["stateDiagram-v2", f"    [*] --> {ct.initial.code}"]
    lines += [f'    state "{_safe(state.name)}" as {state.code}' for state in ct.states]
    lines += [
        f"    {source} --> {target}: {', '.join(acts)}" for (source, target), acts in _arrows(ct).items()
    ]
    lines += [f"    {state.code} --> [*]" for state in ct.states if not state.open]
    return "\n".join(lines) + "\n"


def _arrows(ct: CaseType) -> dict[tuple[str, str], list[str]]:
    """The labels of the acts between each two states, in the order of the file."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for each in ct.transitions:
        for source in each.from_:
            for target in ct.targets(each, source):
                arrows.setdefault((source, target), []).append(each.act.label)
    return arrows


def _safe(text: str) -> str:
    """Mermaid reads quotes, hashes and semicolons inside a label unless they are written as entities."""
    return "".join(f"#{ord(character)};" if character in '"#;' else character for character in text)
