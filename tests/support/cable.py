"""A cable between a client and a server, to be cut or to go dead in the middle of things."""

import selectors
import socket
import struct
import threading
from types import TracebackType
from typing import Self

_PIECE = 64 << 10


class Cable:
    """Passes on what goes to and from a port; use it as a context."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.carried_bytes = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._dead = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._listener.close()

    def go_dead(self) -> None:
        """Pass nothing on any more, and tell nobody: as when a phone leaves the house."""
        self._dead.set()

    def cut(self) -> None:
        """Break every connection at once, as when a program is killed."""
        self._dead.set()
        self._thread.join(10)
        for end in self._ends:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.close()
        self._ends.clear()

    def _carry(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._dead.is_set():
                for key, _ in selector.select(0.02):
                    if key.fileobj is self._listener:
                        near, far = self._listener.accept()[0], socket.create_connection(("127.0.0.1", self._to))
                        self._ends += [near, far]
                        selector.register(near, selectors.EVENT_READ, far)
                        selector.register(far, selectors.EVENT_READ, near)
                    else:
                        self._pass_on(selector, key)

    def _pass_on(self, selector: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
        here = key.fileobj
        assert isinstance(here, socket.socket)
        try:
            data = here.recv(_PIECE)
            if data:
                self.carried_bytes += len(data)
                key.data.sendall(data)
                return
            key.data.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one end has gone: the other hears of it by its own
        selector.unregister(here)
