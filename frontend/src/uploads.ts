// Files on their way: refused here when too large, with a bar while they go, and the server's words when it refuses.
import { toast } from "./toasts";

function refused(input: HTMLInputElement, most: string): string | null {
  const over = [...(input.files ?? [])].find((file) => file.size > parseInt(most, 10) * 1024 * 1024);
  if (!over) return null;
  input.value = "";
  return `${over.name}: ${most}를 넘어 올리지 않았습니다. 나누어 올리십시오.`;
}

function tooLarge(form: HTMLFormElement): string | null {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    const fault = refused(input, form.dataset["upload"]!);
    if (fault) return fault;
  }
  return null;
}

export function uploads(): void {
  document.addEventListener("change", (event) => {
    const input = event.target as HTMLInputElement;
    const fault = input.matches?.("input[type=file][data-most]") ? refused(input, input.dataset["most"]!) : null;
    if (fault) toast(fault, "danger");
  });
  document.addEventListener("htmx:confirm", (event) => {
    const form = event.target as HTMLFormElement;
    const fault = form.matches?.("form[data-upload]") ? tooLarge(form) : null;
    if (!fault) return;
    event.preventDefault();
    toast(fault, "danger");
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const { loaded, total } = (event as CustomEvent<{ loaded: number; total: number }>).detail;
    const told = (event.target as Element).querySelector<HTMLElement>("[data-progress]");
    if (!told || !total) return;
    told.hidden = false;
    told.querySelector("progress")!.value = (100 * loaded) / total;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail, target } = event as CustomEvent;
    const own = (detail.requestConfig?.elt as Element | undefined)?.hasAttribute("data-own-faults");
    const page = (detail.xhr as XMLHttpRequest).getResponseHeader("Content-Type")?.startsWith("text/html");
    if (!own || !page || !target || ![409, 413, 422].includes(detail.xhr.status as number)) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
}
