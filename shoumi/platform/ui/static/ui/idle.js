// 久未操作:到时前一分钟提醒,点「继续」即算一次操作;到时回到登录页。
const WARNING = 60;

export function watchIdle(body) {
  const limit = Number(body.dataset.idle || 0);
  const box = document.querySelector(".idle");
  if (!limit || !box) return;
  let last = Date.now();
  const left = box.querySelector("[data-left]");
  const stay = box.querySelector("[data-stay-here]");
  // 只有向服务器发出的请求才算操作,本页打字不算;定时刷新(data-poll)不算。与服务器的计时一致。
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.elt.hasAttribute("data-poll")) last = Date.now();
  });
  stay.addEventListener("click", () => {
    fetch(body.dataset.stay, { credentials: "same-origin", redirect: "error" }).then((answer) => {
      if (answer.ok) {
        last = Date.now();
        box.hidden = true;
      }
    }).catch(() => window.location.reload());
  });
  setInterval(() => {
    const seconds = limit - Math.floor((Date.now() - last) / 1000);
    if (seconds <= 0) {
      window.location.reload();
    } else if (seconds <= WARNING) {
      left.textContent = String(seconds);
      if (box.hidden) {
        box.hidden = false;
        stay.focus();
      }
    }
  }, 1000);
}
