// <button data-copy="text"> puts the text on the clipboard and says so.
import { toast } from "./toasts";

export function copying(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset["copy"]!);
      toast("복사했습니다.");
    } catch {
      toast("이 브라우저가 복사를 막았습니다. 직접 선택해 복사하십시오.", "warning");
    }
  });
}
