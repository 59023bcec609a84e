"""The documentation breaks here when it lies."""

import re
import subprocess
from pathlib import Path

import pytest
import typer
from parley import cli, paths, tables

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("notebooks/*.md"),
                 *ROOT.glob("reports/*.md"), *ROOT.glob("data/**/*.md")]
    if ".venv" not in page.parts and page.name != "CHANGELOG.md"
)  # fmt: skip
README = (ROOT / "README.md").read_text(encoding="utf-8")


def relative(page):
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_link_leads_to_a_file(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [
        link for link in links if "://" not in link and not (page.parent / link).resolve().exists()
    ]
    assert missing == []


def parley_calls(text):
    """Every ``parley ...`` that a page tells a reader to type, as lists of words."""
    lines = re.findall(r"`(parley [^`]+)`|^\s*(?:\$ )?(?:\S*/)?(parley [^`#\n]+)", text, re.M)
    return [re.sub(r"\s+", " ", one or other).strip().split() for one, other in lines]


def click_command(words):
    """The command that the words call, and the words that are left."""
    command = typer.main.get_command(cli.app)
    while words and (group := getattr(command, "commands", None)):
        assert words[0] in group, f"`parley {' '.join(words)}`: no command {words[0]!r}"
        command, words = group[words[0]], words[1:]
    return command, words


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_every_command_and_option_named_is_there(page):
    for _, *words in parley_calls(page.read_text(encoding="utf-8")):
        if not words or not re.match(r"[a-z]", words[0]) or words[0] == "train":
            continue
        command, rest = click_command(words)
        known = {opt for p in command.params for opt in p.opts} | {"--help"}
        used = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
        assert used <= known, f"{page}: parley {' '.join(words)}"


def test_every_make_target_named_is_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        named = set(re.findall(r"`?\bmake ([a-z]+)\b(?=`|\s{2,}#|\s*$)", page.read_text(), re.M))
        assert named <= targets, page


def test_the_readme_lists_every_notebook():
    listed = set(re.findall(r"`(\d\d_[a-z-]+)`", README))
    assert listed == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}


def test_the_readme_claims_no_accuracy_that_the_model_card_lacks():
    section = README.split("## How far to trust it")[1].split("\n## ")[0]
    rows = [line.split("|")[2:4] for line in section.splitlines() if line.startswith("|")][2:]
    figures = re.findall(r"(?<![\d,])\d+\.\d+", " ".join(cell for row in rows for cell in row))
    assert len(figures) > 15
    card = set(re.findall(r"\d+\.\d+", (paths.ENCODER / "CARD.md").read_text(encoding="utf-8")))
    # A correlation is .736 here and 73.6 there.
    assert {f"{100 * float(f):.1f}" if f.startswith("0.") else f for f in figures} <= card


def test_the_glossary_knows_every_table_but_the_stores_own():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for name in set(tables.TABLES) - {"annotated", "sentences"}:
        assert re.search(rf"\*\*{name.removesuffix('s')}", glossary), name


def test_every_decision_is_listed():
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}-[a-z-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {page.name for page in folder.glob("0*.md")}


def test_no_tracked_file_names_one_machine():
    """No absolute path of a machine, no address of a package index."""
    pattern = r"(^|[^A-Za-z0-9_.])/(work|root)/|pypi\.org/simple"
    command = ["git", "grep", "-nIE", pattern, "--", ".", ":!tests/test_docs.py", ":!.ci"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    assert found == ""


def test_models_are_small_enough_to_ship():
    size = sum(file.stat().st_size for file in paths.MODELS.rglob("*") if file.is_file())
    assert size <= 40 * 2**20
