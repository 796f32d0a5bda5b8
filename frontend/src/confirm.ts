// <button data-confirm="what will happen">: asks first, in words, and names the act on its button.
export function confirmations(): void {
  const dialog = document.getElementById("confirm") as HTMLDialogElement | null;
  if (!dialog) return;
  const text = dialog.querySelector("[data-text]")!;
  const go = dialog.querySelector<HTMLButtonElement>("[data-go]")!;
  let agreed: HTMLElement | null = null;
  let asking: HTMLElement | null = null;

  // In the capture phase: before the form, a link or htmx hears of the click.
  document.addEventListener(
    "click",
    (event) => {
      const asked = (event.target as Element).closest<HTMLElement>("[data-confirm]");
      if (!asked || asked === agreed) return;
      const form = asked instanceof HTMLButtonElement ? asked.form : null;
      if (form && !asked.hasAttribute("formnovalidate") && !form.reportValidity()) {
        event.preventDefault();
        return;
      }
      // Nothing chosen: the answer says so, and there is nothing to agree to.
      if (form?.querySelector("[data-count]")?.textContent === "0") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      asking = asked;
      text.textContent = asked.dataset["confirm"]!;
      go.textContent = asked.textContent!.trim();
      go.dataset["kind"] = asked.dataset["kind"] ?? "primary";
      dialog.showModal();
    },
    true,
  );
  go.addEventListener("click", () => {
    dialog.close();
    agreed = asking;
    asking?.click();
    agreed = null;
  });
}
