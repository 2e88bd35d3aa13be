// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Is the guard alive, by which policy, on which program; what to do where it is not; and which domains a person without an
// organisation calls their own.

import { byId, element, icon } from "./dom.js";
import { FAILURE_TEXTS } from "./failure_texts.js";
import { language, plural, t, translate } from "./i18n.js";

/** @typedef {import("../core/types").GuardStatus} GuardStatus */
/** @typedef {import("../core/types").OwnDomains} OwnDomains */

/** So much of a fingerprint tells two policies apart when one is read out; the whole stands in its title. */
const SHOWN_OF_A_HASH = 12;

/** What to do about a missing program depends on how the mail program came here, which an extension cannot see. */
const REMEDIES = /** @type {Record<string, string[]>} */ ({
  linux: ["remedyPackage", "remedySnap", "remedyFlatpak", "remedyDoctor"],
  win: ["remedyInstaller", "remedyDoctor"],
  mac: ["remedyInstaller", "remedyDoctor"],
});

/** @type {Record<string, string>} */
const POLICY_STATES = { ok: "policyOk", last_good: "policyLastGood", fallback: "policyFallback" };

export class StatusPage {
  #root;
  #frame;
  #post;
  #heard = false;
  /** The person has begun to choose: what comes from the host does not undo that. */
  #choosing = false;

  /**
   * @param {object} place
   * @param {Document} place.root
   * @param {HTMLElement} place.frame
   * @param {boolean} place.welcome shown once, after the installation
   * @param {(message: object) => void} place.post
   */
  constructor({ root, frame, welcome, post }) {
    this.#root = root;
    this.#frame = frame;
    this.#post = post;
    translate(root);
    byId("welcome", root).hidden = !welcome;
    byId("look", root).addEventListener("click", () => this.#look());
    byId("domains-list", root).addEventListener("change", () => {
      this.#choosing = true;
      this.#sayDomains("");
    });
    byId("domains-add", root).addEventListener("click", () => this.#add());
    this.#newDomain().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#add();
    });
    byId("domains-form", root).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
  }

  /** @param {any} message */
  receive(message) {
    if (message?.type === "status") this.#show(message.status);
    else if (message?.type === "domains") this.#saved(message.own);
    else if (message?.type === "domains_refused") this.#sayDomains(`${t("domainsRefused")} ${message.message}`.trim());
  }

  /** The background has ended. */
  lost() {
    this.#state("off", t("guardOff"), t("guardReload"));
  }

  #look() {
    byId("status", this.#root).textContent = t("guardLooking");
    this.#post({ type: "look" });
  }

