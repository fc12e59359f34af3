"""Settings written as a file are the same settings when they are read again: a restored node finds its partners."""

from __future__ import annotations

from pathlib import Path

from douane.assembly.settings import FolderRoute, NodeSettings, Uplink, read_settings, settings_text


def test_every_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    settings = NodeSettings(
        uplink=Uplink("https://centre.example:8444", "fr.system", Path("/etc/douane/identity")),
        peers={"AT": Uplink("https://at.example:8444", "fr.system", Path("/etc/douane/at"))},
        queues="embedded:/var/lib/douane/queues.db",
        queue_users={"nta-de": "DE"},
        folders={"AT": FolderRoute(Path("/srv/legacy/at"), "fixed", "UNOY", ("CD001C",))},
    )
    path = tmp_path / "douane.toml"
    path.write_text(settings_text(settings))
    assert read_settings(path) == settings
