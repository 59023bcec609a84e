"""A corpus in an object store: the same calls over a real S3 interface on this machine."""

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
from parley import corpus, pipeline, tables
from parley.errors import ParleyError

KEYS = {
    "AWS_ACCESS_KEY_ID": "anyone",
    "AWS_SECRET_ACCESS_KEY": "anything",
    "AWS_REGION": "us-east-1",
    "AWS_ALLOW_HTTP": "true",
}


@pytest.fixture
def bucket(monkeypatch):
    """The address of a fresh bucket of an S3 server in a process of its own."""
    command = shutil.which("moto_server")
    if command is None:
        pytest.skip("no S3 server here: install one apart, `uv tool install 'moto[server]'`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    run = [command, "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        make_bucket(f"{endpoint}/parley")
        for name, value in (KEYS | {"AWS_ENDPOINT_URL": endpoint}).items():
            monkeypatch.setenv(name, value)
        yield "s3://parley"
    finally:
        server.kill()
        server.wait()


def make_bucket(url):
    for _ in range(300):
        try:
            urllib.request.urlopen(urllib.request.Request(url, method="PUT"))
            return
        except urllib.error.URLError:
            time.sleep(0.2)
    raise TimeoutError(f"no S3 server at {url}")


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "2022-01-10_post_1.txt"
    file.write_text("NATO met Russia in Brussels. Jens Stoltenberg said the talks were not easy.")
    return file


def test_a_corpus_in_a_bucket_is_that_of_a_folder(bucket, article, tmp_path):
    for place in (f"{bucket}/c", tmp_path / "c"):
        corpus.ingest([article], place)
        assert pipeline.annotate_corpus(place).annotated == 1
        assert pipeline.annotate_corpus(place).annotated == 0
    far, near = corpus.open_study(f"{bucket}/c"), corpus.open_study(tmp_path / "c")
    assert far.mentions.equals(near.mentions) and len(far.mentions)
    assert corpus.describe(f"{bucket}/c").articles == 1


def test_a_bucket_that_is_not_there_is_one_sentence(bucket, article):
    with pytest.raises(ParleyError, match="s3://nowhere/c cannot be reached") as said:
        corpus.ingest([article], "s3://nowhere/c")
    assert "\n" not in str(said.value)
    with pytest.raises(ParleyError, match="is not a corpus"):
        corpus.open_study(f"{bucket}/none")


def test_commits_of_several_writers_are_all_kept(bucket):
    store = corpus.Store(f"{bucket}/c", create=True)
    row = {"record": 0, "reason": "empty", "excerpt": ""}
    rows = [pd.DataFrame([row | {"path": f"{n}.txt"}]) for n in range(8)]
    store.append(tables.REJECTS, rows[0])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda frame: store.append(tables.REJECTS, frame), rows[1:]))
    assert sorted(store.read(tables.REJECTS)["path"]) == [f"{n}.txt" for n in range(8)]
