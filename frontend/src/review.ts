// The review before publication: "j" and "k" from place to place, and a key for each button of the place one is at.
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

export function review(): void {
  document.addEventListener("keydown", (event) => {
    const places = [...document.querySelectorAll<HTMLElement>("[data-place]")];
    if (!places.length || event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const at = places.findIndex((place) => place.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const next = places[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
      return;
    }
    const place = places[at] ?? places.find((one) => one.classList.contains("open"));
    place?.querySelector<HTMLButtonElement>(`[data-press="${CSS.escape(event.key)}"]`)?.click();
  });
}
