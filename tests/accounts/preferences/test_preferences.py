"""Preferences: one's own, changed part by part, and not without end."""

import threading
from typing import Any

import pytest
from tests.support.houses import House, Person, problem

DEFAULTS = {"show_playing": True, "show_history": False, "apps": {}}


def changed(person: Person, **change: Any) -> dict[str, Any]:
    """Change preferences and return what they are then."""
    answer = person.client.patch("/me/preferences", json=change)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert person.client.get("/me/preferences").json() == found
    return found


def test_what_is_left_out_stays(house: House) -> None:
    person, other = house.newcomer("guest"), house.newcomer("guest")
    assert person.client.get("/me/preferences").json() == DEFAULTS
    assert changed(person) == DEFAULTS
    assert changed(person, show_playing=False) == {**DEFAULTS, "show_playing": False}
    web = {"theme": "dark", "volume": 0.5, "columns": ["title", None, 7]}
    assert changed(person, apps={"web": web})["apps"] == {"web": web}
    assert changed(person, apps={"phone": 5})["apps"] == {"web": web, "phone": 5}
    both = changed(person, apps={"web": None, "none": None}, show_history=True)
    assert both == {"show_playing": False, "show_history": True, "apps": {"phone": 5}}
    assert other.client.get("/me/preferences").json() == DEFAULTS


def test_apps_do_not_forget_what_another_keeps(house: House) -> None:
    person = house.newcomer("guest")
    names = [f"app {number}" for number in range(8)]
    threads = [threading.Thread(target=changed_by_app, args=(house, person, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert person.client.get("/me/preferences").json()["apps"] == dict.fromkeys(names, 1)


def changed_by_app(house: House, person: Person, name: str) -> None:
    """Let an app with a client of its own keep something."""
    answer = house.bearing(person.access_token).patch("/me/preferences", json={"apps": {name: 1}})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"show_playing": None}, "show_playing"),
        ({"show_playing": "no"}, "show_playing"),
        ({"theme": "dark"}, "theme"),
        ({"apps": {"": 1}}, "apps"),
        ({"apps": {"x" * 41: 1}}, "apps"),
        ({"apps": {str(n): 1 for n in range(21)}}, "apps"),
        ({"apps": {"web": "x" * 40_000}}, "apps"),
    ],
)
def test_what_cannot_be_kept_is_refused(house: House, change: dict[str, Any], field: str) -> None:
    members = problem(house.some("guest").client.patch("/me/preferences", json=change), 422, "invalid")
    assert members["field"].startswith(field)


def test_apps_cannot_fill_the_house_step_by_step(house: House) -> None:
    person = house.newcomer("guest")
    for number in range(3):
        changed(person, apps={f"{number}": "x" * 10_000})
    problem(person.client.patch("/me/preferences", json={"apps": {"3": "x" * 10_000}}), 422, "invalid")
    assert list(person.client.get("/me/preferences").json()["apps"]) == ["0", "1", "2"]


@pytest.mark.parametrize("deep", ["[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900, "[" * 100_000])
def test_depth_does_no_harm(house: House, deep: str) -> None:
    person = house.newcomer("guest")
    body = f'{{"apps":{{"web":{deep}}}}}'
    headers = {"content-type": "application/json"}
    answer = person.client.patch("/me/preferences", content=body, headers=headers)
    assert answer.status_code in (200, 422), answer.text
    assert person.client.get("/me/preferences").status_code == 200
