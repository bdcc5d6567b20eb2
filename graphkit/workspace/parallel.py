"""A long list of work shared with one child process, where that pays and is safe."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Result = TypeVar("Result")
Packed = TypeVar("Packed")

WORTHWHILE: Final = 250_000  # bytes of notes: fewer are read before a child has paid for itself
AT_ONCE: Final = 8  # items that the child answers in one message


def each(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    pack: Callable[[Result], Packed],
    unpack: Callable[[Packed], Result],
    size: Callable[[Item], int],
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Result]:
    """`work` of every item, in order; the child's results travel packed. `size` is in bytes.

    A child that dies leaves its part to this process, which does it again. Where it takes its
    time, `tell` is called with how many items are done, of how many.
    """
    if sum(map(size, items)) < WORTHWHILE:
        return [work(item) for item in items]
    if not _may_fork():
        return list(_told(map(work, items), len(items), tell))
    import multiprocessing  # only what reads many notes waits for it

    ours, theirs = items[::2], items[1::2]
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(
        target=_answer, args=(receiver, sender, lambda item: pack(work(item)), theirs), daemon=True
    )
    child.start()
    sender.close()
    try:
        own: list[Result] = []
        answered: list[Result] = []
        for item in ours:
            own.append(work(item))
            answered += map(unpack, _sent(receiver))  # or the child would wait for room in the pipe
            tell(len(own) + len(answered), len(items))
        answered += map(unpack, _sent(receiver, to_the_end=True))
    finally:
        receiver.close()  # if this process gives up, the child does at its next message
        child.join()
    answered += map(work, theirs[len(answered) :])
    tell(len(items), len(items))
    return [(own, answered)[at % 2][at // 2] for at in range(len(items))]


def _told(
    results: Iterable[Result], amount: int, tell: Callable[[int, int], None]
) -> Iterator[Result]:
    for done, result in enumerate(results, start=1):
        tell(done, amount)
        yield result


def _sent(receiver: Connection, *, to_the_end: bool = False) -> Iterator[Any]:
    """What the child has sent by now, or all that it will send."""
    with contextlib.suppress(EOFError):
        while to_the_end or receiver.poll():
            yield from receiver.recv()


def _answer(
    receiver: Connection, sender: Connection, work: Callable[[Item], Packed], items: Sequence[Item]
) -> None:
    """The child: it ends when nobody listens any more, and leaves Ctrl-C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    receiver.close()
    with contextlib.suppress(BrokenPipeError):
        for start in range(0, len(items), AT_ONCE):
            sender.send([work(item) for item in items[start : start + AT_ONCE]])


def _may_fork() -> bool:
    """Whether a fork is cheap and harmless: on Linux, with a second core, before any thread."""
    return (
        sys.platform == "linux"
        and len(os.sched_getaffinity(0)) > 1
        and threading.active_count() == 1
        and not _is_child()
    )


def _is_child() -> bool:
    """Whether this process does part of another's work: such a one may start none itself."""
    multiprocessing = sys.modules.get("multiprocessing")
    return multiprocessing is not None and multiprocessing.current_process().daemon
