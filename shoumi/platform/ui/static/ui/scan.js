// 扫码:按物理键位读取,不受输入法和大小写锁定影响;一次扫描只提交一次。
// 用法:<form data-scan data-pattern="[A-Z0-9-]{6,40}"> 内有 <input name="code" class="scan-box">。
const REPEAT = 1500;
const GAP = 300;

export function readKey(event) {
  const code = event.code;
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  if (/^(Digit|Numpad)[0-9]$/.test(code)) return code.slice(-1);
  if (code === "Minus" || code === "NumpadSubtract") return "-";
  return "";
}

export function normal(text) {
  return text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 65248))
    .toUpperCase().replace(/\s+/g, "");
}

export function openScanner(form) {
  const field = form.querySelector("input[name=code]");
  const said = form.querySelector(".scan-said");
  const pattern = new RegExp("^(?:" + (form.dataset.pattern || "[A-Z0-9-]{6,40}") + ")$");
  let text = "";
  let lastKey = 0;
  let lastCode = "";
  let lastSent = 0;

  function show(words, good) {
    if (!said) return;
    said.textContent = words;
    said.className = "scan-said " + (good ? "is-good" : "is-bad");
  }

  function finish() {
    const code = normal(text || field.value);
    const now = Date.now();
    text = "";
    if (!code) return;
    field.value = code;
    if (!pattern.test(code)) {
      show("不是本系统的条码：" + code, false);
      field.value = "";
    } else if (code === lastCode && now - lastSent < REPEAT) {
      show("刚扫过，未重复登记：" + code, false);
    } else {
      lastCode = code;
      lastSent = now;
      form.requestSubmit ? form.requestSubmit() : form.submit();
    }
  }

  field.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.code === "Enter" || event.code === "NumpadEnter"
        || (event.code === "Tab" && text)) {
      event.preventDefault();
      finish();
      return;
    }
    if (event.code === "Backspace") {
      text = "";
      return;
    }
    const key = readKey(event);
    if (!key) return;
    event.preventDefault();
    const now = Date.now();
    if (!text || now - lastKey > GAP * 10) text = "";
    if (!text) field.value = "";
    lastKey = now;
    text += key;
    field.value = text;
  });
  window.addEventListener("focus", () => field.focus());
  document.addEventListener("htmx:afterSwap", () => { field.value = ""; field.focus(); });
  field.focus();
}
