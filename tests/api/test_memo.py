"""Results are computed once, side by side, and kept for a while."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from trihelix.api.memo import Memo


def test_threads_that_ask_the_same_get_one_computation() -> None:
    calls: list[int] = []
    together = Barrier(4)

    def square(number: int) -> int:
        calls.append(number)
        return number * number

    memo = Memo(square, size=2)

    def ask() -> int:
        together.wait(5)
        return memo(7)

    with ThreadPoolExecutor(4) as pool:
        assert [f.result() for f in [pool.submit(ask) for _ in range(4)]] == [49] * 4
    assert calls == [7]


def test_what_is_known_does_not_wait_for_what_is_being_computed() -> None:
    begun, finish = Event(), Event()

    def slow(number: int) -> int:
        if number == 2:
            begun.set()
            finish.wait(5)
        return number

    memo = Memo(slow, size=2)
    assert memo(1) == 1
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(memo, 2)
        assert begun.wait(5)
        assert memo(1) == 1
        assert not waiting.done()
        finish.set()
        assert waiting.result(5) == 2


def test_only_the_latest_results_are_kept() -> None:
    calls: list[int] = []
    memo = Memo(calls.append, size=2)
    for number in (1, 2, 1, 3, 1):
        memo(number)
    assert calls == [1, 2, 3, 1]


def test_an_error_is_not_kept() -> None:
    answers = iter([ZeroDivisionError(), None])

    def fail() -> None:
        if error := next(answers):
            raise error

    memo = Memo(fail, size=1)
    with pytest.raises(ZeroDivisionError):
        memo()
    assert memo() is None


def test_different_results_are_computed_side_by_side() -> None:
    together = Barrier(2)

    def meet(number: int) -> int:
        together.wait(5)  # breaks unless both are inside at once
        return number

    memo = Memo(meet, size=4)
    with ThreadPoolExecutor(2) as pool:
        assert [f.result() for f in [pool.submit(memo, n) for n in (1, 2)]] == [1, 2]


def test_an_error_goes_to_all_who_wait_for_it() -> None:
    begun, finish = Event(), Event()

    def fail() -> None:
        begun.set()
        finish.wait(5)
        raise ZeroDivisionError

    memo = Memo(fail, size=1)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(memo)
        assert begun.wait(5)
        second = pool.submit(memo)
        finish.set()
        for asked in (first, second):
            with pytest.raises(ZeroDivisionError):
                asked.result(5)
