"""The addresses of the pages that take what no page of ours sent."""

from __future__ import annotations

from douane.assembly.pages.sites import HOSTS
from tests.circles.test_pages import Pages, pages

__all__ = ["pages"]


def test_only_these_take_what_no_page_of_ours_sent(pages: Pages) -> None:
    assert pages.node.node.pages is not None
    views = {(host, each) for host, site in pages.node.node.pages.browser._sites.items() for each in site.views}
    assert {(host, each.route.path) for host, each in views if each.program is not None} == {
        (HOSTS["idp"], "/token"), (HOSTS["signin"], "/saml/answer"), (HOSTS["signin"], "/saml/logout"),
        (HOSTS["signin"], "/passkey"), (HOSTS["signin"], "/passkey/make"), (HOSTS["signin"], "/logout"),
        (HOSTS["signin"], "/statement"),
        (HOSTS["console"], "/sign-in"), (HOSTS["console"], "/operators/first"), (HOSTS["console"], "/operators/key"),
    }  # fmt: skip
    assert {(host, each.route.path) for host, each in views if each.foreign} == {
        (HOSTS["signin"], "/saml/answer"), (HOSTS["signin"], "/logout"),
    }  # fmt: skip


def test_what_another_site_makes_a_browser_send_is_read_at_that_one_address_alone(pages: Pages) -> None:
    said = {"sec_fetch_site": "cross-site", "origin": "https://evil.example"}
    for host, path, status in (
        (HOSTS["signin"], "/saml/answer", 401), (HOSTS["signin"], "/go", 403), (HOSTS["signin"], "/saml/logout", 403),
        (HOSTS["console"], "/sign-in", 403), (HOSTS["console"], "/operators/first", 403),
        (HOSTS["portal"], "/saml/answer", 403), (HOSTS["signin"], "/passkey", 403), (HOSTS["idp"], "/token", 403),
    ):  # fmt: skip
        found = pages.ask("POST", host, path, form={"SAMLResponse": "aGFsbG8="}, **said)
        assert found.status == status, (host, path, found.status)
