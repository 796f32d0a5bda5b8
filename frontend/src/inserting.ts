// Text of the page put into a field by a press: data-insert at the caret, data-fill a template, data-replace a whole field.
let last: HTMLTextAreaElement | null = null;

export function insert(area: HTMLTextAreaElement, text: string): void {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

function field(id: string | undefined): HTMLTextAreaElement | null {
  const found = id ? document.getElementById(id) : last ?? document.querySelector("form[data-keep] textarea");
  return found instanceof HTMLTextAreaElement ? found : null;
}

function textOf(id: string | undefined): string {
  return document.getElementById(id ?? "")?.textContent ?? "";
}

// A template goes into empty fields as it is, and after what is written with a line between.
function fill(id: string): void {
  for (const part of document.querySelectorAll<HTMLElement>(`#${CSS.escape(id)} [data-for]`)) {
    const area = field(part.dataset["for"]);
    if (!area) continue;
    const text = part.textContent ?? "";
    area.value = area.value.trim() ? `${area.value}\n\n${text}` : text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.querySelector<HTMLElement>("form[data-keep] textarea")?.focus();
}

export function inserting(): void {
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.closest("form[data-keep]")) last = event.target;
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-insert], [data-fill], [data-replace]");
    if (!button) return;
    const { insert: source, into, fill: template, replace, with: other } = button.dataset;
    if (template) fill(template);
    const area = field(replace ?? into);
    if (!area) return;
    if (source) insert(area, textOf(source));
    if (replace) {
      area.value = textOf(other);
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    }
  });
}
