"""A message of PyPI's ``peppol-py``, made in its own environment: one request as JSON on stdin, one answer on stdout.

It calls the program ``xmlsec1`` for encryption. Where that is not installed this script stands in for it, with the same
library behind it: ``--encrypt`` and the options that peppol-py gives.
"""

from __future__ import annotations

import base64
import json
import os
import stat
import sys
import tempfile
from pathlib import Path


def encrypt(options: list[str]) -> None:
    """What ``xmlsec1 --encrypt --pubkey-cert-pem FILE --session-key aes-128 --binary-data FILE TEMPLATE`` prints."""
    import xmlsec
    from lxml import etree

    certificate = options[options.index("--pubkey-cert-pem") + 1]
    template = etree.parse(options[-1]).getroot()
    keys = xmlsec.KeysManager()
    keys.add_key(xmlsec.Key.from_file(certificate, xmlsec.KeyFormat.CERT_PEM))
    context = xmlsec.EncryptionContext(keys)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 128, xmlsec.KeyDataType.SESSION)
    sys.stdout.buffer.write(etree.tostring(context.encrypt_binary(template, sys.stdin.buffer.read())))


def made(asked: dict[str, str]) -> dict[str, object]:
    """Headers and body of the request that peppol-py would post."""
    from peppol_py.as4_sender import get_headers_and_body_for_posting_as4_document

    with tempfile.TemporaryDirectory() as folder:
        launcher, key = Path(folder, "xmlsec1"), Path(folder, "key.pem")
        launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{os.path.abspath(__file__)}" "$@"\n')
        launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR)
        key.write_text(asked["key"])
        body, headers = get_headers_and_body_for_posting_as4_document(
            asked["document"].encode(), None, asked["at"], asked["type"], asked["process"], asked["sender"],
            asked["receiver"], asked["to"], str(launcher), str(key), None, asked["certificate"].encode(),
            asked["other"].encode(), asked["from"],
        )  # fmt: skip
    return {"headers": headers, "body": base64.b64encode(body).decode()}


if __name__ == "__main__":
    if "--encrypt" in sys.argv:
        encrypt(sys.argv[1:])
    else:
        json.dump(made(json.load(sys.stdin)), sys.stdout)
