"""The timer that calls ``parley due``: written for systemd or cron, or only shown."""

import shlex
import subprocess
import sys
from pathlib import Path

from parley import paths
from parley.errors import ParleyError

EVERY = 5  # minutes between two calls; a call with nothing due takes a second
_BEGIN, _END = "# parley: begin", "# parley: end"


def _command(corpus: str | Path) -> list[str]:
    where = str(corpus) if str(corpus) == "sample" else str(Path(corpus).expanduser().resolve())
    return [sys.executable, "-m", "parley.cli", "due", "--corpus", where]


def _unit_word(word: str) -> str:
    """Quote a word as systemd reads a command line."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def systemd_units(corpus: str | Path = "sample") -> dict[str, str]:
    """Give the user units: a service that runs what is due, and a timer that catches up."""
    command = " ".join(map(_unit_word, _command(corpus)))
    home = str(paths.HOME).replace("%", "%%")
    service = f"""[Unit]
Description=Run the reports of Parley that are due

[Service]
Type=oneshot
WorkingDirectory={home}
EnvironmentFile=-%h/.config/parley/environment
ExecStart={command}
KillMode=control-group
TimeoutStopSec=30
"""
    timer = f"""[Unit]
Description=Ask every {EVERY} minutes which reports of Parley are due

[Timer]
OnCalendar=*:0/{EVERY}
Persistent=true
RandomizedDelaySec=20

[Install]
WantedBy=timers.target
"""
    return {"parley.service": service, "parley.timer": timer}


def cron_lines(corpus: str | Path = "sample") -> str:
    """Give the line for a crontab, between marks by which it is found again."""
    command = f"cd {shlex.quote(str(paths.HOME))} && {shlex.join(_command(corpus))}"
    log = shlex.quote(str(paths.REPORTS / "published" / "due.log"))
    line = f"*/{EVERY} * * * * {command} >> {log} 2>&1".replace("%", r"\%")
    return f"{_BEGIN}\n{line}\n{_END}\n"


def _write_systemd(units: dict[str, str]) -> str:
    folder = Path("~/.config/systemd/user").expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in units.items():
        (folder / name).write_text(text, encoding="utf-8")
    return f"Written to {folder}. Start it with: systemctl --user enable --now parley.timer"


def _without_ours(crontab: str) -> str:
    kept, ours = [], False
    for line in crontab.splitlines():
        ours = ours or line == _BEGIN
        if not ours:
            kept.append(line)
        ours = ours and line != _END
    return "".join(f"{line}\n" for line in kept)


def _write_cron(lines: str) -> str:
    try:
        old = subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False).stdout
        new = _without_ours(old) + lines
        subprocess.run(["crontab", "-"], input=new, text=True, check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError) as problem:
        raise ParleyError(f"the crontab cannot be written: {problem}", exit_code=1) from problem
    paths.PUBLISHED.mkdir(parents=True, exist_ok=True)
    return "Written to your crontab, in place of an older line of Parley."


def install(kind: str, *, write: bool = False, corpus: str | Path = "sample") -> str:
    """Give the timer of that kind as text, or write it where it belongs and say what is left to do.

    Raises ParleyError for a kind other than ``systemd`` and ``cron``.
    """
    if kind == "systemd":
        units = systemd_units(corpus)
        shown = "\n".join(f"# ~/.config/systemd/user/{n}\n{text}" for n, text in units.items())
        return _write_systemd(units) if write else shown
    if kind == "cron":
        lines = cron_lines(corpus)
        return _write_cron(lines) if write else lines
    raise ParleyError(f"{kind!r} is no timer that can be written: systemd or cron")
