from __future__ import annotations

from collections.abc import Iterator

from douane.vocabulary.errors import DouaneError, OurFault, PartnerFault, SenderFault


def tree(error: type[DouaneError]) -> Iterator[type[DouaneError]]:
    yield error
    for child in error.__subclasses__():
        yield from tree(child)


def named_here(error: type[DouaneError]) -> list[type[DouaneError]]:
    return [each for each in tree(error) if each.__module__ == DouaneError.__module__]


def test_every_code_belongs_to_one_error() -> None:
    codes = [each.code for each in named_here(DouaneError)]
    assert len(codes) == len(set(codes))


def test_a_code_tells_whose_fault_it_is() -> None:
    for branch, first in ((SenderFault, "DOU-1"), (OurFault, "DOU-2"), (PartnerFault, "DOU-3")):
        assert all(each.code.startswith(first) for each in named_here(branch))
        assert len({each.whose for each in named_here(branch)}) == 1


def test_every_error_says_in_a_sentence_what_it_means() -> None:
    for each in named_here(DouaneError):
        assert each.__doc__, each
        assert each.__doc__.strip().endswith("."), each
