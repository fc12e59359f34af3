"""The SOAP channel from the other side: messages to the service that takes them, and the mailbox of a platform."""

from __future__ import annotations

import ssl
from typing import Final

from douane.channels.soap.mailbox import MAILBOX, Acknowledge
from douane.channels.soap.translation import FAULT_SCHEMA, PROBLEM
from douane.model.web_services import Collection, Page, Problem, Receipt
from douane.runtime.catalogue.elements import Elements
from douane.shared_services.web.http_sender import HttpSender
from douane.shared_services.web.sending import Patience, Request, Sender, answer_to
from douane.standards.soap.envelope import Version, envelope_text, read_envelope
from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_schema.binding import Binding
from douane.standards.xml_schema.structs import group_of
from douane.vocabulary.errors import DouaneError, PartnerRefused

LIMITS: Final = Limits(size=8 * 1024 * 1024, depth=40, elements=400_000)
"""Of what we send ourselves, and of the pages that a platform answers with."""
PATIENCE: Final = Patience(connect_seconds=15.0, idle_seconds=45.0, whole_seconds=120.0)


class SoapPartner:
    """One platform of a partner, by SOAP 1.2 over kept-alive connections. ``elements``: the services that it offers."""

    def __init__(self, url: str, tls: ssl.SSLContext, elements: Elements) -> None:
        self.url = url
        self._elements, self._problem = elements, Binding(FAULT_SCHEMA, {"problem": group_of(Problem)})
        self._sender: Sender = HttpSender(tls)

    async def close(self) -> None:
        """Close the connections."""
        await self._sender.close()

    async def send(self, body: bytes) -> Receipt | Problem:
        """Send a message of a published family, or an element of a service, to the address that takes it."""
        answer = await self._call(self._address(body), body.partition(b"?>")[2] if body[:5] == b"<?xml" else body)
        if isinstance(answer, Receipt | Problem):
            return answer
        raise PartnerRefused(f"{self.url} answers a message with {type(answer).__name__}.")

    async def collect(self, after: str = "", wait: float = 0.0, limit: int = 100) -> Collection:
        """A page of the own inbox. Raises PartnerRefused."""
        found = await self._mailbox("collect", Page(after, limit, wait))
        assert isinstance(found, Collection)
        return found

    async def acknowledge(self, item: str) -> None:
        """Confirm that a message was taken. Raises PartnerRefused."""
        await self._mailbox("acknowledge", Acknowledge(item))

    async def _mailbox(self, tag: str, content: object) -> object:
        text = self._elements.binding(MAILBOX).write(tag, content)
        answer = await self._call(MAILBOX.path, text.encode())
        if isinstance(answer, Problem):
            raise PartnerRefused(f"{self.url} refuses: {answer.detail} {answer.remedy}".strip())
        return answer

    def _address(self, body: bytes) -> str:
        try:
            tag = str(read_tree(body, LIMITS).tag)
        except DouaneError:
            return MAILBOX.path  # the platform says what is wrong with it
        taking = (web.path for web in self._elements.webs for e in web.exchanges if e.request == tag)
        return next(taking, MAILBOX.path)

    async def _call(self, path: str, body: bytes) -> object:
        content = envelope_text(Version.SOAP12, "").replace(
            b"<soap:Body></soap:Body>", b"<soap:Body>%s</soap:Body>" % body
        )
        headers = {"content-type": Version.SOAP12.media}
        answer = await answer_to(self._sender, Request("POST", self.url + path, headers, content, PATIENCE))
        element = read_envelope(answer.body, LIMITS).body
        for found in element.iter(PROBLEM):
            return self._problem.read(found)
        space = str(element.tag)[1:].partition("}")[0]
        web = next(web for web in (MAILBOX, *self._elements.webs) if web.namespace == space)
        return self._elements.binding(web).read(element)
