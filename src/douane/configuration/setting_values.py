"""The forms that values of settings have: what is judged, what text of the environment stands for, what is said of it.

A judgement gives the value back as the node uses it, or raises ValueError whose text ends the sentence "The setting X
has a wrong value: ...". Addresses that may hold a password are never repeated.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from douane.shared_services.web.proxies import plain_address
from douane.standards.transparency_log.note import parse_key
from douane.vocabulary.errors import DouaneError

Judge = Callable[[Any], Any]
HIGHEST_PORT = 65_535
_NAME = re.compile(r"[^\s+/\x00-\x1f\x7f]{1,63}")  # the audit log signs under it
_HOST = re.compile(r"[A-Za-z0-9_.:%-]{1,253}")
_PARTY = re.compile(r"NTA\.[A-Z]{2}|[A-Z]{2}[\x21-\x7e]{1,15}")


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a setting. text: what the environment or the command line means by a text, before it is judged."""

    judge: Judge
    text: Callable[[str], Any] = str


def shown(value: object) -> str:
    """A value as a settings file writes it, shortened."""
    match value:
        case bool():
            return str(value).lower()
        case dt.date() | dt.time():
            return value.isoformat()
        case Mapping():
            return "a table"
        case list() | tuple():
            return "a list"
        case _:
            text = repr(value)
            return text if len(text) <= 60 else f"{text[:57]}..."


def _refuse(value: object, what: str) -> NoReturn:
    raise ValueError(f"{shown(value)} is {what}")


