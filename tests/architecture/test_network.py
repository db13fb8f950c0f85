"""Tests run on an isolated machine; conftest.py refuses every other address."""

import socket

import pytest


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("192.0.2.1", 80))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("example.org", 443), timeout=1)
    with pytest.raises(ConnectionRefusedError):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_stays_within_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = server.getsockname()
        socket.create_connection(here, timeout=5).close()
