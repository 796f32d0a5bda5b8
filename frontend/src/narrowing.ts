import { whenFilled } from "./page";

// <input data-narrow> over a long list of boxes: shows those whose name has what is typed, and those that are ticked.
export function narrowing(): void {
  whenFilled(() => document.querySelectorAll<HTMLElement>(".narrowed .find-in").forEach((find) => { find.hidden = false; }));
  // Where there is little room, conditions that nobody set stand behind a fold; what is wrong in one opens it.
  const narrow = matchMedia("(max-width: 63.99rem)").matches;
  for (const more of document.querySelectorAll<HTMLDetailsElement>(".more-filters")) {
    const fields = more.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select");
    more.open = !narrow || [...fields].some((field) => field.value);
  }
  document.addEventListener("invalid", (event) => (event.target as HTMLElement).closest("details")?.setAttribute("open", ""), true);
  document.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    if (!input.matches?.("[data-narrow]")) return;
    const wanted = input.value.trim();
    for (const label of input.closest(".narrowed")?.querySelectorAll<HTMLElement>(".choices label") ?? []) {
      label.hidden = !label.textContent!.includes(wanted) && !label.querySelector<HTMLInputElement>("input")?.checked;
    }
  });
}
