"""Which memory is laid on large pages."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from douane.configuration import collecting
from douane.configuration.collecting import lay_together, stay_settled, worthwhile

LARGE = 2 << 20
SYSTEM = Path("/sys/kernel/mm/transparent_hugepage/enabled")


def area(start: int, megabytes: int, used: int, *, large: int = 0, rights: str = "rw-p", name: str = "") -> str:
    """An area as the kernel lists it."""
    end, file = start + (megabytes << 20), "08:01 77" if name.startswith("/") else "00:00 0"
    return (
        f"{start:08x}-{end:08x} {rights} 00000000 {file}                 {name}\n"
        f"Size:  {megabytes * 1024:>10} kB\nRss:   {used * 1024:>10} kB\nAnonHugePages: {large * 1024:>8} kB\n"
        "VmFlags: rd wr mr mw me ac\n"
    )


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (area(LARGE, 64, 64), 1),
        (area(LARGE, 64, 60, name="[heap]"), 1),
        (area(LARGE, 64, 64, name="[anon: glibc: malloc]"), 1),
        (area(LARGE, 64, 64, large=62), 1),
        (area(LARGE, 64, 64, large=63), 0),
        (area(LARGE, 64, 55), 0),  # filled up, it would take an octet for each six in use
        (area(LARGE, 8, 1), 0),  # the stack of a thread
        (area(LARGE, 1, 1), 0),
        (area(LARGE, 64, 64, name="[stack]"), 0),
        (area(LARGE, 64, 64, name="/usr/lib/libpython.so"), 0),
        (area(LARGE, 64, 64, rights="r--p"), 0),
        (area(LARGE, 64, 64, rights="rw-s"), 0),
        ("", 0),
    ],
)
def test_areas_in_use_that_lie_on_small_pages(listed: str, found: int) -> None:
    assert list(worthwhile(listed, LARGE)) == [range(LARGE, LARGE + (64 << 20))] * found


def test_each_area_is_judged_by_itself() -> None:
    listed = area(1 << 30, 4, 1) + area(2 << 30, 4, 4) + area(3 << 30, 4, 4, rights="r-xp") + area(4 << 30, 6, 6)
    assert [each.start >> 30 for each in worthwhile(listed, LARGE)] == [2, 4]


def test_what_a_process_has_is_laid_together_where_its_system_does_that() -> None:
    kept = bytearray(b"x") * (32 << 20)
    there = SYSTEM.exists() and "[never]" not in SYSTEM.read_text()
    assert (lay_together() >= len(kept) // 2) is there
    assert kept.count(b"x") == len(kept)


def test_nothing_is_asked_where_the_operator_said_never(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "_SYSTEM", tmp_path)
    assert lay_together() == 0  # no such thing on this system
    (tmp_path / "enabled").write_text("always madvise [never]\n")
    (tmp_path / "hpage_pmd_size").write_text(f"{LARGE}\n")
    assert lay_together() == 0


def test_what_a_process_grows_by_is_looked_at_ever_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    looked, pauses = list[bool](), list[float]()

    async def asleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) > 9:
            raise asyncio.CancelledError

    monkeypatch.setattr(collecting, "lay_together", lambda: looked.append(True))
    monkeypatch.setattr(asyncio, "sleep", asleep)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(stay_settled())
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600]
    assert len(looked) == 9
