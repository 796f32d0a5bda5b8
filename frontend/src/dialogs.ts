// <button data-dialog="id"> opens the <dialog id="id">; [data-close] inside closes it. Esc and focus are the browser's.
import { whenFilled } from "./page";

export function dialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opener = target.closest<HTMLElement>("[data-dialog]");
    if (opener) {
      (document.getElementById(opener.dataset["dialog"]!) as HTMLDialogElement | null)?.showModal();
    }
    target.closest("[data-close]")?.closest("dialog")?.close();
  });
  // A dialog whose form came back with errors opens again, so that they are seen where they were made.
  whenFilled(() => document.querySelector<HTMLDialogElement>("dialog[data-open]:not([open])")?.showModal());
}
