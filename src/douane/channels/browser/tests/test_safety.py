"""Hosts, cookies, origins and forms: what one site's browser can be made to do to another."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import pytest

from douane.channels.browser import safety
from douane.channels.browser.refusing import prefers_html
from douane.shared_services.web.requests import Limits, Request
from douane.vocabulary.errors import BadRequest, NotAuthorised, TooLarge

OWN = "http://portal.localhost:8440"


def request(method: str = "POST", body: bytes = b"", **headers: str) -> Request:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Request(method, "/", headers=named, content=body, limits=Limits(body=safety.LARGEST_FORM))


@pytest.mark.parametrize(
    ("host", "name"),
    [("portal.localhost:8440", "portal.localhost"), ("Portal.LOCALHOST", "portal.localhost"), ("", ""),
     ("[::1]:8440", "[::1]"), ("portal.localhost:x", "portal.localhost:x"), ("evil.example", "evil.example")],
)  # fmt: skip
def test_a_host_is_known_by_its_name(host: str, name: str) -> None:
    assert safety.host_of(request(host=host)) == name


def test_two_hosts_are_none() -> None:
    doubled = Request("GET", "/", headers=[("host", "portal.localhost"), ("host", "desk.localhost")])
    with pytest.raises(BadRequest):
        safety.host_of(doubled)


@pytest.mark.parametrize(
    "headers",
    [{"sec_fetch_site": "same-origin"}, {"sec_fetch_site": "same-origin", "origin": OWN}, {"origin": OWN},
     {"sec_fetch_site": "same-origin", "origin": "null"}],
)  # fmt: skip
def test_a_form_of_this_host_is_taken(headers: dict[str, str]) -> None:
    safety.must_be_own(request("POST", b"", **headers), OWN)


@pytest.mark.parametrize(
    "headers",
    [{}, {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}, {"sec_fetch_site": "none"},
     {"origin": "http://desk.localhost:8440"}, {"origin": "null"}, {"origin": "http://portal.localhost:9999"},
     {"sec_fetch_site": "same-origin", "origin": "http://evil.example"},
     {"sec_fetch_site": "cross-site", "origin": OWN}],
)  # fmt: skip
def test_a_form_of_another_host_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(NotAuthorised):
        safety.must_be_own(request("POST", b"", **headers), OWN)


@pytest.mark.parametrize(
    ("token", "form"), [("t", {}), ("t", {"token": ""}), ("t", {"token": "x"}), ("", {"token": ""})]
)
def test_a_form_without_the_token_of_its_session_is_refused(token: str, form: dict[str, str]) -> None:
    safety.must_bear("t", {"token": "t"})
    with pytest.raises(NotAuthorised):
        safety.must_bear(token, form)


def test_the_first_of_two_cookies_of_a_name_counts_and_odd_ones_are_passed_over() -> None:
    assert safety.cookies_of(request(cookie="a=1; a=2;; b ; c=x=y"), secure=False) == {"a": "1", "c": "x=y"}
    assert safety.cookies_of(request(), secure=False) == {}


def test_a_cookie_is_for_this_host_and_for_no_script() -> None:
    name, value = safety.cookie("douane-desk", "x", secure=True, seconds=0)
    assert name == "set-cookie"
    assert value == "__Host-douane-desk=x; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0"
    assert safety.cookie("x", "y", secure=False)[1] == "x=y; Path=/; HttpOnly; SameSite=Lax"


def test_by_tls_a_cookie_that_this_host_did_not_set_is_nobodys() -> None:
    sent = request(cookie="__Host-a=own; a=planted; b=planted; __Host-a=second")
    assert safety.cookies_of(sent, secure=True) == {"a": "own"}
    assert safety.cookies_of(request(cookie="a=planted"), secure=True) == {}


def form(body: bytes, media: str = safety.FORM) -> dict[str, str]:
    return asyncio.run(safety.form_of(request(body=body, content_type=media)))


def test_a_form_is_read_with_empty_fields_and_in_utf8() -> None:
    assert form(urlencode({"a": "é", "b": ""}).encode()) == {"a": "é", "b": ""}


@pytest.mark.parametrize(("body", "error"), [(b"\xff=1", BadRequest), (b"&".join([b"a=1"] * 501), TooLarge)])
def test_a_form_that_is_none_is_refused(body: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        form(body)


def test_other_media_are_no_forms() -> None:
    with pytest.raises(BadRequest):
        form(b"{}", "application/json")
    with pytest.raises(BadRequest):
        form(b"a=1", "text/plain")


@pytest.mark.parametrize(
    "path",
    ["http://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil", "evil", "", "/a\nb", "/" + "x" * 3_000],
)
def test_nobody_is_led_elsewhere(path: str) -> None:
    assert safety.local(path) == "/"
    assert safety.local("/cases/26FR?part=x") == "/cases/26FR?part=x"


def test_the_policy_of_a_page_forbids_what_no_page_of_ours_does() -> None:
    found = dict(safety.headers(["http://desk.localhost:8440"]))
    policy = dict(each.strip().split(" ", 1) for each in found["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in found["content-security-policy"]
    assert policy["form-action"] == "'self' http://desk.localhost:8440"


@pytest.mark.parametrize("name", ['q".pdf', "a\r\nset-cookie: x=1", "../../etc/x", "a;b", "\u202egpj.exe", "a/b\\c"])
def test_no_name_of_a_file_says_more_than_its_name(name: str) -> None:
    _, said = safety.saved_as(name)
    kept = said.removeprefix('attachment; filename="').removesuffix('"')
    assert f'attachment; filename="{kept}"' == said
    assert not set(kept) & set('"\\/;\r\n ')
    assert kept.isascii()
    assert safety.saved_as("receipt-7_a.pdf")[1] == 'attachment; filename="receipt-7_a.pdf"'


@pytest.mark.parametrize(
    ("accept", "html"),
    [("text/html,application/xhtml+xml,*/*;q=0.8", True), ("*/*", False), ("application/json, text/html", False),
     ("", False),     ("application/xml,text/xml,*/*,text/html", False)],
)  # fmt: skip
def test_a_browser_is_known_by_what_it_takes(accept: str, html: bool) -> None:
    assert prefers_html(request("GET", accept=accept)) is html
    assert not prefers_html(request("POST", accept=accept))
