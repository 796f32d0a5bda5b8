"""A city with one small case type, for tests that break it in one place."""

from pathlib import Path

from sijeong.catalog import CatalogError, read_city

SEOUL = Path(__file__).parents[4] / "cities" / "seoul"

SMALL = """\
code: parking
name: 주차 건의
number: 주차
basis: {kind: statutory, article: 주차장법 제1조, note: 시험}
askers: [citizen]
term: {length: 10, unit: days, rule: civil, set_by: law}
norm: 7
extension: {times: 1, length: 10, unit: days, needs_reason: true}
pause: true
kinds:
  - {code: street, name: 노상}
  - {code: lot, name: 노외}
fields:
  - {code: place, name: 위치, type: long_text, required: true}
  - code: size
    name: 크기
    type: choice
    choices: [{code: small, name: 소형}, {code: large, name: 대형}]
answer_fields:
  - {code: answer, name: 답변, type: long_text}
outcomes:
  - {code: done, name: 완료, needs: delivery, final: true}
  - {code: in_progress, name: 추진 중, needs: none, final: false}
states:
  - {code: received, name: 접수, public: 접수, order: 1, open: true, clock: runs}
  - {code: in_hand, name: 처리 중, public: 처리 중, order: 2, open: true, clock: runs}
  - {code: paused, name: 보완 대기, public: 보완 대기, order: 3, open: true, clock: stopped}
  - {code: delivered, name: 전달, public: 전달, order: 4, open: false, clock: done}
  - {code: published, name: 공개, public: 공개, order: 5, open: false, clock: done}
transitions:
  - {act: start, from: [received], to: in_hand, who: [lead_officer]}
  - {act: extend, from: [in_hand], to: same, who: [lead_officer], needs_reason: true}
  - {act: pause, from: [received, in_hand], to: paused, who: [lead_officer]}
  - {act: resume, from: [paused], to: previous, who: [asker]}
  - {act: deliver, from: [in_hand], to: delivered, who: [lead_head], needs: [delivery]}
  - {act: publish, from: [delivered], to: published, who: [planning]}
publication: {public: true, after: delivered, mask: [name]}
retention: {years: 5, from: next_year, basis: 시험}
asks: place
"""


def write_city(folder: Path, **case_types: str | bytes) -> Path:
    (folder / "case_types").mkdir(parents=True, exist_ok=True)
    (folder / "city.yaml").write_text("code: ours\nname: 우리시\n", encoding="utf-8")
    for code, text in case_types.items():
        content = text if isinstance(text, bytes) else text.encode()
        (folder / "case_types" / f"{code}.yaml").write_bytes(content)
    return folder


def problems_of(folder: Path) -> list[str]:
    """Each problem as a person reads it; none if the city can be read."""
    try:
        read_city(folder)
    except CatalogError as error:
        return [str(problem) for problem in error.problems]
    return []
