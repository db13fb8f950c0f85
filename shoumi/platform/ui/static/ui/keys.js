// 键盘:/ 到查找框,Alt+数字到菜单,Esc 关闭提示;有错误时焦点到错误汇总。
export function bindKeys(root) {
  root.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "/" && !typing) {
      const find = root.getElementById("find");
      if (find) {
        event.preventDefault();
        find.focus();
      }
    } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      const links = root.querySelectorAll(".side a");
      const link = links[Number(event.code.slice(5)) - 1];
      if (link) {
        event.preventDefault();
        link.focus();
      }
    }
  });
}

export function focusErrors(root) {
  const errors = root.getElementById("errors");
  if (errors) errors.focus();
}
