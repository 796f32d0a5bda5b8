// "j" and "k" along a list, "o" to open a row, "x" to choose it, "/" to the search box, "?" to the list of keys, "g" then a letter to a page of the menu.
import { choose } from "./lists";
import { walk } from "./rows";

function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

export function keys(): void {
  // Never yet: a page that is younger than the wait must not take any letter for the second one.
  let going = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      event.preventDefault();
      document.querySelector<HTMLInputElement>("[data-search]")?.select();
    } else if (event.key === "?") {
      (document.getElementById("keys") as HTMLDialogElement | null)?.showModal();
    } else if (event.key === "j" || event.key === "k") {
      walk(event.key === "j" ? 1 : -1);
    } else if (event.key === "o" && event.timeStamp - going >= 1500) {
      document.activeElement?.closest<HTMLElement>("[data-row] a[data-open]")?.click();
    } else if (event.key === "x") {
      choose();
    } else if (event.key === "g") {
      going = event.timeStamp;
    } else if (event.timeStamp - going < 1500) {
      going = -Infinity;
      event.stopImmediatePropagation();
      document.querySelector<HTMLAnchorElement>(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    }
  });
}
