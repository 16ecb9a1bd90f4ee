// Passkeys (WebAuthn). A form with data-passkey="create" or "get" is shown where the browser can do it; what the browser makes of the shop's offer
// (asked for at data-passkey-offer) goes into the form, which is then sent like any other. An IP address can have no passkeys.
(() => {
  const can = window.PublicKeyCredential?.parseCreationOptionsFromJSON && PublicKeyCredential.parseRequestOptionsFromJSON && !/^[\d.]+$|:/.test(location.hostname);
  if (!can) return;
  for (const element of document.querySelectorAll("form[data-passkey], [data-passkey-only]")) element.hidden = false;
  for (const element of document.querySelectorAll("[data-passkey-without]")) element.hidden = true;

  // One question at a time: a browser refuses a second one.
  let asking = null;

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", event => {
      event.preventDefault();
      const button = event.submitter ?? form.querySelector("[type=submit]");
      if (!button.hasAttribute("aria-busy")) askByButton(form, button);
    });
    if (!form.hasAttribute("data-passkey-autofill")) continue;
    offerInField(form);
    // An offer grows old in a page that nobody looks at.
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && asking?.mediation && Date.now() - asking.at > 600_000) offerInField(form);
    });
  }

  async function askByButton(form, button) {
    fail(form, "");
    button.setAttribute("aria-busy", "true");
    try {
      await ask(form);
    } catch (error) {
      fail(form, error.fault ?? said(form, error), error.field);
      if (form.hasAttribute("data-passkey-autofill")) offerInField(form);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  // In the list that the browser shows at a field with autocomplete="… webauthn". Nobody asked for it, so nobody hears when it fails.
  async function offerInField(form) {
    if (await PublicKeyCredential.isConditionalMediationAvailable?.()) ask(form, "conditional").catch(() => {});
  }

  async function ask(form, mediation) {
    asking?.stop.abort();
    const { stop: { signal } } = asking = { mediation, at: Date.now(), stop: new AbortController() };
    const { options, state } = await offered(form, signal);
    const publicKey = form.dataset.passkey === "create"
      ? PublicKeyCredential.parseCreationOptionsFromJSON(options)
      : PublicKeyCredential.parseRequestOptionsFromJSON(options);
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey, mediation, signal });
    form.querySelector("[data-passkey-state]").value = state;
    form.querySelector("[data-passkey-credential]").value = JSON.stringify(credential);
    // The offer was given for the password; it need not travel twice.
    for (const password of form.querySelectorAll("[type=password]")) password.value = "";
    form.submit();
  }

  async function offered(form, signal) {
    let answer;
    try {
      answer = await fetch(form.dataset.passkeyOffer, { method: "POST", body: new URLSearchParams(new FormData(form)), signal });
    } catch (error) {
      throw error.name === "AbortError" ? error : { fault: faultOf(form).dataset.away };
    }
    // Whatever is no JSON is a help page, about something that no form of the shop's does.
    const offer = await answer.json().catch(() => ({ fault: faultOf(form).dataset.failed }));
    if (offer.fault) throw offer;
    return offer;
  }

  // AbortError: another question was asked instead.
  function said(form, { name }) {
    const { cancelled, has, failed } = faultOf(form).dataset;
    return { AbortError: "", NotAllowedError: cancelled, InvalidStateError: has }[name] ?? failed;
  }

  function fail(form, text, field) {
    for (const marked of form.querySelectorAll("[aria-invalid]")) marked.removeAttribute("aria-invalid");
    faultOf(form).lastElementChild.textContent = text;
    faultOf(form).hidden = text === "";
    const blamed = field && document.getElementById(field);
    blamed?.setAttribute("aria-invalid", "true");
    blamed?.focus();
  }

  function faultOf(form) {
    return form.querySelector("[data-passkey-fault]");
  }
})();
