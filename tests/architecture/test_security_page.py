"""The page on security is whole and true: each requirement once; what it names exists, what it calls absent is not."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.tree import REPOSITORY, functions, modules, product
from tools.security_page import Requirement, State, read

LEVELS = {
    "V1": ("22", "1111122223", "112222222223", "222", "123"),
    "V2": ("122", "112", "12223", "23"),
    "V3": ("3", "113", "12223", "11222233", "11122333", "3", "22333"),
    "V4": ("12233", "23333", "22", "1222"),
    "V5": ("2", "112333", "113", "222"),
    "V6": ("122", "111111112222", "11223333", "112233", "22222333", "2223", "33", "2222"),
    "V7": ("222", "1111", "22", "11222", "223", "22"),
    "V8": ("1233", "1123", "133", "23"),
    "V9": ("111", "1222"),
    "V10": ("22", "223", "22223", "1111122222233333", "22222", "22", "222"),
    "V11": ("2233", "22233", "11233", "1222", "23", "23", "33"),
    "V12": ("12233", "11", "22223"),
    "V13": ("2333", "222223", "2233", "1222233"),
    "V14": ("22", "12223333", "122"),
    "V15": ("12233", "12233", "1222222", "3333"),
    "V16": ("2", "22222", "2222", "222", "2223"),
    "V17": ("23", "22223333", "22"),
}
"""OWASP ASVS 5.0.0: by chapter its sections, each with the level of every requirement in order."""
MAPPING = read()
LACKING = {State.PART, State.OPEN}


def published() -> Iterator[tuple[str, int]]:
    """Number and level of every requirement of the standard."""
    for chapter, sections in LEVELS.items():
        for section, levels in enumerate(sections, 1):
            yield from ((f"{chapter}.{section}.{n}", int(level)) for n, level in enumerate(levels, 1))


def test_the_standard_is_counted_as_it_was_published() -> None:
    levels = [level for _, level in published()]
    assert [levels.count(each) for each in (1, 2, 3)] == [70, 183, 92]


def test_every_requirement_of_levels_1_and_2_is_there_once_in_order() -> None:
    assert [(each.id, each.level) for each in MAPPING.requirements] == [
        (number, level) for number, level in published() if level in MAPPING.levels
    ]
    assert list(MAPPING.chapters) == list(LEVELS)


def test_every_entry_says_what_its_state_asks_for() -> None:
    assert [each.id for each in MAPPING.requirements if _faulty(each)] == []


def _faulty(each: Requirement) -> bool:
    unexplained = not each.reason and each.state is not State.MET
    unproven = bool(each.test) is not (each.state is State.MET) or "::" not in (each.test or "::")
    unexplained |= unproven or (each.absent is not None) is not (each.state is State.NOT_APPLICABLE)
    unplanned = each.closed_by not in MAPPING.closed_by if each.state in LACKING else each.closed_by == "later"
    unknown = each.closed_by not in {"", *MAPPING.closed_by}
    return unexplained or unplanned or unknown or not each.title or (each.state is State.MET and bool(each.closed_by))


def test_every_named_file_and_test_exists() -> None:
    tests = {f"{m.name}::{f.name}" for m in modules() for f in functions(m.tree) if f.name.startswith("test_")}
    places = {place for each in MAPPING.requirements for place in (*each.where, each.test) if place}
    assert {p for p in places if not (p in tests if "::" in p else (REPOSITORY / p).is_file())} == set()


def test_the_times_of_updates_are_promised() -> None:
    """Graver is sooner, nothing is left out, and no version is older than the longest."""
    section = (REPOSITORY / "SECURITY.md").read_text().partition("## Updates\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    days = {name.strip().partition(",")[0]: int(count) for name, count in rows}
    assert list(days) == ["critical", "high", "medium", "low"]
    assert list(days.values()) == sorted(days.values())
    assert f"every {days['low']} days" in section


THERE = {
    "SAML": "src/douane/standards/saml",
    "session": "src/douane/identity/sessions.py",
    "foreign provider": "src/douane/identity/federating",
    "OpenID Connect": "src/douane/identity/federating",
    "script": "src/douane/pages/assets",
    "page": "src/douane/pages",
    "file": "src/douane/portal/filing",
    "cookie": "src/douane/channels/browser",
}
"""What the product has by now: nothing does not apply for want of it."""


def test_nothing_is_said_to_be_absent_that_is_there() -> None:
    claimed = {word for word, place in THERE.items() if (REPOSITORY / place).exists()}
    assert claimed == set(THERE), "what was taken away may be said to be absent again"
    said = {each.id: each.reason for each in MAPPING.requirements if each.state is State.NOT_APPLICABLE}
    absent = {id: word for id, reason in said.items() for word in claimed if f"no {word}" in reason}
    assert absent == {}


DANGEROUS = frozenset({"eval", "exec", "os.system", "os.popen", "md5", "sha1", "MD5", "SHA1", "from_string"})
"""Code, shells or templates made of text, and hash functions that are broken."""
ABSENT = frozenset(
    {
        "pickle",
        "marshal",
        "shelve",
        "dill",
        "ldap",
        "ldap3",
        "smtplib",
        "imaplib",
        "aiosmtplib",
        "memcache",
        "pymemcache",
    }
    | {"jnius", "jpype", "pylatex", "websockets", "wsproto", "graphql", "onelogin", "aiortc"}
)
"""Libraries of what the page calls not applicable, and those that make objects of foreign octets."""
REDIRECTS = range(300, 400)


COMPILES = "src/douane/standards/written.py"

PAGES = "src/douane/channels/browser/binding.py"
COOKIES = "src/douane/channels/browser/safety.py"
"""Where pages lead elsewhere and set cookies; no door for programs does."""


def calls_what_is_dangerous(node: ast.AST) -> bool:
    """Whether a node calls what makes code of text, starts a shell or hashes weakly."""
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func)
    by_shell = any(k.arg == "shell" and ast.unparse(k.value) != "False" for k in node.keywords)
    last = name.rpartition(".")[2]
    return by_shell or name in DANGEROUS or (last in DANGEROUS - {"eval", "exec"} and "." in name)


def imports_what_is_absent(node: ast.AST) -> bool:
    """Whether a node imports a library of what the page calls absent."""
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
    return any(name.partition(".")[0] in ABSENT for name in names)


def sets_a_cookie_or_opens_origins(node: ast.AST) -> bool:
    """Whether a node is the name of a header that sets a cookie or lets another origin read."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str | bytes):
        return False
    text = node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
    return text.lower() == "set-cookie" or text.lower().startswith("access-control-")


