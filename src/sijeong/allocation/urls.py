"""Addresses of allocations: the office's under ``allocations/``, what anyone may see under ``about/``."""

from django.urls import path, register_converter

from .views import guiding, public, results, rounds, schemes


class RoundAct:
    regex = "|".join(rounds.DOING)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RoundAct, "round_act")

urlpatterns = [
    path("allocations/", schemes.allocations, name="allocations"),
    path("allocations/of/<slug:code>/", schemes.scheme, name="allocation_scheme"),
    path("allocations/of/<slug:code>/begin/", schemes.begin, name="allocation_begin"),
    path("allocations/of/<slug:code>/apply/", schemes.apply, name="allocation_apply"),
    path("allocations/guide/", guiding.guide, name="allocation_guide"),
    path("allocations/guide/<int:pk>/", guiding.draft, name="allocation_draft"),
    path("allocations/<int:pk>/", rounds.round_page, name="allocation_round"),
    path("allocations/<int:pk>/tables/", rounds.bring, name="allocation_bring"),
    path("allocations/<int:pk>/<round_act:act>/", rounds.act, name="allocation_act"),
    path("allocations/<int:pk>/people/", results.people, name="allocation_people"),
    path("allocations/<int:pk>/people/<int:row>/", results.person, name="allocation_person"),
    path("allocations/<int:pk>/places/", results.places, name="allocation_places"),
    path("allocations/<int:pk>/decisions.xlsx", results.decisions_file, name="allocation_decisions"),
    path("allocations/<int:pk>/bundle.zip", results.bundle, name="allocation_bundle"),
    path("about/<slug:code>/allocations/", public.results, name="public_allocations"),
    path("about/<slug:code>/allocations/<int:pk>/", public.result, name="public_allocation"),
    path("about/<slug:code>/allocations/<int:pk>/mine/", public.mine, name="public_mine"),
    path("about/<slug:code>/allocations/<int:pk>/bundle.zip", public.bundle, name="public_bundle"),
    path("about/<slug:code>/allocations/<int:pk>/verify/", public.verify, name="public_verify"),
]
