// Cells of a spreadsheet pasted into a sheet's row: handed to the server whole, which spreads them over the rows.
export function sheets(): void {
  document.addEventListener("paste", (event) => {
    const cell = event.target as HTMLElement;
    const form = cell.closest<HTMLFormElement>("form[data-sheet]");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!form || cell.id === "id_pasted" || !text.includes("\t")) return;
    event.preventDefault();
    form.querySelector<HTMLTextAreaElement>("[name=pasted]")!.value = text;
    form.requestSubmit(form.querySelector<HTMLButtonElement>("[name=split]"));
  });
}
