"""The door: ``python -m bot``."""

import signal
import sys
from types import FrameType


def main() -> None:
    """Run a verb; ``run`` ends well when told to end, even while the program is still being loaded."""
    if sys.argv[1:2] == ["run"]:
        signal.signal(signal.SIGTERM, _end)
    # Not above: a process that computes beside this one reads this file, too, and needs nothing of it.
    from bot.verbs import main as verbs

    verbs()


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
