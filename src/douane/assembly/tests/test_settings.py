"""Settings written as a file are the same settings when they are read again: a restored node finds its partners."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from douane.assembly.settings import FolderRoute, Largest, NodeSettings, Uplink, read_settings, settings_text
from douane.vocabulary.errors import DeclarationFault


def test_every_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    settings = NodeSettings(
        uplink=Uplink("https://centre.example:8444", "fr.system", Path("/etc/douane/identity")),
        peers={"AT": Uplink("https://at.example:8444", "fr.system", Path("/etc/douane/at"))},
        queues="embedded:/var/lib/douane/queues.db",
        queue_users={"nta-de": "DE"},
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
        ("workers", True, "True is not a whole number"),
        ("role", "doctor", "'doctor' is not one of node, core, doors"),
        ("traders", "there", "'there' is not one of centre, here"),
        ("administrations", "FR, France", "'France' is no country code"),
        ("transition_end", "soon", "Invalid isoformat string"),
        ("largest", {"rest": 9_000_000}, "9000000 is not a whole number from 1024 to 8388608"),
        ("largest", {"http": 4096}, "'http' is not one of rest, soap"),
        ("attachments_a_day_bytes", "1 GB", "'1 GB' is not a whole number"),
        ("uplink", {"url": "https://centre.example:8444"}, "lacks 'client'"),
    ],
)
def test_a_wrong_value_is_named_with_its_setting(name: str, value: Any, said: str) -> None:
    with pytest.raises(DeclarationFault, match=f"The setting {name} .*{said}"):
        read_settings(**{name: value})


def test_lists_come_from_the_command_line_with_commas() -> None:
    settings = read_settings(platforms="speed2, ccn2", administrations="FR,DE", links="")
    assert (settings.platforms, settings.links) == (("speed2", "ccn2"), ())
    assert settings.administrations == {"FR", "DE"}
