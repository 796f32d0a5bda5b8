import pytest

from sijeong.catalog.districts import District, districts_in, read_districts

HEAD = "행정표준코드,자치구,2022년 선거인수,맞닿은 자치구,열,행\n"


def test_the_districts_of_seoul(pytestconfig):
    told = read_districts(pytestconfig.rootpath / "cities" / "seoul")
    assert len(told) == len({one.tile for one in told}) == len({one.code for one in told}) == 25
    assert sum(one.voters for one in told) == 8_346_647
    assert told[0] == District(
        11110, "종로구", 129968, ("동대문구", "서대문구", "성북구", "은평구", "중구"), (3, 2)
    )


def test_a_city_without_districts(tmp_path):
    assert read_districts(tmp_path) == ()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("1,가구,10,나구,0,0\n2,나구,10,,1,0\n", "seoul: 한쪽에만 적힌 이웃이 있습니다: 가구-나구"),
        ("1,가구,열,,0,0\n", "seoul:2: 행정표준코드"),
        ("1,가구,10,,0\n", "seoul:2: 행정표준코드"),
        ("1,가구,10,없는구,0,0\n", "가구-없는구"),
    ],
)
def test_a_wrong_cell_or_a_border_of_one_side_is_named(rows, why):
    with pytest.raises(ValueError, match=why):
        districts_in(HEAD + rows, "seoul")
