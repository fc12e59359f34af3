"""The pages of a node in production before a browser meets them: certificate, proxies, providers, names."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from douane.configuration.settings import NodeSettings, PagesAt
from douane.examination.starting.conflicts import loopback
from douane.examination.starting.finding import Check, Said, fault, warning
from douane.examination.starting.rights import OTHERS
from douane.trust.providers import PROVIDERS, must_hold, read_providers
from douane.vocabulary.errors import DeclarationFault


def certificate(settings: NodeSettings) -> Iterator[Said]:
    """Whether the certificate of the pages can be read, is that of their key, and names every host."""
    pages = _in_production(settings)
    if pages is None or pages.certificate is None or pages.key is None:
        return
    chain = x509.load_pem_x509_certificates(pages.certificate.read_bytes())
    if load_pem_private_key(pages.key.read_bytes(), None).public_key() != chain[0].public_key():
        yield fault(f"{pages.key} is not the key of {pages.certificate}.", "Replace both, the own certificate first.")
    named = _names(chain[0])
    for site, address in sorted(pages.public.items()):
        host = urlsplit(address).hostname or ""
        if host not in named and f"*.{host.partition('.')[2]}" not in named:
            yield fault(f"The certificate of the pages does not name {host}, the host of {site}: browsers refuse it.",
                        f"Have one issued that names it, and put it at {pages.certificate}.")  # fmt: skip


def proxies(settings: NodeSettings) -> Iterator[Said]:
    """Whether only the named proxies can stand between a browser and the pages, and nobody can listen behind them."""
    pages = _in_production(settings)
    if pages is None or not pages.behind or not pages.listens or loopback(pages.host):
        return
    if pages.by_tls and not _private(pages.host):
        yield warning(f"Browsers can pass by the proxy: the pages listen at {pages.host} for everybody.",
                      "Set host to the address at which the proxy reaches them.")  # fmt: skip
    if not pages.by_tls:
        yield warning(f"What a proxy passes on to {pages.host} can be read on the way: cookies, and what persons read.",
                      "Set certificate and key in [pages], or let the proxy use a socket of this machine.")  # fmt: skip


def providers(settings: NodeSettings) -> Iterator[Said]:
    """Whether anybody can sign in."""
    if _in_production(settings) is None:
        return
    file = settings.identity_folder / PROVIDERS
    if file.is_file() and file.stat().st_mode & OTHERS:
        yield warning(f"Other users of this machine can read our secrets at the providers: {file}.",
                      f"Close it: chmod go= {file}")  # fmt: skip
    named = read_providers(file)
    for each in named.values():
        try:
            must_hold(each)
        except DeclarationFault as problem:
            yield fault(f"Nobody of {each.country} can sign in: {problem.text}", problem.remedy)
    if not named:
        yield warning(f"No identity provider is named in {file}: nobody can sign in to the pages.",
                      "Name the provider of each country (docs/sign-in.md).")  # fmt: skip


def names(settings: NodeSettings) -> Iterator[Said]:
    """Whether browsers and programs are led where the node says to be."""
    pages = _in_production(settings)
    doors = {urlsplit(each).hostname: name for name, each in settings.public.items()}
    for site, address in sorted(pages.public.items()) if pages is not None else ():
        if (door := doors.get(urlsplit(address).hostname)) is not None:
            yield warning(f"The site {site} and the door {door} have one host: {address}.",
                          "Give each a host of its own: browsers tell hosts apart, not ports.")  # fmt: skip
    uumds, known = settings.public.get("uumds", ""), {urlsplit(each).netloc for each in settings.issuer}
    if uumds and known and urlsplit(uumds).netloc not in known:
        yield warning(f"Clients ask UUM&DS at {uumds}, which issuer does not name: there discovery is refused.",
                      "Add this address to issuer.")  # fmt: skip


def _in_production(settings: NodeSettings) -> PagesAt | None:
    return None if settings.development else settings.pages


def _names(found: x509.Certificate) -> frozenset[str]:
    try:
        said = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return frozenset()
    return frozenset(each.lower() for each in said.get_values_for_type(x509.DNSName))


def _private(host: str) -> bool:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    return found.is_private and not found.is_unspecified


CHECKS = (
    Check("pages.certificate", certificate),
    Check("pages.proxies", proxies),
    Check("pages.providers", providers),
    Check("pages.names", names),
)
