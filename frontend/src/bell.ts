// The bell looks for news when its page is looked at: on coming back to it, and every two minutes while it is shown.
// A page that nobody sees asks nothing. Not by htmx: a look in the background may neither tell of a lost network nor
// load the page anew where the session has ended, with a half-written answer on it.
const EVERY = 120_000;
// Coming back again and again is no reason to ask again and again.
const AT_MOST_EVERY = 15_000;

async function look(place: Element): Promise<void> {
  const answer = await fetch(place.getAttribute("data-bell")!).catch(() => null);
  const status = place.querySelector("[role=status]");
  if (!answer?.ok || answer.redirected || !status) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = fresh.querySelector("[role=status]");
  const link = place.querySelector("a");
  // The live region itself stays, and is touched only where it has something new to say.
  if (told && told.innerHTML !== status.innerHTML) status.innerHTML = told.innerHTML;
  link?.setAttribute("href", fresh.querySelector("a")?.getAttribute("href") ?? link.href);
}

export function bell(): void {
  let looked = Date.now();
  const again = (atLeast: number): void => {
    const place = document.querySelector("[data-bell]");
    if (!place || document.visibilityState !== "visible" || Date.now() - looked < atLeast) return;
    looked = Date.now();
    void look(place);
  };
  document.addEventListener("visibilitychange", () => again(AT_MOST_EVERY));
  window.setInterval(() => again(EVERY), EVERY / 4);
}
