/* A passkey is made or used when a form with a ceremony is sent; what the authenticator says goes along with it. */
"use strict";
const octets = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const written = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const said = (form, name) => form.elements.namedItem(name).value;

async function made(form) {
  const credential = await navigator.credentials.create({ publicKey: {
    challenge: octets(said(form, "challenge")), rp: { id: location.hostname, name: "UUM&DS" },
    user: { id: octets(said(form, "user")), name: said(form, "name"), displayName: said(form, "name") },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }], attestation: "none",
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
  } });
  const answer = credential.response;
  return { id: credential.rawId, client: answer.clientDataJSON, authenticator: answer.getAuthenticatorData(),
    key: answer.getPublicKey() };
}

async function proven(form) {
  const credential = await navigator.credentials.get({ publicKey: {
    challenge: octets(said(form, "challenge")), rpId: location.hostname, userVerification: "required",
  } });
  const answer = credential.response;
  return { id: credential.rawId, client: answer.clientDataJSON, authenticator: answer.authenticatorData,
    signature: answer.signature };
}

function told(form) {
  const note = form.querySelector("[role=alert]") || form.appendChild(document.createElement("p"));
  note.setAttribute("role", "alert");
  note.textContent = said(form, "failed");
}

for (const form of document.querySelectorAll("form")) {
  if (!form.elements.namedItem("ceremony")) continue;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const parts = await (said(form, "ceremony") === "make" ? made(form) : proven(form));
      for (const [name, value] of Object.entries(parts)) {
        const field = form.querySelector(`input[name="${name}"]`) || form.appendChild(document.createElement("input"));
        Object.assign(field, { type: "hidden", name, value: written(value) });
      }
      form.submit();
    } catch { told(form); }
  });
}
