"""Run the benchmarks one after another: ``python -m benchmarks [explore|measure|report ...]``.

Each prints a table of its own, with what is measured and its peer in the same run.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; give the first exit code that is not 0."""
    known = sorted(file.stem.removeprefix("bench_") for file in HERE.glob("bench_*.py"))
    if wrong := sorted(set(names) - set(known)):
        print(f"no benchmark {wrong[0]!r}: choose from {', '.join(known)}", file=sys.stderr)
        return 2
    codes = []
    for name in names or known:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.bench_{name}"]
        codes.append(subprocess.run(command, cwd=HERE.parent).returncode)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
