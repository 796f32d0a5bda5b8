// <button data-print> asks the browser to print the page.
export function printing(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
  });
}
