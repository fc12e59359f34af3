"""Assets are small, ours or declared, and what they say they are."""

from __future__ import annotations

import gzip
import hashlib
import re
import tomllib
from importlib import resources

from douane.pages.assets import FOLDER, addresses, assets

FILES = resources.files("douane.pages").joinpath("assets")
FIRST_VISIT = 60 * 1024
TOKEN = re.compile(r"var\((--[a-z-]+)")


def test_what_is_foreign_is_declared_and_is_what_was_declared() -> None:
    declared = tomllib.loads(FILES.joinpath("foreign.toml").read_text())
    for name, each in declared.items():
        assert hashlib.sha256(FILES.joinpath(name).read_bytes()).hexdigest() == each["sha256"]
        assert each["name"]
        assert each["version"]
        assert each["licence"]
    scripts = {each.name for each in FILES.iterdir() if each.name.endswith(".js")}
    assert scripts == {*declared, "passkey.js", "upload.js"}, "of ours what nothing else can do: passkeys, progress"


def test_assets_are_named_by_their_content_and_fit_a_first_visit() -> None:
    for path, asset in assets().items():
        assert hashlib.sha256(asset.content).hexdigest()[:12] in path
        assert path.startswith(FOLDER)
        assert gzip.decompress(asset.compressed) == asset.content
    assert set(addresses()) == {"douane", "htmx", "passkey", "upload"}
    assert sum(len(each.compressed) for each in assets().values()) < FIRST_VISIT / 2


def test_every_colour_is_a_token_that_is_set_in_light_and_dark() -> None:
    style = FILES.joinpath("douane.css").read_text()
    light, dark = style.split("@media (prefers-color-scheme: dark)")[0], style.split("dark) {")[1].split("/* ground")[0]
    fixed = {"--rule", "--brand", "--on-brand", "--on-brand-soft", "--text", "--fixed", "--bpmn-paper", "--bpmn-taken",
             "--bpmn-now"}  # fmt: skip
    used = set(TOKEN.findall(style))
    assert used - {each for each in used if f"{each}:" in light} == set()
    assert {each for each in used - fixed if f"{each}:" not in dark} == set()
    outside = re.sub(r":root \{.*?\}", "", style, flags=re.DOTALL)
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", outside)) <= {"#fff", "#17202e", "#525f72", "#5d7aa6", "#8da6cc",
                                                             "#ffd75e", "#000"}, "fixed ones: on the band"  # fmt: skip