  /** @param {GuardStatus} status */
  #show(status) {
    const { failure, host, own } = status;
    // Said aloud only when the person asked for it: the page itself is read from its heading.
    byId("status", this.#root).textContent = this.#heard ? t("guardLooked") : "";
    this.#heard = true;
    if (failure) this.#state("off", t("guardOff"), t("guardOffLead"));
    else if (host?.policy && host.policy.state !== "ok") this.#state("limited", t("guardLimited"), t(POLICY_STATES[host.policy.state] ?? "policyFallback"));
    else this.#state("on", t("guardOn"), t("guardOnLead"));
    this.#trouble(status);
    this.#facts(status);
    this.#recorded(status);
    byId("domains", this.#root).hidden = !own;
    if (own && !this.#choosing) this.#domains(own);
  }

  /**
   * @param {"on" | "limited" | "off"} state
   * @param {string} heading
   * @param {string} lead
   */
  #state(state, heading, lead) {
    this.#frame.dataset["state"] = state;
    byId("state-icon", this.#root).replaceChildren(icon(state === "on" ? "icon-on" : "icon-off"));
    byId("heading", this.#root).textContent = heading;
    byId("lead", this.#root).textContent = lead;
  }

  /** @param {GuardStatus} status */
  #trouble({ failure, os }) {
    byId("trouble", this.#root).hidden = !failure;
    if (!failure) return;
    const texts = FAILURE_TEXTS[failure.kind] ?? FAILURE_TEXTS.internal;
    this.#frame.dataset["failure"] = failure.kind;
    byId("what-happened", this.#root).textContent = t(texts.what);
    const missing = failure.kind === "host_missing";
    byId("what-to-do", this.#root).textContent = missing ? t("remedyLead") : t(failure.kind === "host_too_old" ? "remedyTooOld" : "remedyOther");
    const keys = missing || failure.kind === "host_too_old" ? (REMEDIES[os] ?? ["remedyInstaller"]) : ["remedyDoctor"];
    byId("remedies", this.#root).replaceChildren(...keys.map((key) => element("li", {}, t(key))));
    byId("details-text", this.#root).textContent = [failure.code ? t("detailsCode", failure.code) : "", failure.message, failure.remedy].filter(Boolean).join("\n");
  }

  /** @param {GuardStatus} status */
  #facts({ extension, program, host, own }) {
    const rows = byId("facts-list", this.#root);
    byId("facts", this.#root).hidden = false;
    const row = (/** @type {string} */ key, /** @type {string | HTMLElement | undefined} */ value) =>
      value === undefined ? [] : [element("dt", {}, t(key)), element("dd", {}, value)];
    const policy = host?.policy;
    const counts = host?.counts;
    rows.replaceChildren(
      ...row("factPolicy", policy && (own && !own.managed ? t("policyRecommended") : policy.serial > 0 ? t("policyNamed", policy.id, policy.serial) : policy.id)),
      ...row("factPolicyState", policy && t(POLICY_STATES[policy.state] ?? "policyFallback")),
      ...row("factFingerprint", policy && element("code", { title: policy.sha256 }, policy.sha256.slice(0, SHOWN_OF_A_HASH))),
      ...row("factHost", host?.host && t("factVersionSince", host.host.version, this.#time(host.host.started))),
      ...row("factExtension", extension),
      ...row("factProgram", program),
      ...row("factLanguage", new Intl.DisplayNames([language()], { type: "language" }).of(t("extensionLocale").replace("_", "-"))),
      ...row("factCounts", counts && t("countsText", plural("countsChecked", counts.evaluated), plural("countsSent", counts.sent), plural("countsKept", counts.cancelled))),
    );
    byId("problems", this.#root).replaceChildren(
      ...(policy?.problems ?? []).map(({ file, line, message, remedy }) =>
        element("li", {}, element("strong", {}, line > 0 ? t("problemPlace", file, line) : file || t("factPolicy")), " ", message, remedy ? ` – ${remedy}` : ""),
      ),
    );
  }

  /** @param {string} at */
  #time(at) {
    return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
  }

  /** @param {GuardStatus} status */
  #recorded({ host }) {
    const store = host?.store;
    byId("recorded", this.#root).hidden = !host;
    const text =
      !store ? ""
      : store.state !== "ok" ? `${t("recordedUnavailable")} ${store.problem?.message ?? ""}`
      : (store.damaged?.length ?? 0) > 0 ? t("recordedDamaged", (store.damaged ?? []).join(t("heldRecipientSeparator")))
      : t("recordedOk");
    byId("recorded-state", this.#root).textContent = text.trim();
  }

  // ---- the person's own domains ------------------------------------------------------------------------------------

  /** @param {OwnDomains} own */
  #domains({ managed, domains, proposed }) {
    byId("domains-form", this.#root).hidden = managed;
    byId("domains-what", this.#root).textContent = t(managed ? "domainsManaged" : domains.length > 0 ? "domainsChosen" : "domainsWhat");
    // What was chosen before is ticked; where nothing was, what is proposed is.
    const ticked = domains.length > 0 ? domains : proposed;
    const all = [...new Set([...domains, ...proposed])];
    byId("domains-list", this.#root).replaceChildren(...all.map((domain) => domainItem(domain, ticked.includes(domain))));
  }

  #newDomain() {
    return /** @type {HTMLInputElement} */ (byId("domains-new", this.#root));
  }

  /** @returns {boolean} whether there was something to be added */
  #add() {
    const typed = this.#newDomain().value.trim().replace(/^.*@/, "");
    if (!typed) return false;
    this.#choosing = true;
    const list = byId("domains-list", this.#root);
    const there = [...list.querySelectorAll("input")].find(({ value }) => value === typed);
    if (there) there.checked = true;
    else list.append(domainItem(typed, true));
    this.#newDomain().value = "";
    this.#newDomain().focus();
    this.#sayDomains(t("domainsAdded", typed));
    return true;
  }

  #save() {
    this.#add();
    const chosen = [...byId("domains-list", this.#root).querySelectorAll("input")].filter(({ checked }) => checked).map(({ value }) => value);
    this.#sayDomains(t("domainsSaving"));
    this.#post({ type: "set_domains", domains: chosen });
  }

  /** @param {OwnDomains} own */
  #saved(own) {
    this.#choosing = false;
    this.#domains(own);
    this.#sayDomains(own.domains.length > 0 ? t("domainsSaved", own.file) : t("domainsSavedNone"));
  }

  /** @param {string} text */
  #sayDomains(text) {
    byId("domains-status", this.#root).textContent = text;
  }
}

/**
 * @param {string} domain
 * @param {boolean} checked
 */
function domainItem(domain, checked) {
  return element("li", {}, element("label", { class: "row" }, element("input", { type: "checkbox", value: domain, checked, autocomplete: "off" }), element("bdi", {}, domain)));
}
