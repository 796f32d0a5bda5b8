// The server's answer shown in this page, which stays: what a form of steps, or one with a file, does with it.
import htmx from "htmx.org";
import { toast } from "./toasts";

const FILLED = "page:filled";

// What a page does once it stands, now and whenever a part of it came anew.
export function whenFilled(begin: () => void): void {
  begin();
  document.addEventListener(FILLED, begin);
}

// Puts the part of that id in place of ours; whether the answer had one.
export function show(fresh: Document, id = "page"): boolean {
  const [ours, theirs] = [document.getElementById(id), fresh.getElementById(id)];
  if (!ours || !theirs) return false;
  const part = document.adoptNode(theirs);
  ours.replaceWith(part);
  htmx.process(part);
  if (id === "page") document.title = fresh.title;
  for (const told of fresh.querySelectorAll<HTMLElement>("#toasts > .toast")) {
    toast(told.querySelector("p")?.textContent ?? "", told.dataset["tone"]);
  }
  document.dispatchEvent(new Event(FILLED));
  return true;
}
