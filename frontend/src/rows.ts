// Rows of a list: <tr data-row> or <li data-row> with one <a data-open>. A press anywhere opens it; j and k walk down and up.
function openers(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row] a[data-open]")];
}

export function walk(step: number): void {
  const all = openers();
  const here = all.findIndex((one) => one === document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: "nearest" });
}

export function rows(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (event.defaultPrevented || target.closest("a, button, input, label, summary")) return;
    if (getSelection()?.toString()) return; // marking text is not opening
    target.closest("[data-row]")?.querySelector<HTMLElement>("a[data-open]")?.click();
  });
}
