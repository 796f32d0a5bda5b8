// Runs before the first paint, so that a page never flashes in the wrong theme. Small on purpose: it blocks.
export type Theme = "light" | "dark" | "auto";

export function chosen(): Theme {
  try {
    const kept = localStorage.getItem("theme");
    return kept === "light" || kept === "dark" ? kept : "auto";
  } catch {
    return "auto"; // storage is switched off in this browser
  }
}

export function show(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

show(chosen());
