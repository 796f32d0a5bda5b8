// The text of an answer, kept as it is typed: first in this browser, then at the server, until the server has it.
import { insert } from "./inserting";
import { toast } from "./toasts";

const PAUSE = 1000; // after the last key
const RETRY = 5000; // after the network failed
const LOST = "로그인이 끊겼습니다. 글은 이 브라우저에 보관했습니다. 새 창에서 로그인하면 이어서 보관합니다.";
const AWAY = "서버에 닿지 못했습니다. 글은 이 브라우저에 보관했고 다시 보내는 중입니다.";
const AHEAD = "text/html";

type Fields = Record<string, string>;
interface Copy { revision: string; fields: Fields }
interface Told { revision: number; kept: string; dated: { text: string; due: string; told: string }[]; others: string[] }

const name = (key: string) => `writing:${key}`;

class Keeper {
  private timer = 0;
  private sending = false;
  private stopped = false;
  private readonly key: string;

  constructor(private readonly form: HTMLFormElement) {
    this.key = name(form.dataset["keepAs"]!);
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", () => this.copy());
    form.addEventListener("click", (event) => {
      const { promise, due } = (event.target as HTMLElement).dataset;
      if (promise && due) this.promise(promise, due);
    });
    window.addEventListener("online", () => void this.send());
    window.addEventListener("focus", () => void this.send());
    window.addEventListener("pagehide", () => this.leave());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      document.querySelector<HTMLButtonElement>("[data-save]")?.click();
    });
    this.recall();
  }

  private hidden(what: string): HTMLInputElement {
    return this.form.elements.namedItem(what) as HTMLInputElement;
  }

  private fields(): Fields {
    const told: Fields = {};
    for (const [key, value] of new FormData(this.form)) {
      if (/^(a_|plan_|outcome$)/.test(key)) told[key] = String(value).replaceAll("\r\n", "\n");
    }
    return told;
  }

  private stored(): Copy | null {
    const text = localStorage.getItem(this.key);
    return text ? (JSON.parse(text) as Copy) : null;
  }

  private copy(): void {
    const kept: Copy = { revision: this.hidden("revision").value, fields: this.fields() };
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      toast("이 브라우저에 글을 보관할 자리가 없습니다. 자주 저장하십시오.", "warning");
    }
  }

  private say(text: string, tone = ""): void {
    const place = document.querySelector<HTMLElement>("[data-kept]");
    if (!place) return;
    place.dataset["tone"] = tone;
    if (place.textContent !== text) place.textContent = text;
  }

  private typed(): void {
    this.copy();
    if (this.stopped) return;
    this.say("쓰는 중… 이 브라우저에 보관했습니다");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), PAUSE);
  }

  private request(keepalive = false): Promise<Response> {
    const body = new URLSearchParams(this.fields());
    for (const what of ["edition", "revision"]) body.set(what, this.hidden(what).value || "0");
    const headers = { "X-CSRFToken": this.hidden("csrfmiddlewaretoken").value };
    return fetch(this.form.dataset["keep"]!, { method: "POST", body, headers, keepalive, redirect: "manual" });
  }

  private leave(): void {
    if (this.form.dataset["sending"] || this.stopped || !this.stored()) return;
    // A browser sends at most 64 KB behind a page that is left; what is longer waits in its copy.
    if (JSON.stringify(this.fields()).length < 20_000) void this.request(true).catch(() => undefined);
  }

  private async send(renewed = false): Promise<void> {
    if (this.sending || this.stopped || this.form.dataset["sending"] || !this.stored()) return;
    this.sending = true;
    const sent = JSON.stringify(this.fields());
    try {
      const answer = await this.request();
      if (answer.ok) this.took((await answer.json()) as Told, sent);
      else if (answer.status === 409) this.refused((await answer.json()) as { problem: string; stale: boolean });
      else if (!renewed && (await this.renew())) window.setTimeout(() => void this.send(true), 0);
      else this.say(LOST, "danger");
    } catch {
      this.say(AWAY, "danger");
      this.timer = window.setTimeout(() => void this.send(), RETRY);
    }
    this.sending = false;
  }

  private took(told: Told, sent: string): void {
    this.hidden("revision").value = String(told.revision);
    if (JSON.stringify(this.fields()) === sent) {
      localStorage.removeItem(this.key);
      delete this.form.dataset["changed"];
      this.say(`${told.kept} 보관됨 · 저장 전`, "success");
    } else this.typed();
    this.dates(told.dated);
    const others = document.querySelector<HTMLElement>("[data-others]");
    if (!others) return;
    others.hidden = told.others.length === 0;
    others.querySelector("ul")!.replaceChildren(...told.others.map((text) => line(text)));
  }

  private refused(told: { problem: string; stale: boolean }): void {
    this.stopped = true;
    this.say(told.stale ? `${told.problem} ‘임시 저장’을 누르면 두 글을 함께 보입니다.` : told.problem, "danger");
  }

  // After signing in again in another window the old token is refused; this page's own gives the new one.
  private async renew(): Promise<boolean> {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), AHEAD);
    const token = page.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
    for (const input of document.querySelectorAll<HTMLInputElement>("[name=csrfmiddlewaretoken]")) input.value = token ?? "";
    return Boolean(token);
  }

  private dates(found: Told["dated"]): void {
    const list = this.form.querySelector<HTMLElement>("[data-dates]");
    list?.replaceChildren(...found.map(({ text, due, told }) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn tertiary small", textContent: `약속한 일에 넣기: ${told}` });
      Object.assign(button.dataset, { promise: text, due });
      return line(`${text} `, button);
    }));
  }

  private promise(text: string, due: string): void {
    const texts = [...this.form.querySelectorAll<HTMLInputElement>("[name^=plan_text_]")];
    const free = texts.find((input) => !input.value);
    if (!free) return toast("빈 줄이 없습니다. 저장하면 줄이 늘어납니다.", "warning");
    free.value = text;
    this.form.querySelector<HTMLInputElement>(`[name=${free.name.replace("text", "due")}]`)!.value = due;
    free.dispatchEvent(new Event("input", { bubbles: true }));
    free.focus();
  }

  // What this browser still holds: put back where nothing came in between, else shown beside.
  private recall(): void {
    const kept = this.stored();
    if (!kept || JSON.stringify(kept.fields) === JSON.stringify(this.fields())) {
      localStorage.removeItem(this.key);
      if (this.form.hasAttribute("data-refused")) this.typed();
      return;
    }
    if (kept.revision === this.hidden("revision").value && !document.getElementById("clashes")) {
      for (const [key, value] of Object.entries(kept.fields)) this.put(key, value);
      toast("보내지 못한 글을 되살렸습니다.", "info");
      this.typed();
    } else this.show(kept);
  }

  private put(key: string, value: string): void {
    const control = this.form.elements.namedItem(key);
    if (control) (control as HTMLInputElement).value = value;
  }

  private show(kept: Copy): void {
    const panel = document.getElementById("left-behind")!;
    const now = this.fields();
    for (const [key, value] of Object.entries(kept.fields)) {
      const area = document.getElementById(`id_${key}`);
      if (!(area instanceof HTMLTextAreaElement) || !value.trim() || value === now[key]) continue;
      const text = Object.assign(document.createElement("div"), { className: "prose pre", textContent: value });
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn tertiary small", textContent: "끼워 넣기" });
      button.addEventListener("click", () => insert(area, value));
      panel.querySelector("[data-texts]")!.append(text, button);
      panel.hidden = false;
    }
    panel.querySelector("[data-forget]")!.addEventListener("click", () => {
      localStorage.removeItem(this.key);
      panel.hidden = true;
    });
  }
}

function line(...parts: (string | Node)[]): HTMLLIElement {
  const item = document.createElement("li");
  item.append(...parts);
  return item;
}

export function keeping(): void {
  for (const told of document.querySelectorAll<HTMLElement>("[data-settles^='settles:']")) {
    localStorage.removeItem(name(told.dataset["settles"]!.slice("settles:".length)));
  }
  const form = document.querySelector<HTMLFormElement>("form[data-keep]");
  if (form) new Keeper(form);
}
