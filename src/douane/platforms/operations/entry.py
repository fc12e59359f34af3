"""The operator's door: is the node alive, is it ready, what does it measure.

It knows nothing of the node: what it tells comes from the functions it is given.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from douane.model.routes import Opening, Route
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.requests import (
    Application,
    Limits,
    Refuse,
    Request,
    application,
    routes,
    told_as_problem,
)

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
CHANNEL = "http"
LONGEST_SILENCE = 60.0
"""Seconds of standing still after which a node counts as dead: far longer than its longest piece of work."""
LIVE = Route(CHANNEL, "GET", "/health/live", Opening.ANYBODY)
READY = Route(CHANNEL, "GET", "/health/ready", Opening.ANYBODY)
METRICS = Route(CHANNEL, "GET", "/metrics", Opening.CALLER)
ROUTES = (LIVE, READY, METRICS)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the node can take messages: each part by name, with what is wrong (empty when nothing is).

    notes: what an operator has to look at while the node goes on.
    """

    parts: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether every part is well."""
        return not any(self.parts.values())


def operations(
    *,
    ready: Callable[[], Readiness],
    metrics: Callable[[], bytes],
    guard: Callable[[Request], None] | None = None,
    silence: Callable[[], float] = lambda: 0.0,
    refuse: Refuse = told_as_problem,
) -> Application:
    """What answers requests. ``guard`` may refuse a request for metrics by raising; health is open to all.

    silence: for how many seconds the node itself has not moved; this door answers all the same.
    """

    async def live(_request: Request) -> Response:
        seconds = silence()
        if seconds < LONGEST_SILENCE:
            return json_response({"status": "live"})
        return json_response({"status": "stalled", "seconds": math.floor(seconds)}, 503)

    async def readiness(_request: Request) -> Response:
        found = ready()
        parts = {name: wrong or "ready" for name, wrong in found.parts.items()}
        status = "ready" if found.ready else "not ready"
        notes = {"notes": dict(found.notes)} if found.notes else {}
        return json_response({"status": status, "parts": parts} | notes, 200 if found.ready else 503)

    async def measured(request: Request) -> Response:
        if guard is not None:
            guard(request)
        return Response(200, metrics(), MEDIA)

    return application(
        routes(dict(zip(ROUTES, (live, readiness, measured), strict=True))), Limits(body=0), refuse=refuse
    )
