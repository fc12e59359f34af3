"""Settings written as a file are the same settings when they are read again: a restored node finds its partners."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from types import UnionType
from typing import Any, get_origin, get_type_hints

import pytest

from douane.configuration.settings import (
    FORMS,
    PREFIX,
    FolderRoute,
    Largest,
    NodeSettings,
    Uplink,
    judge_settings,
    read_settings,
    settings_text,
)
from douane.shared_services.web.fair_use import Allowance
from douane.vocabulary.errors import DeclarationFault


def test_every_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    settings = NodeSettings(
        uplink=Uplink("https://centre.example:8444", "fr.system", Path("/etc/douane/identity")),
        keepers={"BE": Uplink("https://be.example:8444", "centre", Path("/etc/douane/be"))},
        peers={"AT": Uplink("https://at.example:8444", "fr.system", Path("/etc/douane/at"))},
        queues="embedded:/var/lib/douane/queues.db",
        queue_users={"nta-de": "DE"},
        issuer=("https://uumds.example", "https://inside.example:8445"),
        public={"uumds": "https://uumds.example:8445", "speed2": "https://customs.example/speed2"},
        limits=Allowance(polls=3, body_bytes=20_000_000),
        folders={"AT": FolderRoute(Path("/srv/legacy/at"), "fixed", "UNOY", ("CD001C",))},
        largest=Largest(rest=8 * 1024 * 1024, attachments=2**30),
        reserve_bytes=0,
    )
    path = tmp_path / "douane.toml"
    path.write_text(settings_text(settings))
    assert read_settings(path) == settings


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("platforms", "speed2,nowhere", "'nowhere' is not one of speed2, ccn2"),
        ("partitions", "many", "'many' is not a whole number from 1 to 1024"),
        ("partitions", 0, "0 is not a whole number"),
        ("workers", True, "true is not a whole number"),
        ("role", "doctor", "'doctor' is not one of node, core, doors"),
        ("traders", "there", "'there' is not one of centre, here"),
        ("administrations", "FR, France", "'France' is no country code"),
        ("issuer", "uumds.example", "it is no address, such as https"),
        ("issuer", "http://uumds.example", "it is no address, such as https"),
        ("issuer", "https://uumds.example?a=b", "it is no address, such as https"),
        ("public", {"nowhere": "https://uumds.example"}, "'nowhere' is not one of"),
        ("public", {"uumds": "https://a:b@uumds.example"}, "uumds: it is no address, such as https"),
        ("public", "https://uumds.example", "wrong value"),
        ("phase6", {"NTA.DE": "soon"}, "'soon' is no day, such as 2026-11-27"),
        ("limits", {"poll": 3}, "'poll' is not one of handshakes"),
        ("limits", {"polls": 0}, "polls: 0 is not a whole number from 1"),
        ("limits", {"body_bytes": 1000}, "1000 is not a whole number from 8388608"),
        ("largest", {"rest": 9_000_000}, "9000000 is not a whole number from 1024 to 8388608"),
        ("largest", {"http": 4096}, "'http' is not one of rest, soap"),
        ("attachments_a_day_bytes", "1 GB", "'1 GB' is not a whole number"),
        ("uplink", {"url": "https://centre.example:8444"}, "lacks 'client'"),
        ("ports", {"speed2": 65_536}, "speed2: 65536 is not a whole number from 0 to 65535"),
        ("ports", {"speed9": 1}, "'speed9' is not one of speed2"),
        ("folders", {"AT": {"path": "/srv", "from": "x"}}, "AT: 'from' is not one of path, form"),
    ],
)
def test_a_wrong_value_is_named_with_its_setting(name: str, value: Any, said: str) -> None:
    with pytest.raises(DeclarationFault, match=f"The setting {name} .*{said}"):
        read_settings(**{name: value})


WRONG = (
    "", " ", "\n", "3.5", "-1", "many", "https://", "tls://h:99999", "{", "{a = {b = 1}}", "unix:", "amqp://[x",
    "\x7f", "postgresql://u@h:port/d", "yesterday", "[1]",
)  # fmt: skip
"""Texts of which each setting takes some, perhaps; whatever it does not take it must name."""
TYPES = (
    '"text"', "-1", "99999999999", "3.5", "nan", "true", "[]", "[1]", "[[]]", "{}", "{a = 1}", "{a = {b = []}}", '""',
    "1979-05-27", "1979-05-27T07:32:00Z", "07:32:00", '{speed2 = "abc"}', "{AT = {path = 1}}", '["\\u0000"]',
)  # fmt: skip
"""One value of every type of TOML, and tables that go wrong further down."""


@pytest.mark.parametrize("name", FORMS)
def test_any_value_in_a_file_is_taken_or_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / "douane.toml"
    for value in TYPES:
        path.write_text(f"{name} = {value}\n")
        taken_or_named(lambda: read_settings(path), name)


@pytest.mark.parametrize("name", FORMS)
def test_any_text_in_the_environment_is_taken_or_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    label = f"{PREFIX}{name.upper()}"
    for text in WRONG:
        monkeypatch.setenv(label, text)
        taken_or_named(read_settings, label)


def taken_or_named(read: Callable[[], NodeSettings], label: str) -> None:
    """Settings of the right types; or a sentence that names the wrong one, without a word of Python."""
    said, found = "", NodeSettings()
    try:
        found = read()
    except DeclarationFault as problem:
        said = problem.text
    if said:
        assert said.startswith(f"The setting {label} has a wrong value: ")
        assert not re.search(r"object|literal|isoformat|NoneType|Error|datetime|\n", said)
    for each, kind in get_type_hints(NodeSettings).items():
        wanted = kind if isinstance(kind, UnionType) else get_origin(kind) or kind
        assert isinstance(getattr(found, each), wanted), each


@pytest.mark.parametrize("name", FORMS)
def test_every_setting_refuses_some_type_and_takes_its_default(name: str, tmp_path: Path) -> None:
    path = tmp_path / "douane.toml"
    refused = 0
    for value in TYPES:
        path.write_text(f"{name} = {value}\n")
        refused += bool(judge_settings(path).wrong)
    assert refused >= len(TYPES) // 2
    default = getattr(NodeSettings(), name)
    assert default is None or getattr(read_settings(**{name: default}), name) == default


def test_every_setting_has_a_form() -> None:
    assert FORMS.keys() == {each.name for each in fields(NodeSettings)}


@pytest.mark.parametrize(
    ("label", "text", "said"),
    [
        ("DOUANE_NMAE", "typo", "There is no setting DOUANE_NMAE. Do you mean name?"),
        ("DOUANE_PLAIN", "true", "There is no setting DOUANE_PLAIN."),
        ("DOUANE_PORTS", "8443", "The setting DOUANE_PORTS has a wrong value: 8443 is no table"),
    ],
)
def test_an_unknown_name_in_the_environment_is_refused(
    label: str, text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(label, text)
    with pytest.raises(DeclarationFault, match=re.escape(said)):
        read_settings()


def test_tables_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOUANE_PORTS", "{speed2 = 443, ccn2 = 0}")
    monkeypatch.setenv("DOUANE_PHASE6", '{"NTA.DE" = 2026-12-01}')
    monkeypatch.setenv("DOUANE_DEVELOPMENT", "yes")
    monkeypatch.setenv("DOUANE_TEST_POSTGRESQL", "no setting")
    found = read_settings()
    assert (found.ports["speed2"], found.ports["ccn2"], found.ports["uumds"]) == (443, 0, 8445)
    assert found.phase6 == {"NTA.DE": dt.date(2026, 12, 1)}
    assert found.development


def test_everything_that_is_wrong_is_found_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "douane.toml"
    path.write_text('workers = "two"\nhots = "0.0.0.0"\n')
    monkeypatch.setenv("DOUANE_ROLE", "king")
    found = judge_settings(path, partitions=0)
    assert [each.text.split()[2 if "has" in each.text else 4] for each in found.wrong] == [
        "workers", "hots.", "DOUANE_ROLE", "partitions",
    ]  # fmt: skip
    assert found.wrong[1].remedy == "Do you mean host?"
    with pytest.raises(DeclarationFault, match="3 more settings are wrong"):
        read_settings(path, partitions=0)


def test_an_address_that_may_hold_a_password_is_never_repeated() -> None:
    for name, value in (("queues", "amqp://u:hunter2@[x"), ("store", "postgresql://u:hunter2@h:port/d"),
                        ("time_stamps", "ftp://u:hunter2@h/")):  # fmt: skip
        with pytest.raises(DeclarationFault) as refused:
            read_settings(None, **{name: value})
        assert "hunter2" not in str(refused.value)


def test_lists_come_from_the_command_line_with_commas() -> None:
    settings = read_settings(platforms="speed2, ccn2", administrations="FR,DE", links="")
    assert (settings.platforms, settings.links) == (("speed2", "ccn2"), ())
    assert settings.administrations == {"FR", "DE"}