def redirects(node: ast.AST) -> bool:
    """Whether a node makes an answer that leads elsewhere."""
    if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(("Response", "response")):
        return False
    values = (*node.args, *(keyword.value for keyword in node.keywords))
    return any(isinstance(v, ast.Constant) and type(v.value) is int and v.value in REDIRECTS for v in values)


def found(scan: Callable[[ast.AST], bool]) -> list[str]:
    """Where the product has what a scan looks for."""
    return [f"{m.name}:{getattr(n, 'lineno', 0)}" for m in product() for n in ast.walk(m.tree) if scan(n)]


def test_nothing_dangerous_is_called() -> None:
    """The one place that makes code makes it of our own layouts (decision 0096), whose names are proven to be names."""
    assert {place.partition(":")[0] for place in found(calls_what_is_dangerous)} == {COMPILES}
    assert len(found(calls_what_is_dangerous)) == 1


def test_nothing_that_does_not_apply_is_imported() -> None:
    assert found(imports_what_is_absent) == []


def test_only_pages_set_cookies_in_one_place_and_nothing_opens_itself_to_other_origins() -> None:
    assert [place.partition(":")[0] for place in found(sets_a_cookie_or_opens_origins)] == [COOKIES]


def test_only_pages_redirect() -> None:
    assert {place.partition(":")[0] for place in found(redirects)} == {PAGES}


@pytest.mark.parametrize(
    ("scan", "text"),
    [
        (calls_what_is_dangerous, "eval(text)"),
        (calls_what_is_dangerous, "hashlib.md5(data)"),
        (calls_what_is_dangerous, "hashes.SHA1()"),
        (calls_what_is_dangerous, "run(line, shell=True)"),
        (calls_what_is_dangerous, "os.system(line)"),
        (imports_what_is_absent, "import pickle"),
        (imports_what_is_absent, "from ldap3.core import exceptions"),
        (sets_a_cookie_or_opens_origins, "headers = [(b'Set-Cookie', value)]"),
        (sets_a_cookie_or_opens_origins, "headers['access-control-allow-origin'] = '*'"),
        (redirects, "Response(302, b'')"),
        (redirects, "json_response({}, status=307)"),
    ],
)
def test_the_scans_find(scan: Callable[[ast.AST], bool], text: str) -> None:
    assert any(scan(node) for node in ast.walk(ast.parse(text)))
