// "j" and "k" along a list, "o" to open a row, "x" to choose it, "/" to the search box, "?" to the list of keys, "g" then a letter to a page of the menu.
import { choose } from "./lists";
import { walk } from "./rows";

function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

// The letter of the key: with the Korean input on (or capitals) it is the same key.
function letter(event: KeyboardEvent): string {
  const latin = /^[a-z]$/i.test(event.key) ? event.key : /^Key([A-Z])$/.exec(event.code)?.[1];
  return latin?.toLowerCase() ?? event.key;
}

export function keys(): void {
  // Never yet: a page that is younger than the wait must not take any letter for the second one.
  let going = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = letter(event);
    if (key === "/") {
      event.preventDefault();
      document.querySelector<HTMLInputElement>("[data-search]")?.select();
    } else if (key === "?") {
      (document.getElementById("keys") as HTMLDialogElement | null)?.showModal();
    } else if (key === "j" || key === "k") {
      walk(key === "j" ? 1 : -1);
    } else if (key === "o" && event.timeStamp - going >= 1500) {
      document.activeElement?.closest<HTMLElement>("[data-row] a[data-open]")?.click();
    } else if (key === "x") {
      choose();
    } else if (key === "g") {
      going = event.timeStamp;
    } else if (event.timeStamp - going < 1500) {
      going = -Infinity;
      event.stopImmediatePropagation();
      document.querySelector<HTMLAnchorElement>(`[data-key="${CSS.escape(key)}"]`)?.click();
    }
  });
}
