// What htmx would pass over in silence: the server's refusals and a network that is gone.
import { toast } from "./toasts";

export function failures(): void {
  // A part that tells its own faults is shown with them.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail, target } = event as CustomEvent;
    const own = (detail.requestConfig?.elt as Element | undefined)?.hasAttribute("data-own-faults");
    if (!own || !target || ![409, 422].includes(detail.xhr.status as number)) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  document.addEventListener("htmx:responseError", () => {
    toast("처리하지 못했습니다. 화면을 새로 고친 뒤 다시 하십시오.", "danger");
  });
  document.addEventListener("htmx:sendError", () => {
    toast("서버에 닿지 못했습니다. 네트워크를 확인한 뒤 다시 하십시오.", "danger");
  });
}
