"""The description of the API: two shapes of one name would describe each other's answers."""

from collections import Counter

from ninja import Schema

from sijeong.site.api import api


def below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def test_every_shape_has_a_name_of_its_own():
    described = api.get_openapi_schema(path_prefix="/api/v1/")["components"]["schemas"]
    ours = {f"{shape.__module__}.{shape.__name__}": shape.__name__ for shape in below(Schema)}
    names = Counter(
        name for where, name in ours.items() if where.startswith("sijeong.") and name in described
    )
    assert [name for name, n in names.items() if n > 1] == []
