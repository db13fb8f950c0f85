// 常用语:点一下填入意见栏。
export function offerPhrases(root) {
  root.querySelectorAll("[data-phrases]").forEach((box) => {
    const field = document.getElementById(box.dataset.phrases);
    if (!field) return;
    box.hidden = false;
    box.addEventListener("click", (event) => {
      if (event.target.tagName !== "BUTTON") return;
      field.value += event.target.textContent;
      field.focus();
    });
  });
}
