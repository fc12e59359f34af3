"""Whatever a schema lets through is answered, taken or refused by name: no nonsense breaks a handler.

A query that fails is a fault of ours to whoever asks; a command that fails is set aside and waits for an operator, so
that whoever may send nonsense could fill his desk.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, partial
from typing import Any, Final

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from msgspec import inspect as types

from douane.applications.statistics.messages import MonthlyReports
from douane.configuration import discovery
from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.model.declare import Kind, Operation
from douane.runtime.catalogue.catalogue import Catalogue
from douane.testing.office import Office, SetAside, administration, officer, service, third_country, trader
from douane.vocabulary.errors import DouaneError, NotAuthorised

ASKING: Final = {
    ActorKind.TRADER: trader("FR12345678901"), ActorKind.OFFICER: officer("anyone", "FR"),
    ActorKind.MEMBER_STATE: administration("FR"), ActorKind.COMMISSION: administration("EU"),
    ActorKind.THIRD_COUNTRY: third_country("CH"), ActorKind.SERVICE: service("sign-in"),
}  # fmt: skip
CATALOGUE: Final = Catalogue(discovery.services())
NESTED: Final = ('{"a":' * 3_000 + "1" + "}" * 3_000, "[" * 20_000, "<a>" * 3_000 + "</a>" * 3_000, "((" * 5_000)
"""What a parser of texts follows as deep as it goes: JSON, XML, an expression."""
HASTE: Final = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def read(message: Any) -> Any:
    """A message as it is when it was written and read again: what its schema does not let through, is refused."""
    return msgspec.json.decode(msgspec.json.encode(message), type=type(message))


def open_operations(kind: Kind) -> list[Any]:
    """Every operation of a kind whose messages are typed here, with a caller of each kind to whom it is open."""
    found = [o for s in discovery.services() for o in s.operations if o.kind is kind]
    return [
        pytest.param(o, ASKING[k], id=f"{o.qualified}-{k.value}")
        for o in found if CATALOGUE.family(o.request) is None
        for k in ActorKind if k in ASKING and o.open_to(k)
    ]  # fmt: skip


def values(type: types.Type) -> st.SearchStrategy[Any]:
    """What a schema lets through, of one type."""
    match type:
        case types.StrType(pattern=str() as pattern):
            return st.from_regex(pattern).filter(lambda text: len(text) <= (type.max_length or 400))
        case types.StrType():
            plain = st.text(st.characters(codec="utf-8"), min_size=type.min_length or 0, max_size=type.max_length or 60)
            nested = [each for each in NESTED if len(each) <= (type.max_length or len(each))]
            return st.one_of(plain, plain, st.sampled_from(nested)) if nested else plain
        case types.IntType():
            low, high = type.ge, type.le
            return st.integers(-(2**63) if low is None else low, 2**63 - 1 if high is None else high)
        case types.FloatType():
            return st.floats(type.ge, type.le, allow_nan=False, allow_infinity=False)
        case types.BoolType():
            return st.booleans()
        case types.NoneType():
            return st.none()
        case types.DateType():
            return st.dates()
        case types.DateTimeType():
            return st.datetimes(timezones=st.just(dt.UTC))
        case types.DecimalType():
            return st.decimals(allow_nan=False, allow_infinity=False, places=2)
        case types.BytesType():
            return st.binary(max_size=60)
        case types.EnumType():
            return st.sampled_from(list(type.cls))
        case types.LiteralType():
            return st.sampled_from(type.values)
        case types.UnionType():
            return st.one_of(*(values(each) for each in type.types))
        case types.VarTupleType():
            least, most = type.min_length or 0, 3 if type.max_length is None else type.max_length
            return st.lists(values(type.item_type), min_size=least, max_size=max(least, min(most, 3))).map(tuple)
        case types.DictType():
            return st.dictionaries(
                values(type.key_type), values(type.value_type), max_size=min(type.max_length or 3, 3)
            )
        case types.StructType():
            return st.builds(partial(_made, type.cls), **{each.name: values(each.type) for each in type.fields})
        case types.Metadata():
            return values(type.type)
        case other:
            raise TypeError(f"no values are known of {other}")


def _made(message: type, /, **fields: Any) -> Any:
    """A message; what it refuses itself a reader refuses too."""
    try:
        return message(**fields)
    except ValueError:
        reject()


@cache
def office() -> Office:
    """One office for everything that is asked and sent."""
    return Office("FR", "DE")


@pytest.mark.parametrize(("operation", "by"), open_operations(Kind.QUERY))
def test_nonsense_breaks_no_query(operation: Operation, by: Caller) -> None:
    @HASTE
    @given(values(types.type_info(operation.request)))
    def asked(question: Any) -> None:
        try:
            office().ask(read(question), by=by)
        except DouaneError as refused:
            told = refused.remedy
        else:
            told = "an answer"
        assert told, "a refusal without a remedy"

    asked()


@pytest.mark.parametrize(("operation", "by"), open_operations(Kind.COMMAND))
def test_nonsense_sets_no_command_aside(operation: Operation, by: Caller) -> None:
    @HASTE
    @given(values(types.type_info(operation.request)))
    def sent(message: Any) -> None:
        try:
            office().send(read(message), by=by)
        except SetAside:
            office.cache_clear()  # or every later message would be told the same
            raise
        except DouaneError as refused:
            told = refused.remedy
        else:
            told = "a receipt"
        assert told, "a refusal without a remedy"

    sent()


def test_what_an_administration_says_of_another_is_refused_and_waits_for_no_operator() -> None:
    own = Office("FR", "DE")
    with pytest.raises(NotAuthorised):
        own.send(MonthlyReports(administration="DE", active=True), by=officer("anyone", "FR"))
    own.send(MonthlyReports(administration="FR", active=True), by=officer("anyone", "FR"))
