// A form that says data-passkey="login" is done with a passkey; the other data-… name its parts.
for (const form of document.querySelectorAll("[data-passkey]")) {
  const { passkey, ...ids } = form.dataset;
  window.allauth.webauthn.forms[`${passkey}Form`]({ ids });
}
