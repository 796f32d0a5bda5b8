// Forms that lose nothing: a warning before leaving typed text behind, and one sending for one press.
import { whenFilled } from "./page";

import { toast } from "./toasts";

const CHANGED = "changed";
const PATIENCE = 10_000; // a form answered by a file leaves the page standing

function guarded(form: HTMLFormElement): boolean {
  return form.method === "post" && !form.hasAttribute("data-unguarded");
}

function send(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  // A file that comes for an answer leaves the page as it is: the next press is another.
  if (event.defaultPrevented || form.method === "dialog" || event.submitter?.hasAttribute("data-file")) return;
  if (!navigator.onLine) {
    event.preventDefault();
    toast("네트워크가 끊겨 보내지 않았습니다. 적은 내용은 그대로 있으니 이어진 뒤 다시 보내십시오.", "danger");
    return;
  }
  if (form.dataset["sending"]) {
    event.preventDefault();
    return;
  }
  form.dataset["sending"] = "true";
  delete form.dataset[CHANGED];
  // Marked, not disabled: a disabled button would take its name and value out of what is sent.
  event.submitter?.setAttribute("aria-disabled", "true");
  window.setTimeout(settle, PATIENCE);
}

export function settle(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sending]:not([data-uploading])")) {
    delete form.dataset["sending"];
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
}

function count(area: HTMLTextAreaElement): void {
  const told = document.getElementById(`${area.id}_count`);
  if (told) told.textContent = `${area.value.length.toLocaleString("ko")} / ${area.maxLength.toLocaleString("ko")}자`;
}

export function forms(): void {
  document.addEventListener("input", (event) => {
    const form = (event.target as HTMLInputElement).form;
    if (form && guarded(form)) form.dataset[CHANGED] = "true";
    if (event.target instanceof HTMLTextAreaElement) count(event.target);
  });
  document.addEventListener("change", (event) => {
    const control = (event.target as Element).closest<HTMLInputElement>("[data-autosubmit]");
    control?.form?.requestSubmit();
  });
  document.addEventListener("submit", send);
  document.addEventListener("htmx:afterRequest", settle);
  window.addEventListener("pageshow", settle);
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-changed]:not([data-sending]), form[data-uploading=true]")) event.preventDefault();
  });
  whenFilled(() => {
    document.querySelector<HTMLElement>("[data-focus]")?.focus();
    for (const area of document.querySelectorAll("textarea")) count(area);
  });
}
