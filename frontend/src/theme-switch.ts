// The switch in the user menu: light, dark, or as the device has it.
import { chosen, show, type Theme } from "./theme";

function mark(theme: Theme): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset["themeChoice"] === theme));
  }
}

export function themes(): void {
  mark(chosen());
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!button) return;
    const theme = button.dataset["themeChoice"] as Theme;
    localStorage.setItem("theme", theme);
    show(theme);
    mark(theme);
  });
}
