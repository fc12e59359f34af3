"""One database role a platform, with what it needs and no more. Made and mended by the runner, never by hand.

A role is made without a password: nobody can sign in by one until an operator gives it one (or a certificate, or a
line in ``pg_hba.conf``). Where roles exist already, in this cluster or for another database, only grants are mended.
"""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg import errors, sql

from douane.backends.postgresql.connection import connect, translated
from douane.vocabulary.errors import DeclarationFault

PREFIX: Final = "douane_"
_LOOK: Final = ("GRANT USAGE ON SCHEMA douane TO {role}", "GRANT SELECT ON douane.lease, douane.migration TO {role}")
GRANTS: Final = {
    # The core: it alone reads and writes what traders and administrations sent. No row of a log changes; it leaves
    # when it has moved to the archive.
    "cdco": (
        *_LOOK,
        "GRANT SELECT, INSERT, DELETE ON douane.log0, douane.log1, douane.log2 TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON douane.map TO {role}",
        "GRANT INSERT, UPDATE ON douane.lease TO {role}",
        "GRANT SELECT ON douane.secret TO {role}",
        "GRANT EXECUTE ON FUNCTION douane.fence(integer, bigint) TO {role}",
    ),
    # Doors: which worker holds which partition, and being woken. Messages reach them over the link only.
    "speed2": _LOOK,
    "ccn2": _LOOK,
    # What an operator watches: who holds what, which schema. No content.
    "operations": _LOOK,
    # UUM&DS keeps nothing here: it may sign in, and that is all.
    "uumds": (),
}
_EVERYBODY: Final = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA douane FROM PUBLIC",
)

_NOTHING: Final = (
    "REVOKE ALL ON DATABASE {database} FROM {role}",
    "REVOKE ALL ON SCHEMA douane FROM {role}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA douane FROM {role}",
    "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA douane FROM {role}",
)
_ENTER: Final = "GRANT CONNECT ON DATABASE {database} TO {role}"


def grant(address: str) -> list[str]:
    """Make the roles that are missing and give each exactly its grants; the names of all.

    Raises DeclarationFault where the role of ``address`` may not do that, StoreUnavailable where there is no database.
    """
    db = connect(address)
    names = [PREFIX + platform for platform in GRANTS]
    try:
        for name in names:
            _make(db, name)
        with db.transaction():
            db.execute("SELECT pg_advisory_xact_lock(%s)", (0x646F_7562,))  # one at a time: grants are rows that change
            values = {"database": sql.Identifier(db.info.dbname)}
            for revoke in _EVERYBODY:
                db.execute(sql.SQL(revoke).format(**values))
            for platform, grants in GRANTS.items():
                role = sql.Identifier(PREFIX + platform)
                for statement in (*_NOTHING, _ENTER, *grants):
                    db.execute(sql.SQL(statement).format(role=role, **values))
    except errors.InsufficientPrivilege as problem:
        raise DeclarationFault(
            f"This role may not make roles: {problem.diag.message_primary}.",
            remedy="Name the address of a superuser, or of an owner with CREATEROLE.",
        ) from problem
    except psycopg.Error as problem:
        raise translated(problem) from problem
    finally:
        db.close()
    return names


def _make(db: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    if db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone():
        return
    try:
        db.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT").format(sql.Identifier(name)))
    except (errors.DuplicateObject, errors.UniqueViolation):
        return  # another starter, maybe of another database of this cluster, was quicker
