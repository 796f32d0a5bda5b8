// Lists: rows chosen by their boxes or by "x", counted in the bar that acts on them; saved views know the address.
import { toast } from "./toasts";

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>('input[type="checkbox"][form="chosen"]')];
}

function tell(): void {
  const form = document.getElementById("chosen");
  const count = form?.querySelector("[data-count]");
  if (!form || !count) return;
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  if (count.textContent !== String(chosen)) count.textContent = String(chosen);
  form.dataset["any"] = String(chosen > 0);
  const button = form.querySelector<HTMLElement>("[data-choose-all]");
  if (button) button.textContent = chosen === all.length && chosen ? "모두 풀기" : "모두 고르기";
}

export function choose(): void {
  const row = document.activeElement?.closest("[data-row]");
  row?.querySelector<HTMLInputElement>('input[form="chosen"]')?.click();
}

export function lists(): void {
  document.addEventListener("change", (event) => {
    if ((event.target as Element).matches('input[form="chosen"]')) tell();
  });
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-choose-all]")) {
      const all = boxes();
      const on = !all.every((box) => box.checked);
      for (const box of all) box.checked = on;
      tell();
    }
    // A large sheet takes seconds to make, and the page stays as it is meanwhile.
    if (target.closest("a[data-making]")) toast("표를 만들고 있습니다. 건수가 많으면 몇 초 걸립니다.", "info");
    // A menu closes when one presses elsewhere.
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.drop[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  });
  // htmx changes the address after the page was made: what is saved is what is seen.
  document.addEventListener("submit", (event) => {
    const address = (event.target as Element).querySelector<HTMLInputElement>("[data-address]");
    if (address) address.value = location.search;
  });
  document.addEventListener("htmx:afterSwap", tell);
  window.addEventListener("pageshow", tell);
  tell();
}
