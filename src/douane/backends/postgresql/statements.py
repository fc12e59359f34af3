"""Every statement of the store. Parameters are binary; each goes by a primary key."""

from __future__ import annotations

from typing import Final, LiteralString

from douane.runtime.store.ports import Log

BEGIN: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"
LOOK: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1"
FENCE: Final = "SELECT douane.fence(%b::integer, %b::bigint)"
TAKE: Final = (
    "INSERT INTO douane.lease (partition, epoch) VALUES (%b, 1)"
    " ON CONFLICT (partition) DO UPDATE SET epoch = lease.epoch + 1, holder = '', until = NULL RETURNING epoch"
)
CLAIM: Final = (
    "INSERT INTO douane.lease AS held (partition, epoch, holder, until)"
    " VALUES (%b, 1, %b, clock_timestamp() + %b * interval '1 microsecond')"
    " ON CONFLICT (partition) DO UPDATE SET epoch = held.epoch + 1, holder = excluded.holder, until = excluded.until"
    " WHERE held.until IS NULL OR held.until <= clock_timestamp() OR held.holder = excluded.holder RETURNING epoch"
)
LOCKED: Final = (
    "SELECT FROM douane.lease WHERE partition = %b AND holder <> %b"
    " AND NOT EXISTS (SELECT FROM douane.lease WHERE partition = %b FOR UPDATE SKIP LOCKED)"
)
END_SILENT: Final = (
    "SELECT pg_terminate_backend(session.pid) FROM douane.lease"
    " JOIN pg_locks AS lock ON lock.locktype = 'transactionid' AND lock.transactionid = lease.xmax AND lock.granted"
    " JOIN pg_stat_activity AS session ON session.pid = lock.pid"
    " WHERE lease.partition = %b AND (lease.until IS NULL OR lease.until <= clock_timestamp())"
    " AND session.wait_event = 'ClientRead' AND session.state_change < clock_timestamp() - interval '1 second'"
)
"""End the session that locks a lapsed lease and whose client says nothing: a process frozen in the midst of a commit.

No timeout of the server does it before PostgreSQL 17: between two statements of a pipeline a session counts as active,
and ``statement_timeout`` does not end what waits for its client.
"""
RENEW: Final = (
    "UPDATE douane.lease SET until = clock_timestamp() + %b * interval '1 microsecond'"
    " WHERE partition = %b AND epoch = %b RETURNING epoch"
)
RELEASE: Final = (
    "UPDATE douane.lease SET epoch = epoch + 1, holder = '', until = NULL WHERE partition = %b AND epoch = %b"
    " RETURNING epoch"
)
LEASES: Final = (
    "SELECT partition, holder, epoch, (extract(epoch FROM until - clock_timestamp()) * 1000000)::bigint"
    " FROM douane.lease WHERE until > clock_timestamp()"
)
EPOCH: Final = "SELECT epoch FROM douane.lease WHERE partition = %b"
READ: Final = "SELECT key, value FROM douane.map WHERE key = ANY (%b)"
READ_ONE: Final = "SELECT value FROM douane.map WHERE key = %b"
SCAN: Final = "SELECT key, value FROM douane.map WHERE key >= %b AND key < %b ORDER BY key LIMIT %b"
SCAN_BACK: Final = "SELECT key, value FROM douane.map WHERE key >= %b AND key < %b ORDER BY key DESC LIMIT %b"
NEW: Final = "INSERT INTO douane.map (key, value) SELECT * FROM unnest(%b, %b)"
PUT: Final = NEW + " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
NOTES_KEY: Final = "SELECT key FROM douane.secret"
NOTIFY: Final = "SELECT pg_notify(%b::text, %b::text)"
GONE: Final = "DELETE FROM douane.map WHERE key = ANY (%b)"
APPEND: Final[dict[Log, LiteralString]] = {
    Log.JOURNAL: "INSERT INTO douane.log0 (position, value) SELECT * FROM unnest(%b, %b)",
    Log.SENT: "INSERT INTO douane.log1 (position, value) SELECT * FROM unnest(%b, %b)",
    Log.REFUSAL: "INSERT INTO douane.log2 (position, value) SELECT * FROM unnest(%b, %b)",
}
RETIRE: Final[dict[Log, LiteralString]] = {
    Log.JOURNAL: "DELETE FROM douane.log0 WHERE position = ANY (%b)",
    Log.SENT: "DELETE FROM douane.log1 WHERE position = ANY (%b)",
    Log.REFUSAL: "DELETE FROM douane.log2 WHERE position = ANY (%b)",
}
READ_LOG: Final[dict[Log, LiteralString]] = {
    Log.JOURNAL: "SELECT position, value FROM douane.log0 WHERE position = ANY (%b)",
    Log.SENT: "SELECT position, value FROM douane.log1 WHERE position = ANY (%b)",
    Log.REFUSAL: "SELECT position, value FROM douane.log2 WHERE position = ANY (%b)",
}
SCAN_LOG: Final[dict[Log, LiteralString]] = {
    Log.JOURNAL: (
        "SELECT position, value FROM douane.log0 WHERE position > %b AND position <= %b ORDER BY position LIMIT %b"
    ),
    Log.SENT: (
        "SELECT position, value FROM douane.log1 WHERE position > %b AND position <= %b ORDER BY position LIMIT %b"
    ),
    Log.REFUSAL: (
        "SELECT position, value FROM douane.log2 WHERE position > %b AND position <= %b ORDER BY position LIMIT %b"
    ),
}
HIGHEST: Final = (1 << 63) - 1
