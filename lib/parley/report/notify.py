"""Telling people: on failure, on recovery, and on publication where that is asked for.

Addresses are apprise URLs. They hold secrets, so a definition names environment variables, and no
address is ever written to a record or a log.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from parley.report import findings, record
from parley.report.definition import Definition


def occasion(status: str, history: Sequence[Mapping[str, Any]]) -> str:
    """Name what this run is to who waits for it; ``history`` ends with this run.

    >>> occasion("published", [{"status": "failed"}, {"status": "published"}])
    'recovery'
    """
    if status != "published":
        return "failure"
    before = history[-2]["status"] if len(history) > 1 else "published"
    return "recovery" if before != "published" else "publication"


def message(facts: Mapping[str, Any], place: Path) -> tuple[str, str]:
    """Give the subject and the text: status, window, the key findings, and the place."""
    words = {"published": "is published", "held": "was held back", "failed": "failed"}
    subject = f"{facts['title']} {words[facts['status']]}"
    page, measured = place / "index.html", record.read_json(place / "metrics.json") or {}
    found = findings.gather(
        (stem, payload)
        for stem, entry in (measured.get("notebooks") or {}).items()
        for payload in entry.get("findings") or []
    )
    lines = [facts.get("reason"), (facts.get("context") or {}).get("line")]
    lines += [f"- {finding.text}" for finding in found.said[:8]]
    return subject, "\n".join(
        str(line) for line in [*lines, page if page.is_file() else None] if line
    )


def tell(
    definition: Definition,
    facts: Mapping[str, Any],
    place: Path,
    history: Sequence[Mapping[str, Any]],
) -> bool:
    """Tell whom the definition names, if this is an occasion for it. Never fails a run."""
    addresses = [os.environ[name] for name in definition.notify.to if os.environ.get(name)]
    if not addresses or occasion(facts["status"], history) not in definition.notify.when:
        return False
    import apprise

    subject, text = message(facts, place)
    messenger = apprise.Apprise()
    taken = [messenger.add(address) for address in addresses]
    sent = all(taken) and bool(messenger.notify(body=text, title=subject))
    if not sent:
        names = ", ".join(definition.notify.to)
        print(f"parley: not everybody could be told; look at {names}", file=sys.stderr)
    return sent
