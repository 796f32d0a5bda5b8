// Security keys and passkeys: <form data-webauthn="create|get" data-options="{…}"> or data-options-url.
// The browser speaks JSON for both directions, so nothing is encoded by hand here.
import { toast } from "./toasts";

type Options = { publicKey: PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON };

async function options(form: HTMLFormElement): Promise<Options> {
  const url = form.dataset["optionsUrl"];
  if (!url) return JSON.parse(form.dataset["options"]!) as Options;
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  return ((await answer.json()) as { request_options: Options }).request_options;
}

async function ask(form: HTMLFormElement): Promise<Credential | null> {
  const { publicKey } = await options(form);
  if (form.querySelector<HTMLInputElement>("[name=passwordless]")?.checked) {
    // A key that stands in for the password must know its owner and find the account by itself.
    publicKey.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  }
  return form.dataset["webauthn"] === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

export function passkeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-webauthn]")) {
    form.addEventListener("submit", async (event) => {
      const credential = form.querySelector<HTMLInputElement>("input[name=credential]")!;
      if (credential.value) return;
      event.preventDefault();
      try {
        credential.value = JSON.stringify(await ask(form));
        form.requestSubmit();
      } catch {
        toast("보안 키를 확인하지 못했습니다. 키를 다시 연결하고 시도하십시오.", "danger");
      }
    });
  }
}
