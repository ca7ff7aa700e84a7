"""Who is let in by WebSocket, and what nobody may say there."""

import json

import pytest
from tests.streaming.scenery import Stage
from tests.support.devices import address, bearer, joining
from tests.support.houses import House, Person
from tests.support.server import PASSWORD
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not JSON", "invalid"),
        ("[]", "invalid"),
        ('{"kind":"dance"}', "invalid"),
        ('{"kind":"report","position_ms":"soon"}', "invalid"),
        ('{"kind":"ping","client_time_us":1e400}', "invalid"),
        ('{"kind":"command","command":{"kind":"play","queue_version":-1}}', "invalid"),
        ("[" * 100_000, "invalid"),
        ('{"request_id":7,"kind":"join"}', "not_joined"),
    ],
)
async def test_nonsense_is_refused_and_the_talk_goes_on(music: Stage, person: Person, text: str, code: str) -> None:
    async with joining(music.house, person) as phone:
        await phone.socket.send(text)
        refused = await phone.hear(lambda m: m["kind"] == "refused")
        assert refused["code"] == code
        await phone.ping()


@pytest.mark.parametrize(("frame", "code"), [(b"\x00binary", 1009), ("x" * (600 << 10), 1009)])
async def test_what_is_no_message_at_all_ends_the_talk(
    music: Stage, person: Person, frame: bytes | str, code: int
) -> None:
    async with joining(music.house, person) as phone:
        await phone.socket.send(frame)
        assert await phone.over() == code


async def test_who_says_too_much_is_cut_off(music: Stage, person: Person) -> None:
    async with joining(music.house, person) as phone:
        for number in range(1, 600):
            await phone.socket.send(json.dumps({"request_id": number, "kind": "ping"}))
        assert await phone.over() == 4429
        assert [m for m in phone.told if m["kind"] == "refused" and m["code"] == "too_many_messages"]


@pytest.mark.parametrize("first", ['{"kind":"ping"}', "nonsense", '{"kind":"join","plays":"loudly"}'])
async def test_the_first_message_is_a_join(music: Stage, person: Person, first: str) -> None:
    async with connect(address(music.house), additional_headers=bearer(person)) as socket:
        await socket.send(first)
        assert json.loads(await socket.recv())["kind"] == "refused"
        await socket.wait_closed()
        assert socket.close_code == 4400


def cookie_of(house: House, person: Person) -> str:
    """Sign somebody in as a browser does and return its cookies."""
    client = house.client()
    account = {"login": person.username, "password": PASSWORD}
    answer = client.post("/auth/sign-in", params={"session": "cookie"}, json=account)
    assert answer.status_code == 200, answer.text
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


async def test_a_browser_connects_from_our_own_page_alone(music: Stage, person: Person) -> None:
    cookie = {"cookie": cookie_of(music.house, person)}
    host = music.house.url.partition("://")[2]
    for origin in (f"http://{host}", f"https://{host.upper()}"):
        async with connect(address(music.house), additional_headers={**cookie, "origin": origin}) as socket:
            await socket.send('{"kind":"join"}')
            assert json.loads(await socket.recv())["kind"] == "joined"
    others = ("https://evil.example", f"http://{host}.evil.example", "null", "", f"http://{host}1", f"ftp://{host}")
    for origin in others:
        with pytest.raises(InvalidStatus) as refused:
            await connect(
                address(music.house), additional_headers={**cookie, **({"origin": origin} if origin else {})}
            )
        assert refused.value.response.status_code == 403


async def test_strangers_do_not_come_in(music: Stage) -> None:
    house = music.house
    host = house.url.partition("://")[2]
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"origin": f"http://{host}"}):
        with pytest.raises(InvalidStatus):
            await connect(address(house), additional_headers=headers)
    for path in ("/api/v1/playback", "/api/v1/nothing", "/", "/api/v1/playback/connect/"):
        with pytest.raises(InvalidStatus):
            await connect(address(house, path), additional_headers=bearer(music.person))


async def test_a_ticket_is_good_once(music: Stage, person: Person) -> None:
    made = person.client.post("/playback/tickets")
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    ticket = made.json()["ticket"]
    path = f"/api/v1/playback/connect?ticket={ticket}"
    async with connect(address(music.house, path)) as socket:
        await socket.send('{"kind":"join"}')
        assert json.loads(await socket.recv())["state"]["owner"] == person.username
    for tried in (ticket, "", "x", ticket[:-1] + "!", ticket.replace(person.id, music.house.owner.id)):
        with pytest.raises(InvalidStatus):
            await connect(address(music.house, f"/api/v1/playback/connect?ticket={tried}"))


async def test_who_is_signed_out_elsewhere_commands_no_more(music: Stage, person: Person) -> None:
    again = music.house.signed_in(person.username)
    headers = {"authorization": again.headers["authorization"]}
    async with connect(address(music.house), additional_headers=headers) as socket:
        await socket.send('{"kind":"join"}')
        await socket.recv()
        assert again.post("/auth/sign-out").status_code == 204
        with pytest.raises(InvalidStatus):
            await connect(address(music.house), additional_headers=headers)
