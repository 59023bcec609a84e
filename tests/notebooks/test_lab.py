"""Notebooks opened in a real JupyterLab, in a real browser, and run from top to bottom."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from parley import paths

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# Offline from the first moment: nothing that a page needs may come from outside.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# One that reads all tables, and one that draws networks; papermill runs all nine elsewhere.
OPENED = ["02_who-is-in-the-news", "05_who-stands-where"]
EXPLORERS = {
    "actors": "explore.actors(study, ['nato', 'russia'], period='week')",
    "stances": "explore.stances(study, coder='ana')",
    "words": "explore.words(study, 'sanctions')",
    "reader": "explore.reader(study, actor='nato')",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory, sample_corpus):
    """JupyterLab on copies of the notebooks that open the tests' sample: its address and folder."""
    folder = tmp_path_factory.mktemp("lab")
    for name in OPENED:
        source = (paths.NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
        here = json.dumps(str(sample_corpus))[1:-1].replace("\\", "\\\\")
        (folder / f"{name}.ipynb").write_text(source.replace('\\"sample\\"', f'\\"{here}\\"'))
    for name, call in EXPLORERS.items():
        cells = [
            "from parley import corpus, explore",
            f"study = corpus.open_study({str(sample_corpus)!r})",
            f"found = {call}\nfound",
        ]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.root_dir": folder,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": "",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser"]
    command += [f"--{name}={value}" for name, value in options.items()]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).read()
                break
            except OSError:
                time.sleep(1)
        yield address, folder
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def saved_when_run(page, file, seconds=240):
    """The code cells as they stand in the file, saved again until all have run, or one failed."""
    for _ in range(seconds // 3):
        page.keyboard.press("Control+s")
        page.wait_for_timeout(3_000)
        cells = nbformat.read(file, as_version=4).cells
        code = [cell for cell in cells if cell.cell_type == "code" and cell.source.strip()]
        failed = any(o.output_type == "error" for c in code for o in c.outputs)
        if failed or all(c.execution_count for c in code):
            break
    return code


def run_all(page, address, name):
    """Open a notebook and run it; gives the list that errors on the page go into."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/lab/tree/{name}.ipynb?reset", wait_until="domcontentloaded")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    idle = ".jp-NotebookPanel .jp-Notebook-ExecutionIndicator[data-status='idle']"
    page.wait_for_selector(idle, state="attached", timeout=120_000)
    page.wait_for_timeout(2_000)  # the menu answers only once the kernel has told its state
    page.click("li.lm-MenuBar-item:has-text('Run')")
    page.click("li.lm-Menu-item:has-text('Run All Cells')")
    return faults


@pytest.mark.parametrize("name", OPENED)
def test_run_all_ends_without_an_error(browser, lab, name):
    address, folder = lab
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    faults = run_all(page, address, name)
    page.wait_for_timeout(5_000)
    code = saved_when_run(page, folder / f"{name}.ipynb")
    wrong = [o for cell in code for o in cell.outputs if o.output_type == "error"]
    assert wrong == []
    assert all(cell.execution_count for cell in code)
    assert faults == []
    page.close()


@pytest.mark.parametrize("name", EXPLORERS)
def test_an_explorer_answers_a_click_and_a_key(browser, lab, name):
    address, folder = lab
    page = browser.new_page(viewport={"width": 1300, "height": 1000})
    faults = run_all(page, address, name)
    shown, behind = (page.locator(".parley-page").nth(n) for n in (0, 1))
    part = shown.locator("[data-key]").first
    part.wait_for(state="attached", timeout=120_000)
    part.dispatch_event("click")
    behind.locator("h4").wait_for(timeout=30_000)
    first = behind.inner_text()
    other = shown.locator("[data-key][tabindex='0'], button[data-key]").nth(1)
    other.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => document.querySelectorAll('.parley-page')[1].innerText !== before", arg=first
    )
    if name == "stances":
        behind.locator("button:has-text('none')").first.click()
        behind.locator("button[aria-pressed='true']").wait_for(timeout=30_000)
        assert "none" in (folder / "coding" / "found" / "ana.csv").read_text(encoding="utf-8-sig")
    assert faults == []
    page.close()
