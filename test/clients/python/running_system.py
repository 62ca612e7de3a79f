"""The running system, as its environment variables name it."""

import os
import time

import grpc
import httpx
from archipelago_http import AuthenticatedClient

API_URL = os.environ["API_URL"]
CONTROL_URL = os.environ["CONTROL_URL"]
CONTROL_TOKEN = os.environ["CONTROL_TOKEN"]


def client_of(sub, *groups):
    """A client with an access token, as a sign-in would give one."""
    answer = httpx.post(
        f"{CONTROL_URL}/control/token",
        headers={"authorization": f"Bearer {CONTROL_TOKEN}"},
        json={"sub": sub, "groups": groups},
    )
    return AuthenticatedClient(base_url=API_URL, token=answer.raise_for_status().json()["accessToken"])


def channel_of_search():
    return grpc.insecure_channel(os.environ["SEARCH_ADDRESS"])


def eventually(what, read, within_seconds=30):
    """Reads until the answer is something; fails with `what` when it does not come."""
    end = time.monotonic() + within_seconds
    while time.monotonic() < end:
        answer = read()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {within_seconds} s: {what}")
