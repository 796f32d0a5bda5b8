// Everything a page does beyond HTML. Each file listens at the document, so that what htmx swaps in works too.
import htmx from "htmx.org";
import { bell } from "./bell";
import { confirmations } from "./confirm";
import { copying } from "./copy";
import { dialogs } from "./dialogs";
import { failures } from "./failures";
import { forms } from "./forms";
import { inserting } from "./inserting";
import { keeping } from "./keeping";
import { keys } from "./keys";
import { lists } from "./lists";
import { passkeys } from "./passkeys";
import { printing } from "./printing";
import { review } from "./review";
import { rows } from "./rows";
import { steps } from "./steps";
import { themes } from "./theme-switch";
import { toasts } from "./toasts";
import { uploads } from "./uploads";

// The content security policy allows neither eval nor styles written by a script.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

bell();
confirmations();
copying();
dialogs();
failures();
forms();
inserting();
keeping();
keys();
lists();
passkeys();
printing();
review();
rows();
steps();
themes();
toasts();
uploads();
document.documentElement.dataset["ready"] = "true";
