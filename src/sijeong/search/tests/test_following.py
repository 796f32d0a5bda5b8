"""What keeps indexes up to date, and what is told of them."""

import json
import threading

import pytest
from click.testing import CliRunner
from django.db import DatabaseError

from sijeong.cases.tests.filed import ask
from sijeong.search import checks, following
from sijeong.search.replica import Replica
from sijeong.site import cli

from .waiting import until

pytestmark = pytest.mark.django_db


def test_a_round_builds_what_is_missing_and_follows_the_rest(applied, case):
    following.follow_all()
    replica = Replica(applied.seoul)
    assert replica.reader().count() == 1
    assert until(lambda: following.follow_all() or replica.behind().changes == 0)
    ask(applied)
    assert str(checks.standing(applied.seoul)).endswith("따라올 변경 1개")
    following.follow_all()
    assert checks.standing(applied.seoul).documents == 2
    assert until(lambda: following.follow_all() or list(checks.faults()) == [])
    # A government without cases costs nothing.
    assert not Replica(applied.jung_gu).folder.exists()


def test_one_process_of_a_machine_follows_and_a_fault_does_not_end_it(settings, monkeypatch):
    stop, told = threading.Event(), []

    def chore():
        told.append(len(told))
        if len(told) == 1:
            raise DatabaseError("away")
        stop.set()

    monkeypatch.setattr(following, "EVERY", 0.01)
    monkeypatch.setattr(following, "follow_all", lambda: None)
    monkeypatch.setattr(following.outbox, "prune", lambda pk: 0)
    following._keep_following(stop, (chore,))
    assert told == [0, 1]


def test_commands_tell_and_rebuild(applied, case):
    runner = CliRunner()
    told = runner.invoke(cli.main, ["search", "status", "--government", "seoul"])
    assert told.exit_code == 0 and "색인이 없습니다 (문서 1건)" in told.output
    told = runner.invoke(cli.main, ["search", "rebuild"])
    assert told.exit_code == 0 and "서울특별시: 문서 1건" in told.output
    assert "모두 따라왔습니다" in runner.invoke(cli.main, ["search", "status"]).output
    found = json.loads(runner.invoke(cli.main, ["doctor", "--json"]).stdout)
    assert [each["state"] for each in found if each["what"] == "검색"] == ["ok"]
