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
import { narrowing } from "./narrowing";
import { passkeys } from "./passkeys";
import { printing } from "./printing";
import { review } from "./review";
import { rows } from "./rows";
import { steps } from "./steps";
import { sheets } from "./sheets";
import { themes } from "./theme-switch";
import { toasts } from "./toasts";
import { unsent } from "./unsent";
import { uploads } from "./uploads";

// The content security policy allows neither eval nor styles written by a script.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
// A filter that cannot be understood says so at its field, instead of doing nothing.
htmx.config.reportValidityOfForms = true;

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
narrowing();
passkeys();
printing();
review();
rows();
steps();
sheets();
themes();
unsent(); // before the messages of the page are told: it looks for a fault among them
toasts();
uploads();
document.documentElement.dataset["ready"] = "true";
