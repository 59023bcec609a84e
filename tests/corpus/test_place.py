"""A corpus in an object store: the same calls over a real S3 interface on this machine."""

import json
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
from parley.explore.evidence import evidence_of

from .conftest import annotated
from .conftest import article as row

KEYS = {
    "AWS_ACCESS_KEY_ID": "anyone",
    "AWS_SECRET_ACCESS_KEY": "anything",
    "AWS_REGION": "us-east-1",
    "AWS_ALLOW_HTTP": "true",
}


@pytest.fixture(scope="module")
def server():
    """An S3 server in a process of its own: where it listens."""
    command = shutil.which("moto_server")
    if command is None:
        pytest.skip("no S3 server here: install one apart, `uv tool install 'moto[server]'`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = [command, "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def ask(server):
    """Ask the S3 server for something, as soon as it listens."""

    def request(method, path, content=None):
        kind = {"Content-Type": "application/octet-stream"}
        asked = urllib.request.Request(f"{server}{path}", content, kind, method=method)
        for _ in range(300):
            try:
                return urllib.request.urlopen(asked)
            except urllib.error.HTTPError:
                raise
            except urllib.error.URLError:
                time.sleep(0.2)
        raise TimeoutError(f"no S3 server at {server}")

    return request


@pytest.fixture
def bucket(server, ask, monkeypatch):
    """The address of a fresh bucket."""
    ask("POST", "/moto-api/reset")
    ask("PUT", "/parley")
    for name, value in (KEYS | {"AWS_ENDPOINT_URL": server}).items():
        monkeypatch.setenv(name, value)
    return "s3://parley"


@pytest.fixture
def article(tmp_path):
    file = tmp_path / "2022-01-10_post_1.txt"
    file.write_text(
        "NATO met Russia in Brussels. Jens Stoltenberg condemned Russia for leaving the talks."
    )
    return file


def test_a_corpus_in_a_bucket_is_that_of_a_folder(bucket, article, tmp_path):
    for place in (f"{bucket}/c", tmp_path / "c"):
        corpus.ingest([article], place)
        assert pipeline.annotate_corpus(place).annotated == 1
        assert pipeline.annotate_corpus(place).annotated == 0
    far, near = corpus.open_study(f"{bucket}/c"), corpus.open_study(tmp_path / "c")
    assert far.mentions.equals(near.mentions) and len(far.mentions)
    assert len(evidence_of(far)) and evidence_of(far).equals(evidence_of(near))
    assert corpus.describe(f"{bucket}/c").articles == 1


def test_a_bucket_that_is_not_there_is_one_sentence(bucket, article):
    with pytest.raises(ParleyError, match="s3://nowhere/c cannot be reached") as said:
        corpus.ingest([article], "s3://nowhere/c")
    assert "\n" not in str(said.value)
    with pytest.raises(ParleyError, match="is not a corpus"):
        corpus.open_study(f"{bucket}/none")


def annotate(run, batch):
    run.write(annotated(*batch["article_id"].to_pylist()))


@pytest.fixture
def far(bucket):
    """A corpus of two articles in the bucket."""
    store = corpus.Store(f"{bucket}/c", create=True)
    store.append(tables.ARTICLES, pd.DataFrame([row(digest="a"), row(digest="b")]))
    return store


def test_a_registry_beside_a_corpus_in_a_bucket_is_used(bucket, article, ask):
    corpus.ingest([article], f"{bucket}/c")
    ask("PUT", "/parley/c/actors.csv", b"actor_id,name,kind\ntalks,The talks,organisation\n")
    ask("PUT", "/parley/c/aliases.csv", b"actor_id,alias\ntalks,the talks\n")
    pipeline.annotate_corpus(f"{bucket}/c")
    assert "talks" in set(corpus.open_study(f"{bucket}/c").mentions["actor_id"])
    ask("PUT", "/parley/c/offices.csv", b"actor_id,office,of\nnobody,king,talks\n")
    with pytest.raises(ParleyError, match=r"s3://parley/c/offices.csv, line 2: no actor 'nobody'"):
        pipeline.annotate_corpus(f"{bucket}/c")


def test_of_two_runs_in_a_bucket_the_later_goes_on_alone(far):
    with corpus.Annotating(far, "v1") as first, corpus.Annotating(far, "v1") as second:
        with pytest.raises(ParleyError, match="another process is writing to s3://parley/c: "):
            annotate(first, next(first.batches(1)))
        annotate(second, next(second.batches(2)))
    assert far.read(tables.ANNOTATED)["article_id"].is_unique
    assert far.count(tables.SENTENCES) == 2


def test_a_bucket_that_may_only_be_read_is_one_sentence(far, ask):
    with corpus.Annotating(far, "v1") as run:
        annotate(run, next(run.batches(1)))
    denied = {"Effect": "Deny", "Principal": "*", "Action": ["s3:PutObject", "s3:DeleteObject"]}
    policy = {
        "Version": "2012-10-17",
        "Statement": [denied | {"Resource": "arn:aws:s3:::parley/*"}],
    }
    ask("PUT", "/parley?policy", json.dumps(policy).encode())
    with pytest.raises(ParleyError, match=r"s3://\S+ cannot be written to .*privileges") as said:
        corpus.Annotating(far, "v1").__enter__()
    assert "\n" not in str(said.value)
    assert far.read(tables.ANNOTATED)["failed"].isna().tolist() == [True]
    assert corpus.Annotating(far, "v1").total == 1


def test_a_bucket_that_vanishes_is_one_sentence(far, ask):
    with corpus.Annotating(far, "v1") as run:
        batch = next(run.batches(1))
        ask("POST", "/moto-api/reset")
        with pytest.raises(ParleyError, match=r"s3://\S+ cannot be written to ") as said:
            annotate(run, batch)
    assert "\n" not in str(said.value)


def test_commits_of_several_writers_are_all_kept(bucket):
    store = corpus.Store(f"{bucket}/c", create=True)
    reject = {"record": 0, "reason": "empty", "excerpt": ""}
    rows = [pd.DataFrame([reject | {"path": f"{n}.txt"}]) for n in range(8)]
    store.append(tables.REJECTS, rows[0])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda frame: store.append(tables.REJECTS, frame), rows[1:]))
    assert sorted(store.read(tables.REJECTS)["path"]) == [f"{n}.txt" for n in range(8)]
