// Files on their way: refused where they are chosen when too large, sent with a bar that tells how far and can be
// stopped, and the server's words at their field. Without this script each form is a plain one, refused by the server.
import { settle } from "./forms";
import { show } from "./page";

const FILE = "input[type=file]";
const UNSENT = "올리지 못했습니다. 네트워크를 확인하십시오. 고른 뒤에 고친 파일이면 다시 고르고, 아니면 그대로 다시 누르십시오.";

function weight(bytes: number): string {
  const [value, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "KB"] : [bytes / 1024 ** 2, "MB"];
  return `${value.toLocaleString("ko", { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

function inputs(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.elements ?? [])].filter((one): one is HTMLInputElement => one.matches(FILE));
}

function tell(input: HTMLInputElement, text: string): void {
  const told = document.getElementById(`${input.id}_error`);
  if (told) told.textContent = text;
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

// What is wrong with what was chosen: one file over its limit, or all of the form over what one sending may weigh.
function fault(input: HTMLInputElement): string {
  const most = Number(input.dataset["most"]);
  const over = [...(input.files ?? [])].find((file) => file.size > most);
  if (over) return `${over.name}: ${weight(over.size)}입니다. ${weight(most)}까지 올릴 수 있으니 나누어 올리십시오.`;
  const all = inputs(input.form).flatMap((one) => [...(one.files ?? [])]);
  const sum = all.reduce((sum, file) => sum + file.size, 0);
  if (sum <= most) return "";
  return `고른 파일 ${all.length}개가 모두 ${weight(sum)}입니다. 한 번에 ${weight(most)}까지 보낼 수 있으니 나누어 올리십시오.`;
}

function chosen(event: Event): void {
  const input = event.target as HTMLInputElement;
  if (!input.matches?.(`${FILE}[data-most]`)) return;
  const text = fault(input);
  tell(input, text);
  if (!text) return;
  input.value = "";
  event.stopImmediatePropagation(); // nothing is sent of itself
}

// The bar, made from the mould that stands with the field.
function bar(input: HTMLInputElement, stop: () => void): (done: number, total: number) => void {
  const field = input.closest(".field")!;
  field.append((field.querySelector("template") as HTMLTemplateElement).content.cloneNode(true));
  const [told, far] = [field.querySelector("[data-told]")!, field.querySelector("[data-far]")!];
  const drawn = field.querySelector("progress")!;
  const button = field.querySelector<HTMLButtonElement>("[data-stop]")!;
  button.addEventListener("click", stop);
  return (done, total) => {
    const percent = Math.floor((100 * done) / total);
    drawn.value = percent;
    far.textContent = `${percent} % · ${weight(done)} / ${weight(total)}`;
    if (done < total) return;
    told.textContent = told.getAttribute("data-sent");
    drawn.removeAttribute("value"); // how long the server takes, nobody knows
    button.hidden = true;
  };
}

function problem(fresh: Document, status: number): string {
  if (status === 401) return "로그인이 끊겼습니다. 화면을 새로 고쳐 다시 로그인하십시오.";
  const words = ["#page h1", "#page .prose p"].map((one) => fresh.querySelector(one)?.textContent?.trim());
  return words.filter(Boolean).join(": ") || `올리지 못했습니다(${status}). 잠시 뒤 다시 누르십시오.`;
}

// A page that came back for another field keeps the files: they were not what was wrong.
function keep(held: Map<string, FileList>): void {
  if (!document.querySelector(`[aria-invalid=true]:not(${FILE})`)) return;
  for (const [id, files] of held) {
    const input = document.getElementById(id);
    if (input instanceof HTMLInputElement) input.files = files;
  }
}

function answered(request: XMLHttpRequest, form: HTMLFormElement, input: HTMLInputElement): void {
  const went = request.getResponseHeader("Location");
  if (request.status === 204 && went) {
    form.dataset["uploading"] = "sent"; // the page may go, and sends nothing more
    location.assign(went);
    if (new URL(went, location.href).hash) location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(request.responseText, "text/html");
  const held = new Map(inputs(form).filter((one) => one.files?.length).map((one) => [one.id, one.files!]));
  // A refusal without a form is a page of its own: shown here it would take what was typed away.
  const ours = request.status < 400 || fresh.querySelector("form[enctype]") !== null;
  if (!ours || !show(fresh, form.dataset["part"])) return tell(input, problem(fresh, request.status));
  if (form.dataset["part"]) document.getElementById(input.id)?.focus();
  else {
    scrollTo(0, 0);
    keep(held);
  }
}

function ended(form: HTMLFormElement, input: HTMLInputElement): void {
  if (form.dataset["uploading"] === "sent") return;
  delete form.dataset["uploading"];
  input.closest(".field")?.querySelector(".sending")?.remove();
  if (input.hasAttribute("data-autosubmit")) input.value = "";
  settle();
}

function send(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const input = inputs(form).find((one) => one.files?.length);
  if (!input || event.defaultPrevented) return;
  event.preventDefault();
  if (document.querySelector("form[data-uploading]")) return tell(input, "다른 파일을 올리는 중입니다. 끝난 뒤에 다시 누르십시오.");
  form.dataset["uploading"] = "true";
  const request = new XMLHttpRequest();
  const far = bar(input, () => request.abort());
  tell(input, "");
  request.open("POST", event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href);
  request.setRequestHeader("X-Upload", "true");
  if (form.dataset["part"]) request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", ({ loaded, total }) => far(loaded, total));
  request.addEventListener("error", () => tell(input, UNSENT));
  request.addEventListener("abort", () => tell(input, "올리기를 멈추었습니다. 서버에 남은 것은 없습니다."));
  request.addEventListener("load", () => answered(request, form, input));
  request.addEventListener("loadend", () => ended(form, input));
  request.send(new FormData(form, event.submitter));
}

export function uploads(): void {
  document.addEventListener("change", chosen, { capture: true });
  document.addEventListener("submit", send);
}
