"""The scan for personal and commercial data in what a node wrote: log lines, metrics, error output.

Decided: an MRN, LRN or GRN counts as a leak. Whoever holds an MRN can ask for the movement, and in many procedures it
is all that a carrier must show; logs travel further than the store does.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

_EDGE, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_COUNTRY = (
    "(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK"
    "|AD|CH|GB|GE|IS|LI|MD|MK|NO|RS|SM|TR|UA|XI|US|CN)"
)
_CURRENCY = "(?:EUR|USD|GBP|CHF|PLN|SEK|DKK|CZK|HUF|RON|BGN|NOK|TRY)"
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "MRN": re.compile(_EDGE + r"[0-9]{2}[A-Z]{2}[0-9A-Z]{13}[0-9]" + _END),
    "GRN": re.compile(_EDGE + r"[0-9]{2}[A-Z]{2}[0-9A-Z]{12}[0-9](?:[A-Z][0-9]{6})?" + _END),
    "EORI": re.compile(_EDGE + _COUNTRY + r"(?=[0-9A-Z]*[0-9]{5})[0-9A-Z]{7,15}" + _END),
    "IBAN": re.compile(_EDGE + r"[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?" + _END),
    "e-mail": re.compile(r"[0-9A-Za-z._%+-]+@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*\.[A-Za-z]{2,}"),
    "amount": re.compile(
        _EDGE + _CURRENCY + r"[ :\"',=]{0,6}[0-9]"
        r"|[0-9][^0-9A-Za-z\n]{0,4}(?:currency[^0-9A-Za-z\n]{0,4})?" + _CURRENCY + _END + r"|[€$£] ?[0-9]|[0-9] ?[€£]",
    ),
    "message text": re.compile(r"</?(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*(?:\s[^<>]*)?/?>"),
}
_SHORT = 5


class Finding(NamedTuple):
    """A place where something stands that should not: line counted from 1, what kind, and the text found."""

    line: int
    kind: str
    found: str


def scan(lines: Iterable[str], secrets: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Everything in the lines that looks like a party, reference, amount or message, and every given secret.

    Names and goods descriptions follow no pattern: hand over those that the test put into its messages as ``secrets``.
    Secrets are also found in other case, with other spaces, and as hexadecimal, base64 or percent encoding.
    """
    wanted = [(secret, tuple(_forms(secret))) for secret in secrets if secret.strip()]
    return tuple(found for number, line in enumerate(lines, 1) for found in _findings(number, line, wanted))


def _findings(number: int, line: str, wanted: list[tuple[str, tuple[re.Pattern[str], ...]]]) -> Iterator[Finding]:
    for kind, pattern in PATTERNS.items():
        for hit in pattern.finditer(line):
            yield Finding(number, kind, hit.group())
    for secret, forms in wanted:
        if any(form.search(line) for form in forms):
            yield Finding(number, "secret", secret)


def _forms(secret: str) -> Iterator[re.Pattern[str]]:
    words = [re.escape(word) for word in secret.split()]
    plain = r"[\s_+]*".join(words)
    short = len("".join(secret.split())) < _SHORT
    yield re.compile(_EDGE + plain + _END if short else plain, re.IGNORECASE)
    if short:
        return
    raw = secret.encode("utf-8", "surrogatepass")
    escaped = "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in secret)
    yield re.compile(re.escape(escaped), re.IGNORECASE)
    yield re.compile(re.escape(raw.hex()), re.IGNORECASE)
    yield re.compile(re.escape(quote(secret, safe="", errors="surrogatepass")), re.IGNORECASE)
    for shift in range(3):  # base64 of a longer text holds the secret at one of three alignments
        encoded = b64encode(bytes(shift) + raw).decode().rstrip("=")
        whole = encoded[(0, 2, 3)[shift] : len(encoded) - 1 if (len(raw) + shift) % 3 else None]
        yield re.compile(re.escape(whole))
