// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Runs in Gmail's own world and takes nothing away there: a box for files that stands in no document is put into it while it is
// open, so that what is picked passes the window, as it does everywhere else; and it says when a mail is handed to Google's servers, so that one that
// went round the guard does not stay unnoticed. A request that sends holds the label ^pfg (a draft that is saved does not).
(() => {
  const SENDS_TO = /\/sync\/u\/\d+\/i\/s\b/;
  const LABEL = '"^pfg"';

  /** @param {unknown} url @param {unknown} body */
  function look(url, body) {
    try {
      if (typeof body === "string" && SENDS_TO.test(String(url)) && body.includes(LABEL)) document.dispatchEvent(new Event("lastlook-sent"));
    } catch {
      // Looking must not keep Gmail from anything.
    }
  }

  /** @type {WeakMap<XMLHttpRequest, unknown>} */
  const urls = new WeakMap();
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...all) {
    urls.set(this, all[1]);
    return Reflect.apply(open, this, all);
  };
  XMLHttpRequest.prototype.send = function (/** @type {any[]} */ ...all) {
    look(urls.get(this), all[0]);
    return Reflect.apply(send, this, all);
  };
  for (const name of /** @type {const} */ (["click", "showPicker"])) {
    const own = HTMLInputElement.prototype[name];
    HTMLInputElement.prototype[name] = function () {
      if (this.type === "file" && !this.isConnected) {
        const input = this;
        const before = input.style.display;
        input.style.display = "none";
        document.documentElement.append(input);
        const out = () =>
          setTimeout(() => {
            input.remove();
            input.style.display = before;
          });
        for (const type of ["change", "cancel"]) input.addEventListener(type, out, { once: true });
      }
      return Reflect.apply(own, this, []);
    };
  }
  const { fetch } = window;
  window.fetch = function (/** @type {any[]} */ ...all) {
    look(all[0]?.url ?? all[0], all[1]?.body);
    return Reflect.apply(fetch, this, all);
  };
})();
