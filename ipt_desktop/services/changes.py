"""What was stored, told to whoever shows it: the one thing that couples one view to another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock


@dataclass(frozen=True, slots=True)
class Changed:
    """What a commit touched: table name → ids. `origin` names who asked, so that a view can skip its own."""

    kinds: Mapping[str, frozenset[str]]
    origin: str = ""

    def touches(self, *kinds: str) -> bool:
        """Whether records of any of these tables were touched."""
        return any(kind in self.kinds for kind in kinds)


Listener = Callable[[Changed], None]


class Changes:
    """One plain observer. Listeners are called after the commit, on the thread that waited for it or on the writer's."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._gate = Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after each commit until the returned function is called."""
        with self._gate:
            self._listeners.append(listener)

        def stop() -> None:
            with self._gate:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def tell(self, changed: Changed) -> None:
        """Tell every listener."""
        with self._gate:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changed)
