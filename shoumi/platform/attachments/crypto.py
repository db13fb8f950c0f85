"""Ciphers (密码算法) behind one small interface: SM3 digests, SM4-GCM, and keys wrapped by the installation's.

Every file has a data key of its own, wrapped by a key of `attachments.key`; beside each cipher text stand
its algorithm and the key's number, so that either can be replaced. 商用密码 protects only what is no state
secret: a classified installation needs the certified module in this place.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from shoumi.kernel.chain import sm3

KEY_FILE = "attachments.key"
KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16


class NotAuthentic(Exception):
    """The cipher text, its key or what it is bound to is not what was sealed."""


class SelfTestFailed(RuntimeError):
    """The algorithms of this machine give wrong answers: nothing may start."""


class Provider(Protocol):
    """What a cipher module must offer: software, card or service."""

    algorithm: str

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes: ...

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes: ...


class Soft:
    """SM4-GCM (GB/T 32907, GB/T 36624) in software; the tag stands at the end of the cipher text."""

    algorithm = "SM4-GCM"

    def seal(self, key: bytes, nonce: bytes, plain: bytes, bound: bytes) -> bytes:
        cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(bound)
        return cipher.update(plain) + cipher.finalize() + cipher.tag

    def unseal(self, key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
        if len(sealed) < TAG_BYTES:
            raise NotAuthentic("cipher text too short")
        body, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        cipher = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
        cipher.authenticate_additional_data(bound)
        try:
            return cipher.update(body) + cipher.finalize()
        except InvalidTag:
            raise NotAuthentic("tag does not match") from None


PROVIDERS: dict[str, Provider] = {Soft.algorithm: Soft()}
CURRENT = Soft.algorithm


@dataclass(frozen=True)
class Sealed:
    """A cipher text and all that is needed to open it, except the installation's key."""

    algorithm: str
    key_id: str
    nonce: str
    wrapped: str
    cipher: bytes


class KeyRing:
    """The keys of `attachments.key`, one a line as `number hexadecimal`; the last one is current."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        self.keys = keys

    @classmethod
    def load(cls, folder: Path) -> "KeyRing":
        """Read the ring, or make it with its first key where the installation has none yet."""
        path = folder / KEY_FILE
        if not path.exists():
            _write_new(path, _line("1"))
        lines = path.read_text(encoding="ascii").split("\n")
        keys = {number: bytes.fromhex(key) for number, key in (x.split() for x in lines if x)}
        if not keys or any(len(key) != KEY_BYTES for key in keys.values()):
            raise NotAuthentic(f"{KEY_FILE} is damaged")
        return cls(keys)

    @property
    def current(self) -> str:
        return list(self.keys)[-1]

    def seal(self, plain: bytes, *, bound: bytes) -> Sealed:
        """Encrypt with a fresh key and wrap that key; both are bound to the same words."""
        provider = PROVIDERS[CURRENT]
        key, nonce = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(NONCE_BYTES)
        return Sealed(
            algorithm=provider.algorithm,
            key_id=self.current,
            nonce=nonce.hex(),
            wrapped=self._wrap(key, bound),
            cipher=provider.seal(key, nonce, plain, bound),
        )

    def unseal(self, sealed: Sealed, *, bound: bytes) -> bytes:
        """The plain bytes, or NotAuthentic when anything about them was changed."""
        provider = PROVIDERS.get(sealed.algorithm)
        if provider is None:
            raise NotAuthentic(f"unknown algorithm {sealed.algorithm}")
        key = self._unwrap(sealed, bound)
        return provider.unseal(key, _bytes(sealed.nonce), sealed.cipher, bound)

    def rewrap(self, sealed: Sealed, *, bound: bytes) -> tuple[str, str]:
        """Number of the current key and the data key wrapped by it; the cipher text stays."""
        return self.current, self._wrap(self._unwrap(sealed, bound), bound)

    def _wrap(self, key: bytes, bound: bytes) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        master = self.keys[self.current]
        return (nonce + PROVIDERS[CURRENT].seal(master, nonce, key, b"key|" + bound)).hex()

    def _unwrap(self, sealed: Sealed, bound: bytes) -> bytes:
        master = self.keys.get(sealed.key_id)
        if master is None:
            raise NotAuthentic(f"unknown key {sealed.key_id}")
        raw = _bytes(sealed.wrapped)
        nonce, wrapped = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        return PROVIDERS[sealed.algorithm].unseal(master, nonce, wrapped, b"key|" + bound)


def add_key(folder: Path) -> str:
    """A further key becomes the current one; older ones stay for what they wrapped."""
    ring = KeyRing.load(folder)
    number = str(max(int(n) for n in ring.keys) + 1)
    lines = [f"{n} {key.hex()}\n" for n, key in ring.keys.items()]
    fresh = folder / f"{KEY_FILE}.new"
    _write_new(fresh, "".join(lines) + _line(number))
    os.replace(fresh, folder / KEY_FILE)
    return number


def crypto_self_test() -> None:
    """Known answers of SM3 (GB/T 32905), SM4 (GB/T 32907) and SM4-GCM (RFC 8998) at every start."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = b"".join(bytes([x]) * 8 for x in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    sealed = Soft().seal(key, nonce, plain, bound)
    answers = {
        sm3(b"abc"): "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        block.update(key).hex(): "681edf34d206965e86b3e94f536e4246",
        sealed[:16].hex(): "17f399f08c67d5ee19d0dc9969c4bb7d",
        sealed[-16:].hex(): "83de3541e4c2b58177e065a9bf7b62ec",
    }
    if any(given != wanted for given, wanted in answers.items()):
        raise SelfTestFailed("密码算法自检未通过，拒绝启动")


def _line(number: str) -> str:
    return f"{number} {secrets.token_hex(KEY_BYTES)}\n"


def _write_new(path: Path, text: str) -> None:
    """A file that nobody else reads, on the disk before anything is encrypted with it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(text)
        target.flush()
        os.fsync(target.fileno())


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotAuthentic("not hexadecimal") from None
