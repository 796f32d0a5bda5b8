// Messages at the edge of the page. Good news leaves by itself; a fault stays until it is closed.
const LINGER = 8000;

export function toast(text: string, tone = "success"): void {
  const list = document.getElementById("toasts");
  const mould = document.getElementById("toast") as HTMLTemplateElement | null;
  if (!list || !mould) return;
  const item = (mould.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  item.dataset["tone"] = tone;
  item.querySelector("p")!.textContent = text;
  list.append(item);
  attend(item);
}

function attend(item: HTMLElement): void {
  item.querySelector("button")?.addEventListener("click", () => item.remove());
  if (item.dataset["tone"] === "danger" || item.dataset["tone"] === "warning") return;
  let timer = 0;
  const start = () => (timer = window.setTimeout(() => item.remove(), LINGER));
  const stop = () => window.clearTimeout(timer);
  item.addEventListener("pointerenter", stop);
  item.addEventListener("focusin", stop);
  item.addEventListener("pointerleave", start);
  item.addEventListener("focusout", start);
  start();
}

export function toasts(): void {
  // A live region speaks only of what is added to it, so what came with the page is added again.
  for (const item of [...document.querySelectorAll<HTMLElement>("#toasts > .toast")]) {
    item.remove();
    window.setTimeout(() => {
      document.getElementById("toasts")?.append(item);
      attend(item);
    }, 100);
  }
  document.addEventListener("toast", (event) => {
    const { text, tone } = (event as CustomEvent<{ text: string; tone?: string }>).detail;
    toast(text, tone);
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-toast]");
    if (button) toast(button.dataset["toast"]!);
  });
}
