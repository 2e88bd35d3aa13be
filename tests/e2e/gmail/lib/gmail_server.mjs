// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Stands for mail.google.com on the loopback: serves pages put together from dom/, with Gmail's kind of policies in the header,
// and notes every mail that the page sends.
import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import fs from "node:fs";
import https from "node:https";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("..", import.meta.url));
/** What every file of the samples holds. */
const FILE_INSIDE = "The plan: 極秘計画\n";

const NONCE = "lastlook-test";

/** @typedef {{to: string[], cc: string[], bcc: string[], subject: string, body: string, via: string, scheduled: boolean, at?: {day: string, time: string}}} SentMail */

export class GmailServer {
  /** @param {string} directory for the certificate */
  constructor(directory) {
    const key = path.join(directory, "tls.key");
    const certificate = path.join(directory, "tls.crt");
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=mail.google.com",
        "-addext", "subjectAltName=DNS:mail.google.com", "-keyout", key, "-out", certificate],
      { stdio: "ignore" },
    );
    const pem = fs.readFileSync(certificate);
    const spki = new X509Certificate(pem).publicKey.export({ type: "spki", format: "der" });
    /** What --ignore-certificate-errors-spki-list takes. */
    this.spkiHash = createHash("sha256").update(spki).digest("base64");
    /** @type {SentMail[]} */
    this.sent = [];
    /** @type {{name: string, text: string}[]} */
    this.uploads = [];
    this.server = https.createServer({ key: fs.readFileSync(key), cert: pem }, (request, response) => this.#answer(request, response));
  }

  /** @returns {Promise<number>} the port */
  listen() {
    return new Promise((resolve) => this.server.listen(0, "127.0.0.1", () => resolve(/** @type {any} */ (this.server.address()).port)));
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  #answer(request, response) {
    const url = new URL(request.url ?? "/", "https://mail.google.com");
    if (request.method === "POST" && url.pathname.startsWith("/sync/")) {
      /** @type {Buffer[]} */
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        this.sent.push(JSON.parse(Buffer.concat(chunks).toString("utf8")));
        response.end("{}");
      });
      return;
    }
    if (request.method === "POST" && url.pathname === "/upload") {
      /** @type {Buffer[]} */
      const chunks = [];
      request.on("data", (chunk) => chunks.push(chunk));
      request.on("end", () => {
        this.uploads.push({ name: url.searchParams.get("name") ?? "", text: Buffer.concat(chunks).toString("utf8") });
        response.end("{}");
      });
      return;
    }
    // A file that lies in a draft already.
    if (url.searchParams.get("view") === "att") {
      response.setHeader("content-type", "application/octet-stream");
      response.end(FILE_INSIDE);
      return;
    }
    if (url.pathname === "/page.js") {
      response.setHeader("content-type", "text/javascript; charset=utf-8");
      response.end(fs.readFileSync(path.join(HERE, "page/page.js")));
      return;
    }
    if (!/^\/mail\/u\/\d+\/$/.test(url.pathname)) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader(
      "content-security-policy",
      `script-src 'nonce-${NONCE}' 'strict-dynamic'; object-src 'none'; base-uri 'self'; frame-src 'self'; require-trusted-types-for 'script'`,
    );
    response.end(page(JSON.parse(url.searchParams.get("options") ?? "{}")));
  }
}

/**
 * @typedef {object} PageOptions
 * @property {string[]} [samples] files of dom/, by their first two digits
 * @property {string} [account]
 * @property {string} [lang]
 * @property {{to?: string[], cc?: string[], bcc?: string[]}} [people] instead of those in the sample; "Name <address>"
 * @property {string} [subject]
 * @property {string} [body] text
 * @property {string} [from] an alias
 * @property {string[]} [answered] who got the mail that is answered
 * @property {number} [resetAfter] milliseconds until the page sets the recipients once more
 * @property {boolean} [rerender] chips are made anew all the time
 * @property {boolean} [scramble] class names that the guard does not need are random
 * @property {boolean} [keeps] the compose stays open after Send, as after an error of Gmail
 * @property {boolean} [losesChanges] a recipient that is taken out comes back
 * @property {boolean} [eatsSubject] a changed subject is put back
 * @property {boolean} [closes] the window closes with the mail that is sent, as one that holds nothing else does
 * @property {string} [hash] behind the page's address
 * @property {string} [scheduleForm] language of the boxes for day and time; "odd" is none
 * @property {boolean} [scheduleForgets] what is written into those boxes is put back
 * @property {boolean} [scheduleWithoutPicker] there are no such boxes
 * @property {string} [sendsOn] "mouseup" | "click" | "mousedown" | "touchend"
 */

/** @param {PageOptions} options */
function page(options) {
  const { samples = ["11"], account = "taro@hikari.example.co.jp", lang = "en" } = options;
  const files = fs.readdirSync(path.join(HERE, "dom"));
  const bodies = samples.map((digits) => {
    const file = files.find((name) => name.startsWith(`${digits}-`));
    if (!file) throw new Error(`there is no sample ${digits}`);
    return fs.readFileSync(path.join(HERE, "dom", file), "utf8").replace(/<\/?body[^>]*>/g, "");
  });
  const popOut = samples.includes("23");
  const json = JSON.stringify(options).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${lang === "ja" ? "受信トレイ" : "Inbox"} (3) - ${account} - Gmail</title>
<style>
  body { font: 13px Arial, "Noto Sans CJK JP"; margin: 0; background: #f6f8fc; }
  .fX, .GM, .aDh, .aDg, .aDj { display: block !important; }
  .M9 { background: #fff; border: 1px solid #ccc; margin: 8px; }
  .IZ .Up [role=button] { display: inline-block; background: #0b57d0; color: #fff; padding: 8px 16px; border-radius: 8px; min-width: 20px; min-height: 16px; }
  [role=option] { display: inline-block; border: 1px solid #999; border-radius: 10px; padding: 2px 8px; } .afX { display: inline-block; width: 10px; height: 10px; background: #888; }
  [g_editable] { min-height: 60px; border: 1px dotted #bbb; } #sbddm { border: 1px solid #999; width: 160px; } #sbddm [role=menuitem] { min-height: 18px; }
  .a8u, .aX, .wG, .bAK, .aB5 { display: none; }
</style></head><body class="${popOut ? "xE xp" : ""}">
<input id="search" aria-label="Search mail">
${bodies.join("\n")}
<script nonce="${NONCE}" type="application/json" id="options">${json}</script>
<script nonce="${NONCE}" src="/page.js"></script>
</body></html>`;
}
