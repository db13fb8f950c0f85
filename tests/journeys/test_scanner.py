"""The scan box under a keyboard-wedge scanner: input methods, CapsLock, Tab, repeats, joined and half codes."""

import random
from pathlib import Path

import pytest

from shoumi.kernel import labelcode
from shoumi.kernel.refusal import Refusal

SCRIPT = Path(__file__).resolve().parents[2] / "shoumi/platform/ui/static/ui/scan.js"
PAGE = """<form method="post" data-scan><input class="scan-box" name="code"><p class="scan-said"></p></form>"""
# What a browser says of a key: under an input method the sign is hidden, the place of the key is not.
TYPE = """
window.sent = [];
const form = document.querySelector("form");
form.addEventListener("submit", (e) => { e.preventDefault(); window.sent.push(form.code.value); form.code.value = ""; });
openScanner(form);
window.key = (sign, how) => {
  const code = /^[A-Z]$/.test(sign) ? "Key" + sign : /^[0-9]$/.test(sign) ? "Digit" + sign
    : sign === "-" ? "Minus" : sign;
  const hidden = how === "ime";
  const told = { code, key: hidden ? "Process" : how === "caps" ? sign.toLowerCase() : sign,
    keyCode: hidden ? 229 : sign.length === 1 ? sign.charCodeAt(0) : 0, bubbles: true, cancelable: true };
  const event = new KeyboardEvent("keydown", told);
  if (form.code.dispatchEvent(event) && sign.length === 1 && !hidden) form.code.value += sign;
};
window.scan = (text, how, end) => {
  if (how === "caps") window.key("CapsLock", how);
  for (const sign of text) window.key(sign, how);
  if (how === "caps") window.key("CapsLock", how);
  if (end) window.key(end, how);
};
"""


@pytest.fixture
def box(chromium):
    """The scan box alone in a page whose clock we turn."""
    page = chromium.new_page()
    page.clock.install()
    page.set_content(PAGE)
    script = SCRIPT.read_text(encoding="utf-8").replace("export function", "function")
    page.add_script_tag(content=script + TYPE)
    yield page
    page.close()


def codes(count):
    chance = random.Random(3)
    return [labelcode.new_code(chance.randbytes(8)) for _ in range(count)]


@pytest.mark.clause("carriers.label.code")
@pytest.mark.parametrize("how", ["plain", "ime", "caps"])
@pytest.mark.parametrize("end", ["Enter", "Tab"])
def test_a_scan_is_one_code_whatever_the_keyboard_is_set_to(box, how, end):
    (code,) = codes(1)
    box.evaluate("([c, h, e]) => window.scan(c, h, e)", [code, how, end])
    assert box.evaluate("window.sent") == [code]


@pytest.mark.clause("carriers.label.code")
def test_the_same_label_twice_at_once_is_one_and_later_is_two(box):
    (code,) = codes(1)
    scan = "([c]) => window.scan(c, 'ime', 'Enter')"
    box.evaluate(scan, [code])
    box.clock.run_for(900)
    box.evaluate(scan, [code])
    assert box.evaluate("window.sent") == [code]
    assert "未重复登记" in box.inner_text(".scan-said")
    box.clock.run_for(1600)
    box.evaluate(scan, [code])
    assert box.evaluate("window.sent") == [code, code]


@pytest.mark.clause("carriers.label.code")
def test_in_five_hundred_scans_of_every_sort_no_wrong_code_gets_through(box):
    chance, meant, asked = random.Random(7), [], []
    for code in codes(500):
        sort = chance.choice(["whole"] * 6 + ["half", "joined", "wrong", "no end"])
        text, end = code, chance.choice(["Enter", "Tab"])
        if sort == "half":
            text = code[: chance.randrange(1, 13)]
        elif sort == "joined":
            text = code + codes(1)[0]
        elif sort == "wrong":
            place = chance.choice([4, 5, 6, 7, 8, 9, 10, 11])
            text = code[:place] + ("2" if code[place] != "2" else "3") + code[place + 1 :]
        elif sort == "no end":
            end = ""
        else:
            meant.append(code)
        asked.append([text, chance.choice(["plain", "ime", "caps"]), end])
    for one in asked:
        box.evaluate("([c, h, e]) => window.scan(c, h, e)", one)
        box.clock.run_for(4_000)
    taken = []
    for sent in box.evaluate("window.sent"):
        try:
            taken.append(labelcode.check(sent))
        except Refusal:
            continue
    assert taken == meant
