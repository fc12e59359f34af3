"""Messages of phase 5 as JSON, and the check of messages made by hand."""

from __future__ import annotations

from douane.standards.ncts.phase5.reading import MESSAGES

to_json, from_json, check = MESSAGES.to_json, MESSAGES.from_json, MESSAGES.check
