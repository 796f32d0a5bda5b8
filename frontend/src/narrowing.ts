import { whenFilled } from "./page";

// <input data-narrow> over a long list of boxes: shows those whose name has what is typed, and those that are ticked.
export function narrowing(): void {
  whenFilled(() => document.querySelectorAll<HTMLElement>(".narrowed .find-in").forEach((find) => { find.hidden = false; }));
  document.addEventListener("input", (event) => {
    const input = event.target as HTMLInputElement;
    if (!input.matches?.("[data-narrow]")) return;
    const wanted = input.value.trim();
    for (const label of input.closest(".narrowed")?.querySelectorAll<HTMLElement>(".choices label") ?? []) {
      label.hidden = !label.textContent!.includes(wanted) && !label.querySelector<HTMLInputElement>("input")?.checked;
    }
  });
}
