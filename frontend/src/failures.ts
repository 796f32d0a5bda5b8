// What htmx would pass over in silence: the server's refusals and a network that is gone.
import { toast } from "./toasts";

export function failures(): void {
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status === 413) return toast(xhr.responseText, "danger");
    toast("처리하지 못했습니다. 화면을 새로 고친 뒤 다시 하십시오.", "danger");
  });
  document.addEventListener("htmx:sendError", () => {
    toast("서버에 닿지 못했습니다. 네트워크를 확인한 뒤 다시 하십시오.", "danger");
  });
}
