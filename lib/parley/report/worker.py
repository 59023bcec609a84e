"""One notebook, run by papermill in a process of its own. Started by ``crew``, never by hand."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

MENDABLE = 2  # the exit code of a notebook that ended in a ParleyError


def warm() -> None:
    """Load what every worker and kernel needs, before they are forked."""
    from importlib import import_module

    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # jsonschema would compile a grammar of web addresses (a second), to check formats nobody asks
    for module in ("ipykernel.ipkernel", "ipykernel.kernelapp", "papermill.execute"):
        import_module(module)


def _limit_memory(gigabytes: float | None) -> None:
    """Let an allocation beyond the limit fail in its cell, instead of the machine."""
    if gigabytes and sys.platform == "linux":
        import resource

        most = int(gigabytes * 1e9)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _options(parent: int) -> list[str]:
    return [f"--IPKernelApp.parent_handle={parent}", "--HistoryManager.enabled=False"]


def _become_kernel(connection: str, job: dict[str, Any], parent: int) -> None:
    from ipykernel.kernelapp import IPKernelApp

    from parley.report.crew import die_with_parent

    os.setsid()
    die_with_parent(parent)
    os.chdir(job["cwd"])
    sys.path.insert(0, job["cwd"])
    _limit_memory(job.get("memory_gb"))
    app = IPKernelApp.instance()
    app.initialize(["-f", connection, "--log-level=40", *_options(parent)])
    app.start()


def _provisioner(pid: int) -> Any:
    """Give jupyter_client a hold on a kernel that is already running."""
    import asyncio
    import signal
    from contextlib import suppress

    from jupyter_client.provisioning import KernelProvisionerBase

    class Forked(KernelProvisionerBase):
        code: int | None = None

        @property
        def has_process(self) -> bool:
            return True

        async def poll(self) -> int | None:
            if self.code is None:
                with suppress(ChildProcessError):
                    done, status = os.waitpid(pid, os.WNOHANG)
                    self.code = os.waitstatus_to_exitcode(status) if done else None
            return self.code

        async def wait(self) -> int | None:
            while await self.poll() is None:
                await asyncio.sleep(0.02)
            return self.code

        async def send_signal(self, signum: int) -> None:
            with suppress(ProcessLookupError):
                os.kill(pid, signum)

        async def kill(self, restart: bool = False) -> None:
            await self.send_signal(signal.SIGKILL)

        async def terminate(self, restart: bool = False) -> None:
            await self.send_signal(signal.SIGTERM)

        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            raise NotImplementedError("the kernel was forked, not launched")

        async def cleanup(self, restart: bool = False) -> None:
            return None

    return Forked()


def _fork_kernel(folder: str, job: dict[str, Any]) -> Any:
    """Fork a kernel that listens on sockets in ``folder``; give its manager."""
    from jupyter_client.manager import AsyncKernelManager

    connection = str(Path(folder) / "k.json")
    manager = AsyncKernelManager(
        connection_file=connection, transport="ipc", ip=str(Path(folder) / "s")
    )
    manager.write_connection_file()
    worker, pid = os.getpid(), os.fork()
    if pid == 0:
        try:
            _become_kernel(connection, job, worker)
        finally:
            os._exit(1)
    Path(job["pid_file"]).write_text(str(pid))
    manager.provisioner = _provisioner(pid)
    return manager


def execute(job: dict[str, Any], manager: Any) -> None:
    """Run the notebook with papermill; raises what the notebook raised."""
    import papermill.execute

    own_kernel = {"km": manager} if manager is not None else {}
    papermill.execute.execute_notebook(
        job["input"],
        job["output"],
        parameters=job["parameters"],
        kernel_name="python3",
        language="python",
        progress_bar=False,
        cwd=job["cwd"],
        execution_timeout=job["cell_seconds"],
        start_timeout=60,
        request_save_on_cell_execute=False,
        **own_kernel,
    )


def main(job: dict[str, Any], *, forked: bool = False) -> int:
    """Run one job: 0 when papermill was content; else the reason goes into a file.

    1 where the notebook failed, 2 where it ended in a ParleyError: what the user has to mend.
    """
    import logging
    import warnings

    warnings.simplefilter("ignore")
    logging.getLogger("papermill").setLevel(logging.ERROR)  # it cannot read `X: str | None = 1`
    with tempfile.TemporaryDirectory(prefix="parley-", ignore_cleanup_errors=True) as folder:
        manager = None
        if forked:
            manager = _fork_kernel(folder, job)
        else:
            _limit_memory(job.get("memory_gb"))
        try:
            execute(job, manager)
        except BaseException as problem:
            reason = f"{type(problem).__name__}: {problem}"
            Path(job["error_file"]).write_text(reason, encoding="utf-8")
            return MENDABLE if getattr(problem, "ename", "") == "ParleyError" else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
