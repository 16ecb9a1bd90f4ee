// Comfort for the store's pages. Everything works without it.
(() => {
  // The page's language, as the visitor's country writes it if the browser says which that is.
  const language = document.documentElement.lang;
  const locales = [...navigator.languages.filter(l => l.split("-")[0] === language), language];
  const isKnown = Intl.DateTimeFormat.supportedLocalesOf(locales).length > 0;

  // Some browsers do not know every language's dates (Chromium lacks Icelandic): then as the language's file has them.
  function written(at, full) {
    const { date, time, clock, months } = document.documentElement.dataset;
    const two = number => String(number).padStart(2, "0");
    const parts = { yyyy: at.getFullYear(), MMM: months.split("|")[at.getMonth()], d: at.getDate(), HH: two(at.getHours()), mm: two(at.getMinutes()), ss: two(at.getSeconds()) };
    return (full ? `${date}, ${time}` : clock).replace(/yyyy|MMM|d|HH|mm|ss/g, part => parts[part]);
  }

  // Times by the visitor's own clock. Drawn beside the text that Blazor manages, never into it.
  customElements.define("local-time", class extends HTMLElement {
    static observedAttributes = ["datetime"];
    attributeChangedCallback(_, __, iso) {
      const at = new Date(iso);
      const full = this.hasAttribute("full");
      const format = full ? { dateStyle: "medium", timeStyle: "short" } : { timeStyle: "medium" };
      (this.shadowRoot ?? this.attachShadow({ mode: "open" })).textContent =
        isKnown ? new Intl.DateTimeFormat(locales, format).format(at) : written(at, full);
    }
  });

  // Adding to the basket without leaving the place: the form is sent as it is, and of the page that answers
  // only the parts that show the basket are taken over. Whatever is unusual is left to the browser.
  document.addEventListener("submit", async event => {
    const form = event.target;
    if (!form.matches("form[data-quiet]") || event.submitter?.hasAttribute("data-leaves")) return;
    event.preventDefault();
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
      const address = new URL(answer.url);
      if (!answer.ok || address.pathname !== location.pathname) {
        location.assign(answer.ok ? answer.url : location.href);
        return;
      }
      takeOver(await answer.text());
      say(inBasket());
      tabs.postMessage(inBasket());
    } catch {
      form.removeAttribute("data-quiet");
      form.requestSubmit(button);
    } finally {
      button?.removeAttribute("aria-busy");
    }
  });

  // A basket is one for all tabs: each page says when it is opened what it knows of it, and a page that knows otherwise looks again.
  const tabs = new BroadcastChannel("basket");
  tabs.addEventListener("message", async ({ data }) => {
    if (data === inBasket()) return;
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.ok) takeOver(await answer.text());
  });
  if (inBasket()) tabs.postMessage(inBasket());

  function inBasket() {
    return document.querySelector('[data-fresh="basket-link"]')?.textContent.replace(/\s+/g, " ");
  }

  // Of another copy of this page, the parts that show the basket; not those in which somebody is typing.
  function takeOver(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const part of document.querySelectorAll("[data-fresh]")) {
      const replacement = fresh.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
      if (replacement && replacement.outerHTML !== part.outerHTML && !part.querySelector("[data-changed]")) part.replaceWith(replacement);
    }
  }

  function say(text) {
    let voice = document.getElementById("voice");
    if (!voice) {
      voice = Object.assign(document.createElement("p"), { id: "voice", className: "unseen" });
      voice.setAttribute("role", "status");
      document.body.append(voice);
    }
    voice.textContent = "";
    setTimeout(() => { voice.textContent = text; }, 50);
  }

  // Copying an address: offered where the browser can (over https, or on this machine).
  for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
    const label = button.querySelector("span");
    const offered = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        // Not allowed: then it is at least marked for copying by hand.
        button.parentElement.querySelector("input").select();
        return;
      }
      label.textContent = button.dataset.copied;
      say(button.dataset.copied);
      setTimeout(() => { label.textContent = offered; }, 3000);
    });
  }

  // A typed quantity shows the button that takes it over.
  document.addEventListener("input", event => {
    event.target.closest?.(".line-amount")?.toggleAttribute("data-changed", event.target.value !== event.target.defaultValue);
  });

  // On a phone the row of shelves scrolls; the one we are at is in view.
  document.querySelector(".shelves [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });

  // A part that shows what happens right now is asked for again, while somebody looks at it.
  for (const part of document.querySelectorAll("[data-look]")) {
    let seen = false;
    new IntersectionObserver(entries => { seen = entries.at(-1).isIntersecting; }).observe(part);
    setInterval(async () => {
      if (!seen || document.hidden) return;
      try {
        const answer = await fetch(part.dataset.look);
        if (!answer.ok) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-look]");
        if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
      } catch {
        // Away for a moment; the next time it may answer.
      }
    }, 3000);
  }

  // From a card to its product page the picture travels along.
  addEventListener("pageswap", event => {
    const target = event.viewTransition && event.activation?.entry?.url;
    if (!target) return;
    const link = [...document.querySelectorAll(".card-link")].find(a => a.href === target);
    link?.querySelector("img")?.style.setProperty("view-transition-name", "goods");
  });
})();
