// SPDX-License-Identifier: MPL-2.0
// @ts-check
// An SMTP server on the loopback that delivers nothing: it records the envelope and the raw bytes of every mail,
// and refuses at RCPT or at the end of DATA when a test asks for it.
import net from "node:net";
import { waitFor } from "./marionette.mjs";

/** @typedef {{from: string, to: string[], raw: Buffer, at: number}} Received */

export class SmtpSink {
  constructor() {
    /** @type {Received[]} */
    this.mails = [];
    /** @type {"" | "rcpt" | "data"} */
    this.refuse = "";
    /** Mails that were turned away. */
    this.refused = 0;
    /** @type {((mail: Received) => void) | undefined} */
    this.onMail = undefined;
    /** @type {Set<net.Socket>} */
    this.sockets = new Set();
    this.server = net.createServer((socket) => this.#serve(socket));
    this.port = 0;
  }

  /** @returns {Promise<SmtpSink>} */
  async listen() {
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", () => resolve(undefined)));
    this.port = /** @type {net.AddressInfo} */ (this.server.address()).port;
    return this;
  }

  close() {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  /** Waits until the number of mails with this subject reaches `count`; gives them. */
  /** @param {(mail: Received) => boolean} match @param {{count?: number, timeout?: number}} [options] */
  async expect(match, { count = 1, timeout = 15_000 } = {}) {
    await waitFor(`${count} mail(s) at the SMTP server`, () => this.mails.filter(match).length >= count, { timeout });
    return this.mails.filter(match);
  }

  /** @param {net.Socket} socket */
  #serve(socket) {
    this.sockets.add(socket);
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => {});
    socket.setNoDelay(true);
    let buffered = Buffer.alloc(0);
    let inData = false;
    let from = "";
    /** @type {string[]} */
    let to = [];
    const say = (/** @type {string} */ line) => socket.write(`${line}\r\n`);
    const addressIn = (/** @type {string} */ line) => /<([^>]*)>/.exec(line)?.[1] ?? "";

    const onLine = (/** @type {string} */ line) => {
      const verb = line.split(/[ :]/, 1)[0].toUpperCase();
      if (verb === "EHLO") say("250-sink.example\r\n250-SIZE 104857600\r\n250 8BITMIME");
      else if (verb === "HELO") say("250 sink.example");
      else if (verb === "MAIL") {
        from = addressIn(line);
        to = [];
        say("250 ok");
      } else if (verb === "RCPT") {
        if (this.refuse === "rcpt") {
          this.refused++;
          say("550 5.1.1 no such person here");
        } else {
          to.push(addressIn(line));
          say("250 ok");
        }
      } else if (verb === "DATA") {
        if (to.length === 0) say("503 no recipients");
        else {
          inData = true;
          say("354 go ahead");
        }
      } else if (verb === "RSET" || verb === "NOOP") say("250 ok");
      else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else say("502 not implemented");
    };

    const onMessage = (/** @type {Buffer} */ stuffed) => {
      inData = false;
      if (this.refuse === "data") {
        this.refused++;
        say("554 5.7.1 refused after the data");
        return;
      }
      // latin1 keeps every byte as one character, so that the undoing of dot-stuffing cannot harm 8-bit text.
      const raw = Buffer.from(stuffed.toString("latin1").replace(/(^|\r\n)\.\./g, "$1."), "latin1");
      const mail = { from, to: [...to], raw, at: Date.now() };
      this.mails.push(mail);
      say("250 accepted");
      this.onMail?.(mail);
    };

    socket.on("data", (chunk) => {
      buffered = Buffer.concat([buffered, chunk]);
      for (;;) {
        if (inData) {
          const end = buffered.indexOf("\r\n.\r\n");
          const emptyMail = buffered.subarray(0, 3).equals(Buffer.from(".\r\n"));
          if (end < 0 && !emptyMail) return;
          const body = emptyMail ? Buffer.alloc(0) : buffered.subarray(0, end + 2);
          buffered = buffered.subarray(emptyMail ? 3 : end + 5);
          onMessage(body);
        } else {
          const end = buffered.indexOf("\r\n");
          if (end < 0) return;
          const line = buffered.subarray(0, end).toString("utf8");
          buffered = buffered.subarray(end + 2);
          onLine(line);
        }
      }
    });
    say("220 sink.example ESMTP");
  }
}
