"""Files that a work made (导出的表): encrypted beside the work, for the one who began it, and for a day."""

from dataclasses import asdict, dataclass

from shoumi.platform.attachments import files
from shoumi.platform.attachments.crypto import KeyRing, Sealed
from shoumi.platform.works.under_way import Work, path_of_result


@dataclass(frozen=True, slots=True)
class Result:
    """A file to be fetched: its name, its media type and its bytes."""

    name: str
    media: str
    content: bytes


def keep(work: Work, result: Result) -> None:
    """Seal the bytes with a key of their own; what is needed to open them stands with the work."""
    sealed = KeyRing.load(files.folder()).seal(result.content, bound=work.key.encode())
    path_of_result(work.key).write_bytes(sealed.cipher)
    facts = {name: value for name, value in asdict(sealed).items() if name != "cipher"}
    work.file = {"name": result.name, "media": result.media, **facts}


def fetch(work: Work) -> Result:
    """The file of a work that is done."""
    said = dict(work.file)
    name, media = said.pop("name"), said.pop("media")
    sealed = Sealed(**said, cipher=path_of_result(work.key).read_bytes())
    content = KeyRing.load(files.folder()).unseal(sealed, bound=work.key.encode())
    return Result(name, media, content)
