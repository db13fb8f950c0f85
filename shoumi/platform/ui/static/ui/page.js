// 每个页面的小动作。没有脚本时页面照常可用。
import { guardForms } from "./once.js";
import { watchIdle } from "./idle.js";
import { offerPhrases } from "./phrases.js";
import { bindKeys, focusErrors } from "./keys.js";
import { openScanner } from "./scan.js";
import { choosers } from "./choose.js";

guardForms(document);
watchIdle(document.body);
offerPhrases(document);
bindKeys(document);
focusErrors(document);
choosers(document);
document.querySelectorAll("[data-scan]").forEach(openScanner);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
