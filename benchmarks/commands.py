"""Whole-process wall times of the commands on the bundled notes, after a first run.

    python benchmarks/commands.py [--runs 5]

Each line is the median of so many runs, in seconds, beside the time that Python alone takes.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

CLI = Path(__file__).parents[1] / "cli.py"
QUESTION = "Why do reasoning models stop saying I don't know?"
COMMANDS = {
    "python alone": ["-c", "pass"],
    "--help": [str(CLI), "--help"],
    "list": [str(CLI), "list"],
    "links": [str(CLI), "links", "TruthRL"],
    "path": [str(CLI), "path", "TruthRL", "Why does reasoning fine-tuning"],
    "search --mode keyword": [str(CLI), "search", "--mode", "keyword", "abstention"],
    "ask": [str(CLI), "ask", QUESTION],
}


def seconds(arguments: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=False, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    for name, arguments in COMMANDS.items():
        seconds(arguments)
        times = [seconds(arguments) for _ in range(runs)]
        print(f"{name:<24} {statistics.median(times):.3f}")


if __name__ == "__main__":
    main()
