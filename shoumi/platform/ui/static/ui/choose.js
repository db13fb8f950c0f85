// 选项多时可打字筛选;没有脚本时就是普通下拉框。
const MANY = 12;

export function choosers(root) {
  if (!window.TomSelect) return;
  root.querySelectorAll("form select").forEach((select) => {
    if (select.options.length > MANY || select.hasAttribute("data-choose")) {
      new window.TomSelect(select, {
        maxOptions: 300,
        plugins: select.multiple ? ["remove_button"] : [],
        render: { no_results: () => "<div class=\"no-results\">没有符合的选项</div>" },
      });
    }
  });
}