def matching(pattern: re.Pattern[str], what: str) -> Judge:
    """A text of a certain shape; ``what`` goes on after "is"."""

    def judge(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            _refuse(value, what)
        return value

    return judge


name = matching(_NAME, "no name: write up to 63 characters without spaces, plus and slash")
host = matching(_HOST, "no address or name of a host, such as 127.0.0.1")
country = matching(re.compile("[A-Z]{2}"), "no country code, such as FR")
party = matching(_PARTY, "neither an EORI number nor an administration, such as NTA.DE")
module = matching(re.compile(r"[A-Z]{2}\.[a-z_]{1,40}"), "no country and module, such as DE.bti")
label = matching(re.compile(r"[a-z0-9-]{0,30}"), "no label: write up to 30 small letters and digits")
digest = matching(re.compile("sha256:[0-9a-f]{64}"), "no digest, such as douane model packages prints")
distribution = matching(re.compile("[a-z0-9][a-z0-9._-]{0,99}"), "no name of a distribution in small letters")
word = matching(re.compile(r"\S[^\x00-\x1f]*"), "not the text that belongs here")


def log_key(value: Any) -> str:
    """The public key of an audit log, in the form in which it travels."""
    try:
        return parse_key(word(value)).text()
    except DouaneError:
        _refuse(value, "not the key of a log, as douane audit prove prints it")


def one_of(known: tuple[str, ...]) -> Judge:
    """One of some words."""

    def judge(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            _refuse(value, f"not one of {', '.join(known)}")
        return value

    return judge


def path(value: Any) -> Path:
    """A file or folder."""
    if isinstance(value, Path):
        return value
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        _refuse(value, "no path")
    return Path(value)


def day(value: Any) -> dt.date:
    """A calendar day, as TOML writes it or in quotes."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(value)
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        _refuse(value, "no day, such as 2026-11-27")
    return value


def number(least: int, most: int) -> Form:
    """A whole number within bounds."""

    def judge(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            _refuse(value, f"not a whole number from {least} to {most}")
        return value

    return Form(judge, lambda text: int(text) if re.fullmatch("[0-9]{1,18}", text) else text)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        _refuse(value, "neither true nor false")
    return value


FLAG = Form(_flag, lambda text: {"1": True, "true": True, "yes": True, "0": False, "false": False}.get(text, text))


def several(judge: Judge, gathered: Callable[[list[Any]], Any] = tuple) -> Form:
    """A list of values; the environment and the command line separate them by commas."""

    def judged(value: Any) -> Any:
        if not isinstance(value, list | tuple | set | frozenset):
            _refuse(value, 'no list, such as ["..."]')
        return gathered([judge(each) for each in value])

    return Form(judged, lambda text: [each.strip() for each in text.split(",") if each.strip()])


def one_or_several(judge: Judge) -> Form:
    """A value, or a list of them; an empty text is none."""
    many = several(judge)
    return Form(lambda value: many.judge(([value] if value else []) if isinstance(value, str) else value), many.text)


def table(key: Judge, value: Judge) -> Form:
    """A table with keys of one form and values of another; the environment writes it as an inline table of TOML."""

    def judge(found: Any) -> dict[Any, Any]:
        if not isinstance(found, Mapping):
            _refuse(found, "no table, such as {a = 1}")
        return {key(each): _below(str(each), value, content) for each, content in found.items()}

    return Form(judge, _inline)


def record(made: type, forms: Mapping[str, Judge], *, needed: tuple[str, ...]) -> Form:
    """A table whose keys are known, as a value of a class; ``needed``: the keys that must be there."""

    def judge(found: Any) -> Any:
        if isinstance(found, made):
            return found
        if not isinstance(found, Mapping):
            _refuse(found, f"no table with {', '.join(needed)}")
        for missing in needed:
            if missing not in found:
                raise ValueError(f"it lacks {missing!r}")
        for each in found:
            if each not in forms:
                raise ValueError(f"{shown(each)} is not one of {', '.join(forms)}")
        return made(**{each: _below(each, forms[each], content) for each, content in found.items()})

    return Form(judge, _inline)


def _below(key: str, judge: Judge, value: Any) -> Any:
    try:
        return judge(value)
    except ValueError as problem:
        raise ValueError(f"{key}: {problem}") from None


def _inline(text: str) -> Any:
    """An inline table; text that is none stays text, which the judgement refuses."""
    with contextlib.suppress(tomllib.TOMLDecodeError):
        return tomllib.loads(f"value = {text}")["value"]
    return text


def web_address(*schemes: str) -> Judge:
    """An address of the web that names a host."""

    def judge(value: Any) -> str:
        if not isinstance(value, str) or not _reaches(value, schemes):
            raise ValueError(f"it is no address, such as {schemes[0]}://host.example:8444")
        return value

    return judge


def portal(value: Any) -> str:
    """The address of a portal, or ``central`` for ours."""
    if value == "central":
        return "central"
    if not isinstance(value, str) or not _reaches(value, ("https",)):
        raise ValueError("it is no address, such as https://portal.example, and not central")
    return value


def own_address(value: Any) -> str:
    """An address at which others reach a door: no query, no fragment, no slash at its end (RFC 8414, 2)."""
    if not isinstance(value, str) or not _reaches(value, ("https",)) or {"?", "#", "@"} & set(value):
        raise ValueError("it is no address, such as https://uumds.example")
    return value.rstrip("/")


def public_address(value: Any) -> str:
    """The address of a site for browsers: https, a host and perhaps a port, nothing after them."""
    found = own_address(value)
    if urlsplit(found).path:
        raise ValueError("it is no address of a whole host, such as https://portal.example")
    return found.lower()


def proxy(value: Any) -> str:
    """A proxy by its address, or ``unix:PATH`` for a socket at which one reaches the pages."""
    if isinstance(value, str):
        kind, _, rest = value.partition(":")
        if kind == "unix" and rest.startswith("/") and rest.isprintable():
            return value
        with contextlib.suppress(ValueError):
            return plain_address(str(ipaddress.ip_address(value)))
    raise ValueError(f"{shown(value)} is no proxy: write its address, such as 10.0.0.5, or unix:/PATH")


def _reaches(text: str, schemes: tuple[str, ...], *, least: int = 1) -> bool:
    """Whether an address has one of the schemes, a host, a port from ``least`` on, and no strange character."""
    if not re.fullmatch(r"[\x21-\x7e]+", text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port >= least)
    except ValueError:  # a port above 65535, a bracket that is not closed
        return False


def store(value: Any) -> str:
    """Where messages survive; empty for SQLite below the data folder."""
    if not isinstance(value, str) or not value.isprintable():
        raise ValueError(
            "it is no address of a store: write sqlite:PATH, files:FOLDER, postgresql://USER@HOST/DATABASE or memory:"
        )
    kind, _, rest = value.partition(":")
    if kind == "postgresql" and not _database(value):
        raise ValueError("it is no address of a database: write postgresql://USER@HOST/DATABASE")
    if kind == "sqlite" and not rest.strip():
        raise ValueError("it names no file: write sqlite:PATH")
    if kind == "files" and not rest.strip():
        raise ValueError("it names no folder: write files:FOLDER")
    return value


def _database(text: str) -> bool:
    try:
        return text.startswith("postgresql://") and (urlsplit(text).port or 1) > 0 and text.isprintable()
    except ValueError:
        return False


def queues(value: Any) -> str:
    """The carrier of queues; empty for none."""
    if value == "" or (isinstance(value, str) and _carries(value)):
        return str(value)
    raise ValueError("it names no carrier: write amqp://USER:SECRET@HOST/VHOST or embedded:PATH")


def _carries(text: str) -> bool:
    kind, _, rest = text.partition(":")
    return bool(rest.strip()) and rest.isprintable() if kind == "embedded" else _reaches(text, ("amqp", "amqps"))


def time_stamps(value: Any) -> str:
    """Who dates the log; empty for nobody."""
    if value in ("", "own") or (isinstance(value, str) and _reaches(value, ("http", "https"))):
        return str(value)
    raise ValueError('it is no address of a time-stamp authority: write https://..., or "own"')


def witness(value: Any) -> str:
    """Who keeps the checkpoints of the log; empty for nobody."""
    folder = isinstance(value, str) and value.startswith("file:") and value.removeprefix("file:").strip().isprintable()
    if value == "" or (folder and value != "file:") or (isinstance(value, str) and _reaches(value, ("https",))):
        return str(value)
    raise ValueError("it is no witness: write file:FOLDER or https://...")


def link(value: Any) -> str:
    """Where core and doors meet."""
    if isinstance(value, str):
        kind, _, rest = value.partition(":")
        if kind == "unix" and rest.strip() and rest.isprintable():
            return value
        if _reaches(value, ("tls",), least=0) and urlsplit(value).port is not None and not urlsplit(value).path:
            return value
    raise ValueError(f"{shown(value)} is no address of a link: write unix:FOLDER or tls://HOST:PORT")
