"""Every process says the same to the same words: what a set is walked through by must not decide anything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_two_processes_answer_alike(tmp_path: Path) -> None:
    told = []
    for seed in ("1", "2"):
        details = tmp_path / f"{seed}.jsonl"
        asked = ["guides", "evaluate", "tests/content/unseen.jsonl", "--details", str(details)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-m", "bot", *asked], env=environment, check=True, stdout=subprocess.DEVNULL)
        told.append(details.read_text(encoding="utf-8").splitlines())
    assert len(told[0]) == len(told[1]) > 600
    assert [(one, other) for one, other in zip(*told, strict=True) if one != other] == []
