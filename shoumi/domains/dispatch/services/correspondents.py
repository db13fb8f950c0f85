"""往来单位与机关代字: the bodies outside that letters go to, and the word our own numbers begin with."""

from datetime import datetime

from shoumi.domains.dispatch.services.moving import REGISTRAR
from shoumi.kernel.numbering import parse_number
from shoumi.kernel.refusal import Refusal, Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Body, Person
from shoumi.platform.numbering.services import allot

ENTER = Action(
    "dispatch.correspondent", "登记往来单位", clause="dispatch.distribution", posts=REGISTRAR
)
WORD = Action(
    "dispatch.issuer_word",
    "登记机关代字",
    clause="dispatch.number",
    posts=frozenset({"office_director"}),
)


def enter_correspondent(*, actor: Person, at: datetime, name: str) -> Body:
    """A body that keeps no account here; letters may be listed for it from now on."""
    with act(actor, ENTER, at=at) as deed:
        said = "".join(name.split())
        if not said:
            raise Refusal(
                "请填写单位名称", clause="dispatch.distribution", way_on="写规范化简称或者全称"
            )
        if Body.objects.filter(name=said).exists():
            raise Stale(
                f"「{said}」已在单位名录中",
                clause="dispatch.distribution",
                way_on="直接列入分发名单",
            )
        code = f"W{allot('dispatch.correspondents', body=actor.body):05d}-{actor.body.code}"
        deed.subject = body = Body.objects.create(name=said[:80], code=code[:40], local=False)
        deed.note(name=said)
    return body


def enter_issuer_word(*, actor: Person, at: datetime, word: str) -> Body:
    """机关代字: what the numbers of our letters begin with; series already begun go on under theirs."""
    with act(actor, WORD, at=at) as deed:
        said = "".join(word.split())
        parse_number(f"{said}〔{day_of(at).year}〕1号")
        deed.subject = body = Body.objects.get(pk=actor.body_id)
        if body.issuer_word == said:
            raise Stale("机关代字没有改动", clause="dispatch.number", way_on="改好后再提交")
        deed.note(before=body.issuer_word, word=said)
        body.issuer_word = said
        body.save(update_fields=["issuer_word"])
    return body
