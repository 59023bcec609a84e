"""The report as one PDF: all its pages, and nothing fetched."""

import shutil
import zlib
from pathlib import Path

import pytest
from parley.errors import ParleyError
from parley.report import pdf

from tests.report.house import House


@pytest.fixture
def weasyprint() -> object:
    try:
        return pdf.weasyprint()
    except ParleyError as problem:
        pytest.skip(str(problem))


def _streams(file: Path) -> bytes:
    """Give all that a PDF holds, unpacked."""
    parts = file.read_bytes().split(b"stream\n")
    found = []
    for part in parts:
        try:
            found.append(zlib.decompressobj().decompress(part))
        except zlib.error:
            found.append(part)
    return b"".join(found)


def test_a_run_has_its_pages_in_one_pdf(
    weasyprint: object, published: House, tmp_path: Path
) -> None:
    house = House(Path(shutil.copytree(published.root, tmp_path / "house", symlinks=True)))
    done = house.run("week", "start=2022-01-10", "end=2022-01-17", as_pdf=True)
    assert done.returncode == 0, done.stderr
    file = house.latest("week") / pdf.NAME
    assert file.read_bytes().startswith(b"%PDF-")
    inside = _streams(file)
    assert b"(The week" in inside or b"The week" in inside
    for leak in (str(house.root).encode(), b"/URI (http", b"/JavaScript", b"/S /JS"):
        assert leak not in inside
    assert f'href="{pdf.NAME}"' in (house.latest("week") / "index.html").read_text()


def test_nothing_is_fetched(weasyprint: object, tmp_path: Path) -> None:
    secret, page = tmp_path / "secret.txt", tmp_path / "page.html"
    secret.write_text("the secret")
    address = secret.as_uri()
    page.write_text(
        f"<link rel=attachment href='{address}'><img src='{address}'>"
        f"<link rel=stylesheet href='https://example.org/x.css'><p>Well"
    )
    pdf.write([page, page], tmp_path / "out.pdf")
    inside = _streams(tmp_path / "out.pdf")
    assert b"the secret" not in inside
    assert b"/Count 2" in inside


def test_without_the_library_it_is_said_how_to_come_by_it(
    published: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    from parley import report

    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    code = report.run(
        "week", corpus=published.root / "corpus", out=published.root / "nowhere", as_pdf=True,
        definitions=published.root / "definitions", folder=published.notebooks,
    )  # fmt: skip
    assert code == 2
    assert (
        "a PDF needs WeasyPrint and Pango: `pip install 'parley[pdf]'`" in capsys.readouterr().err
    )
    assert not (published.root / "nowhere").exists()
