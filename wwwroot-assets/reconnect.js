// Starts Blazor on the pages that have a circuit, and brings them back by themselves after any interruption.
(() => {
  const shortest = 250, longest = 4000;
  const wait = ms => new Promise(done => setTimeout(done, ms));
  let reloading = false;

  // The pages are rendered by the server, so loading one again makes it current; but only once the shop answers,
  // or the visitor would end on the browser's own error page.
  async function reloadWhenBack() {
    if (reloading) return;
    reloading = true;
    for (let pause = shortest; ; pause = Math.min(2 * pause, longest)) {
      const answer = await fetch("favicon.svg", { method: "HEAD", cache: "no-store" }).catch(() => null);
      if (answer && answer.status < 500) break;
      await wait(pause);
    }
    location.reload();
  }

  document.getElementById("components-reconnect-modal").addEventListener("components-reconnect-state-changed", event => {
    if (["failed", "rejected", "resume-failed"].includes(event.detail.state)) reloadWhenBack();
  });

  const circuit = {
    reconnectionOptions: {
      maxRetries: Infinity,
      retryIntervalMilliseconds: attempt => Math.min(shortest * 2 ** attempt, longest),
    },
  };
  // Blazor's script of the back office takes them as a part of its options, that of the tracker as they are.
  // Links lead to pages with other stylesheets: plain navigation only.
  Blazor.start({ ssr: { disableDomPreservation: true }, circuit, ...circuit });

  // The first connection is not retried by Blazor: when the shop restarts between page and circuit, nobody would follow.
  setInterval(() => {
    if (document.querySelector("[data-following]:not([data-live])")) reloadWhenBack();
  }, 15000);
})();
