"""SM3, SM4 and the key ring: known answers, and nothing that was changed opens."""

import random
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoumi.platform.attachments import crypto
from shoumi.platform.attachments.crypto import KeyRing, NotAuthentic, Sealed, add_key


@pytest.fixture
def ring(tmp_path):
    return KeyRing.load(tmp_path)


@pytest.mark.clause("systems.encryption")
def test_known_answers_hold_and_a_wrong_one_stops_the_start(monkeypatch):
    crypto.crypto_self_test()
    monkeypatch.setattr(crypto, "sm3", lambda data: "0" * 64)
    with pytest.raises(crypto.SelfTestFailed):
        crypto.crypto_self_test()


def test_sm4_agrees_with_a_plain_reading_of_the_standard():
    """One million rounds of the standard are too long here; a thousand chained blocks are compared."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from gmalg import SM4

    key, block = bytes(range(16)), bytes(16)
    ours = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    other, theirs = SM4(key), block
    for _ in range(1_000):
        block, theirs = ours.update(block), other.encrypt(theirs)
    assert block == theirs


@settings(max_examples=200, deadline=None)
@given(plain=st.binary(max_size=300), bound=st.binary(max_size=40))
def test_what_is_sealed_opens_again(plain, bound):
    ring = KeyRing({"1": bytes(16)})
    assert ring.unseal(ring.seal(plain, bound=bound), bound=bound) == plain


@pytest.mark.clause("systems.transfer")
def test_no_flipped_bit_opens(ring):
    sealed = ring.seal(b"classified words" * 8, bound=b"a|b|1")
    chance = random.Random(7)
    for _ in range(300):
        cipher = bytearray(sealed.cipher)
        cipher[chance.randrange(len(cipher))] ^= 1 << chance.randrange(8)
        changed = Sealed(
            sealed.algorithm, sealed.key_id, sealed.nonce, sealed.wrapped, bytes(cipher)
        )
        with pytest.raises(NotAuthentic):
            ring.unseal(changed, bound=b"a|b|1")


def test_nothing_beside_the_cipher_text_can_be_changed(ring):
    one, two = ring.seal(b"one", bound=b"1"), ring.seal(b"two", bound=b"2")
    tries = [
        (one, b"2"),
        (Sealed(one.algorithm, one.key_id, two.nonce, one.wrapped, one.cipher), b"1"),
        (Sealed(one.algorithm, one.key_id, one.nonce, two.wrapped, one.cipher), b"1"),
        (Sealed(one.algorithm, one.key_id, one.nonce, one.wrapped, two.cipher), b"1"),
        (Sealed(one.algorithm, one.key_id, one.nonce, one.wrapped, b""), b"1"),
        (Sealed(one.algorithm, "9", one.nonce, one.wrapped, one.cipher), b"1"),
        (Sealed("SM9", one.key_id, one.nonce, one.wrapped, one.cipher), b"1"),
        (Sealed(one.algorithm, one.key_id, one.nonce, "xyz", one.cipher), b"1"),
    ]
    for sealed, bound in tries:
        with pytest.raises(NotAuthentic):
            ring.unseal(sealed, bound=bound)


def test_the_key_file_is_nobody_else_s_and_made_once(tmp_path):
    first = KeyRing.load(tmp_path)
    path = tmp_path / crypto.KEY_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyRing.load(tmp_path).keys == first.keys


def test_a_further_key_wraps_what_comes_and_the_old_one_opens_what_was(tmp_path):
    old = KeyRing.load(tmp_path)
    sealed = old.seal(b"words", bound=b"x")
    assert add_key(tmp_path) == "2"
    ring = KeyRing.load(tmp_path)
    assert ring.seal(b"more", bound=b"x").key_id == "2"
    assert ring.unseal(sealed, bound=b"x") == b"words"
    number, wrapped = ring.rewrap(sealed, bound=b"x")
    fresh = Sealed(sealed.algorithm, number, sealed.nonce, wrapped, sealed.cipher)
    assert KeyRing({"2": ring.keys["2"]}).unseal(fresh, bound=b"x") == b"words"


@pytest.mark.parametrize("text", ["", "1 00\n", "1 zz\n"])
def test_a_damaged_key_file_is_not_used(tmp_path, text):
    (tmp_path / crypto.KEY_FILE).write_text(text)
    with pytest.raises((NotAuthentic, ValueError)):
        KeyRing.load(tmp_path)
