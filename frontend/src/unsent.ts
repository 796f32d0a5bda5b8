// What a form sent while its session was over, or its page too old: put back once the person has signed in again.
// So are the rows that were chosen in a list, where the server refused what was to be done with them.
import { toast } from "./toasts";

const KEPT = "unsent"; // in this tab only, and gone with it
const OWN = /^(csrfmiddlewaretoken|once)$/;

interface Unsent { viewer: string; action: string; fields: [string, string][]; stopped?: boolean }

const viewer = () => document.body.dataset["viewer"] ?? "";
const account = () => location.pathname.startsWith("/account/");
const place = (form: HTMLFormElement) => new URL(form.getAttribute("action") || "", location.href).pathname;

function keep(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  // The editor of an answer keeps its text by itself.
  if (event.defaultPrevented || form.method !== "post" || !viewer() || account() || form.dataset["keep"]) return;
  const told = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.test(name));
  const sent: Unsent = { viewer: viewer(), action: place(form), fields: told as [string, string][] };
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(sent));
  } catch {
    sessionStorage.removeItem(KEPT); // larger than this browser keeps
  }
}

function put(form: HTMLFormElement, fields: Unsent["fields"]): void {
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && (control.type === "hidden" || control.type === "file")) continue;
    const given = fields.filter(([name]) => name === (control as HTMLInputElement).name).map(([, value]) => value);
    if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) control.checked = given.includes(control.value);
    else if (control instanceof HTMLSelectElement) for (const option of control.options) option.selected = given.includes(option.value);
    else if (given.length && (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) control.value = given[0]!;
  }
}

function again(): void {
  const text = sessionStorage.getItem(KEPT);
  if (!text) return;
  const sent = JSON.parse(text) as Unsent;
  // On the way: the sign-in, or a page that says what went wrong. It was not taken, whatever comes next.
  if (account() || document.querySelector("[data-stopped]")) {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...sent, stopped: true }));
    return;
  }
  sessionStorage.removeItem(KEPT);
  // The server led back here with a fault: what was chosen in the list is chosen still.
  const refused = Boolean(document.querySelector('#toasts [data-tone="danger"]'));
  // Whoever signs in on this machine after somebody else must not see their words.
  if (!(sent.stopped || refused) || sent.viewer !== viewer()) return;
  const form = [...document.forms].find((one) => one.method === "post" && place(one) === sent.action);
  if (!form) return;
  put(form, sent.fields);
  if (!sent.stopped) return;
  const dialog = form.closest("dialog");
  if (dialog && !dialog.open) dialog.showModal();
  form.dataset["changed"] = "true";
  toast("보내지 못한 내용을 되살렸습니다. 아직 보내지 않았으니 확인하고 다시 보내십시오. 고른 파일은 다시 골라야 합니다.", "warning");
}

export function unsent(): void {
  document.addEventListener("submit", keep);
  again();
}
