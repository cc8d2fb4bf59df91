"""Whatever is thrown at the server, it answers as Telegram would; it never breaks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground import DEFAULT_TOKEN, BotApiServer, seed_world
from bot.playground.methods import HANDLERS
from bot.playground.sim import ACTS
from bot.playground.specification import METHODS, parameters_of

# These wait or end things on purpose.
CALM = sorted(set(HANDLERS) - {"getUpdates", "setWebhook"})
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.sampled_from([1001, 2001, -1_001_000_000_001, "1001", "HTML", "<b>", "attach://x", "", "x" * 5000, "\0"])
    | st.floats(allow_nan=False)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "inline_keyboard",
                    "keyboard",
                    "text",
                    "callback_data",
                    "url",
                    "type",
                    "message_id",
                    "chat_id",
                    "offset",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def hostile() -> Iterator[tuple[asyncio.AbstractEventLoop, BotApiServer, aiohttp.ClientSession]]:
    """One server for all examples, on a loop of its own: hypothesis calls plain functions."""
    loop = asyncio.new_event_loop()

    async def begin() -> tuple[BotApiServer, aiohttp.ClientSession]:
        server = BotApiServer()
        people = seed_world(server)
        await server.start()
        await people.citizen.start()
        return server, aiohttp.ClientSession()

    server, session = loop.run_until_complete(begin())
    yield loop, server, session
    loop.run_until_complete(session.close())
    loop.run_until_complete(server.stop())
    loop.close()


def check(hostile: tuple, request: object) -> None:
    loop, server, _ = hostile
    status, body = loop.run_until_complete(request)
    assert status < 500, body
    assert json.loads(body)["ok"] is (status == 200)
    assert not [str(v) for v in server.violations if "itself failed" in str(v)]
    server.violations.clear()


async def post(session: aiohttp.ClientSession, url: str, **how: object) -> tuple[int, str]:
    async with session.post(url, **how) as answer:
        return answer.status, await answer.text()


fuzz = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzz
@given(data=st.data())
def test_json(hostile, data):
    method = data.draw(st.sampled_from(CALM))
    names = sorted(parameters_of(METHODS[method])) or ["x"]
    body = data.draw(st.dictionaries(st.sampled_from(names), values, max_size=6))
    url = f"{hostile[1].url}/bot{DEFAULT_TOKEN}/{method}"
    check(hostile, post(hostile[2], url, json=body))


@fuzz
@given(data=st.data())
def test_form_and_multipart(hostile, data):
    method = data.draw(st.sampled_from(CALM))
    names = sorted(parameters_of(METHODS[method])) or ["x"]
    fields = data.draw(st.dictionaries(st.sampled_from(names), values, max_size=5))
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    if data.draw(st.booleans()):
        form.add_field(data.draw(st.sampled_from(names)), data.draw(st.binary(max_size=40)), filename="../x.p/ng")
    url = f"{hostile[1].url}/bot{DEFAULT_TOKEN}/{method}"
    check(hostile, post(hostile[2], url, data=form))


@fuzz
@given(
    body=st.binary(max_size=80),
    kind=st.sampled_from(
        ["application/json", "multipart/form-data; boundary=x", "text/plain", "application/json; charset=no"]
    ),
)
def test_raw_bodies(hostile, body, kind):
    url = f"{hostile[1].url}/bot{DEFAULT_TOKEN}/sendMessage"
    check(hostile, post(hostile[2], url, data=body, headers={"Content-Type": kind}))


def test_half_surrogates_and_depth(hostile):
    url = f"{hostile[1].url}/bot{DEFAULT_TOKEN}/sendMessage"
    headers = {"Content-Type": "application/json"}
    for body in ('{"chat_id": 1001, "text": "\\ud800"}', "[" * 100_000, '{"text": ' + "[" * 5_000 + "]" * 5_000 + "}"):
        check(hostile, post(hostile[2], url, data=body, headers=headers))


@fuzz
@given(data=st.data())
def test_sim(hostile, data):
    verb = data.draw(st.sampled_from(sorted(set(ACTS) - {"deactivate", "wait_for", "tap", "dialog"})))
    names = ["text", "chat", "message", "reply_to", "data", "caption", "title", "kind", "count", "name", "thread"]
    body = data.draw(st.dictionaries(st.sampled_from(names), values, max_size=4))
    body["user"] = data.draw(st.sampled_from([1001, 2001, 3001]))
    check(hostile, post(hostile[2], f"{hostile[1].url}/sim/{verb}", json=body))
