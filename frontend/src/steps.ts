// <form data-steps>: a page of steps whose state stands in a field of the form. The browser's own back, forward and
// reload work, though no address tells the state: each step keeps it in this tab's history, and nowhere else.
import { show as fill } from "./page";
import { toast } from "./toasts";

function state(): string | undefined {
  return document.querySelector<HTMLInputElement>("form[data-steps] [name=state]")?.value;
}

async function show(address: string, sent: FormData): Promise<boolean> {
  const answer = await fetch(address, { method: "POST", body: sent, credentials: "omit" });
  if (answer.status !== 200 && answer.status !== 422) throw new Error(String(answer.status));
  fill(new DOMParser().parseFromString(await answer.text(), "text/html"));
  scrollTo(0, 0);
  document.querySelector<HTMLElement>("#page :is([data-focus], input#answer, h1[tabindex], h1)")?.focus();
  return answer.status === 200;
}

async function step(event: SubmitEvent): Promise<void> {
  const form = event.target as HTMLFormElement;
  if (!form.hasAttribute("data-steps")) return;
  event.preventDefault();
  const sent = new FormData(form, event.submitter);
  try {
    if (await show(form.action, sent)) history.pushState({ steps: state(), address: form.action }, "");
  } catch {
    toast("서버에 닿지 못했습니다. 네트워크를 확인한 뒤 다시 누르십시오.", "danger");
  }
}

async function again(kept: { steps?: string; address?: string } | null): Promise<void> {
  if (!kept?.steps || !kept.address) return;
  const sent = new FormData();
  sent.set("state", kept.steps);
  sent.set("act", "show");
  await show(kept.address, sent).catch(() => toast("서버에 닿지 못했습니다.", "danger"));
}

export function steps(): void {
  if (!document.querySelector("form[data-steps]")) return;
  // Before the guard of other forms marks it as sent: this page stays.
  document.addEventListener("submit", step, { capture: true });
  window.addEventListener("popstate", (event) => {
    if (event.state) void again(event.state);
    else location.reload();
  });
  void again(history.state);
}
