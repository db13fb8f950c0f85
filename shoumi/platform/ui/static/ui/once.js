// 防止连点两次:提交后按钮停用,从别的页面返回时恢复。服务器另有一次性表单号把关。
export function guardForms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // 下载不离开本页,过一会儿恢复。
    const again = form.hasAttribute("data-download") ? 4000 : 30000;
    setTimeout(() => mark(form, true), 0);
    setTimeout(() => release(form), again);
  });
  // 局部刷新的表单(如扫码)留在本页,答复一到就可再用。
  root.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest("form");
    if (form) release(form);
  });
  window.addEventListener("pageshow", () => {
    root.querySelectorAll("form[data-sent]").forEach(release);
  });
}

function release(form) {
  delete form.dataset.sent;
  mark(form, false);
}

function mark(form, off) {
  form.querySelectorAll("button:not([type=button])").forEach((button) => {
    button.setAttribute("aria-disabled", off ? "true" : "false");
  });
}
