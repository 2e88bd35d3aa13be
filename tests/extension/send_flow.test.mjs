// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Every way out of the send flow, and that none of them lets a mail go but the deliberate ones.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { HostLink } from "../../extension/core/host_link.js";
import { Failure } from "../../extension/core/failure.js";
import { QUIET_WAIT_MS, SHOW_WINDOW_AFTER_MS, SendFlow } from "../../extension/core/send_flow.js";
import { UncheckedRecords } from "../../extension/core/unchecked_records.js";
import { problemsOf } from "../protocol/lib/schema.mjs";
import { BACK, FakeClient, draft, send } from "./fake_client.mjs";
import { FakePort, FakeTimers, afterHello, settle } from "./fake_port.mjs";
import { asking, finding, recipient, verdict } from "./verdicts.mjs";

/** @typedef {import("../../extension/core/types").Verdict} Verdict */

const SCHEMA = JSON.parse(readFileSync(new URL("../../host/wire/protocol.schema.json", import.meta.url), "utf8"));

/**
 * What the host answers to each method; what is not named gets an ordinary answer.
 * @typedef {Record<string, (params: any, port: FakePort) => any>} Answers
 */

/**
 * @param {Answers} answers
 * @param {Partial<Verdict>} [first] the verdict, unless answers say otherwise
 * @param {Pick<import("../../extension/core/part_sender.js").PartSender, "facts" | "again">} [parts]
 */
function house(answers = {}, first = asking(), parts = undefined) {
  /** @type {{method: string, params: any}[]} */
  const asked = [];
  const client = new FakeClient();
  const timers = new FakeTimers();
  /** @type {Answers} */
  const ordinary = {
    "draft.evaluate": ({ compose_id, revision }) => ({ compose_id, revision, verdict: first }),
    "draft.commit": () => ({ patch: {}, result_digest: "sha256:result", hold_seconds: 0 }),
    "draft.verify": () => ({ matches: true, digest: "sha256:result" }),
    "draft.fix": () => ({ patch: {} }),
    "draft.shown": () => ({}),
    "history.silence": () => ({ changed: true }),
    "draft.sent": () => ({}),
    "draft.cancelled": () => ({}),
  };
  const host = new HostLink({
    connect: () =>
      new FakePort(
        afterHello((request, port) => {
          const { method, params } = request;
          assert.deepEqual(problemsOf(SCHEMA, "request", request), [], method);
          asked.push({ method, params });
          return (answers[method] ?? ordinary[method])?.(params, port);
        }),
      ),
    classifyDisconnect: () => "host_crashed",
    hello: async () => ({}),
    setTimer: timers.set,
    clearTimer: timers.clear,
  });
  const records = new UncheckedRecords(client, () => new Date("2026-11-22T09:00:00Z"));
  const flow = new SendFlow({ client, host, records, ...(parts ? { parts } : {}), session: "s", setTimer: timers.set, clearTimer: timers.clear });
  const methods = () => asked.map(({ method }) => method);
  return { asked, client, flow, host, methods, records, timers };
}

/** @param {number} code */
const refusal = (code, /** @type {string[]} */ missing = []) => ({ error: { code, message: "refused", data: { name: "x", remedy: "", missing } } });

test("nothing asked, nothing changed: the mail goes, without a window and without a commit", async () => {
  const { flow, client, methods } = house({}, verdict());
  assert.deepEqual(await flow.decide(1), { allow: true, why: "clean", failure: null });
  assert.deepEqual(methods(), ["draft.evaluate"]);
  assert.equal(client.views.length, 0);
  assert.deepEqual(client.marks, ["none"]);
});

test("asked and confirmed: commit, read back, go", async () => {
  const { flow, client, asked, methods } = house();
  client.person = (model) => {
    assert.equal(model.state, "ready");
    assert.deepEqual(model.verdict?.acknowledge, ["to[0]"]);
    return send({ reason: "agreed", typedCount: 3, typedNames: ["a.pdf"] });
  };
  assert.deepEqual(await flow.decide(1), { allow: true, why: "confirmed", failure: null });
  assert.deepEqual(methods(), ["draft.evaluate", "draft.commit", "draft.verify"]);
  const commit = asked[1]?.params;
  assert.equal(commit.digest, "sha256:draft");
  assert.equal(commit.policy_sha256, "p1");
  assert.deepEqual(
    [commit.acknowledged, commit.reason, commit.typed_count, commit.typed_names],
    [["to[0]"], "agreed", 3, ["a.pdf"]],
  );
  assert.equal(asked[2]?.params.result_digest, "sha256:result");
  assert.equal(client.views[0]?.closed, true);
});

test("back: the mail stays, the host is told, the window says so", async () => {
  const { flow, client, asked } = house();
  assert.deepEqual(await flow.decide(1), { allow: false, why: "back", failure: null });
  assert.deepEqual(asked.at(-1), {
    method: "draft.cancelled",
    params: { compose_id: "c-1-s", digest: "sha256:draft", why: "back" },
  });
  assert.deepEqual(client.marks, ["none", "back"]);
  assert.equal(client.views[0]?.closed, true);
});

test("block: no answer of the window lets the mail go", async () => {
  for (const event of [BACK, send()]) {
    const { flow, client, methods } = house({}, asking({ disposition: "block", findings: [finding({ mode: "block" })] }));
    client.person = (model) => {
      assert.equal(model.state, "block");
      return event;
    };
    assert.deepEqual(await flow.decide(1), { allow: false, why: "block", failure: null });
    assert.ok(!methods().includes("draft.commit"));
    assert.deepEqual(client.marks, ["none", "block"]);
  }
});

test("a hold this client cannot carry out is said before anything is asked", async () => {
  const { flow, client, methods } = house({}, asking({ disposition: "delay", hold_seconds: 300 }));
  client.person = () => send();
  assert.equal((await flow.decide(1)).failure?.kind, "cannot_carry_out");
  assert.equal(client.views.length, 0);
  assert.deepEqual(methods(), ["draft.evaluate"]);
});

test("approval, which this client cannot ask for, lets nothing go", async () => {
  const { flow, client } = house({}, asking({ disposition: "delay", needs: ["confirm", "approve"] }));
  client.person = () => send();
  assert.equal((await flow.decide(1)).allow, false);
});

test("only changed: carried out without a window", async () => {
  const { flow, client, methods } = house(
    {
      "draft.commit": () => ({
        patch: { recipients: { to: ["ito@c-corp.example"], cc: [], bcc: ["audit@example.com"] } },
        result_digest: "sha256:result",
        hold_seconds: 0,
      }),
      "draft.verify": ({ draft: after }) => ({ matches: after.bcc[0] === "audit@example.com", digest: "d" }),
    },
    verdict({ disposition: "modify", obligations: [{ kind: "add_bcc", by: "audit", params: {} }] }),
  );
  assert.equal((await flow.decide(1)).allow, true);
  assert.deepEqual(client.applied, [{ recipients: { to: ["ito@c-corp.example"], cc: [], bcc: ["audit@example.com"] } }]);
  assert.deepEqual(methods(), ["draft.evaluate", "draft.commit", "draft.verify"]);
  assert.equal(client.views.length, 0);
});

test("a fix changes the mail, which is evaluated anew; sending is still the person's word", async () => {
  const { flow, client, asked } = house({
    "draft.fix": () => ({ patch: { recipients: { to: [], cc: [], bcc: ["ito@c-corp.example"] } } }),
    "draft.evaluate": ({ compose_id, revision, draft: wire }) => ({
      compose_id,
      revision,
      verdict: wire.bcc.length > 0 ? verdict({ digest: "sha256:fixed" }) : asking(),
    }),
  });
  client.person = (model, turn) => {
    if (turn === 1) return { type: "fix", rule: "many", fix: "move_to_bcc" };
    assert.equal(model.note, "fixed");
    return send({ acknowledged: [] });
  };
  assert.equal((await flow.decide(1)).why, "confirmed");
  assert.deepEqual(asked.map(({ method }) => method).slice(0, 4), ["draft.evaluate", "draft.fix", "draft.evaluate", "draft.commit"]);
  assert.equal(asked[2]?.params.revision, 2);
  assert.equal(asked[3]?.params.digest, "sha256:fixed");
});

test("that the question is on the screen is told to the records, and answers nothing", async () => {
  const { flow, client, asked, methods } = house();
  const person = client.person;
  let turns = 0;
  client.person = (model, turn) => {
    turns++;
    if (turns === 1) return { type: "shown", digest: "sha256:of another verdict" };
    if (turns === 2) return { type: "shown", digest: model.verdict?.digest ?? "" };
    return person(model, turn);
  };
  assert.equal((await flow.decide(1)).why, "back");
  assert.equal(client.views[0]?.shown.length, 1, "it is not shown anew");
  assert.deepEqual(methods(), ["draft.evaluate", "draft.shown", "draft.cancelled"]);
  assert.equal(asked[1]?.params.digest, asking().digest);
});

test("this is right: the host is told the address, and the mail is checked anew", async () => {
  const silenceable = [{ rule: "new", condition: "first_time", recipient: "to[0]", label: "The address is right." }];
  let silenced = false;
  const { flow, client, asked } = house({
    "draft.evaluate": ({ compose_id, revision }) =>
      silenced ? { compose_id, revision, verdict: verdict({ digest: "sha256:quiet" }) } : { compose_id, revision, verdict: asking(), silenceable },
    "history.silence": () => {
      silenced = true;
      return { changed: true };
    },
  });
  client.person = (model, turn) => {
    if (turn === 1) return { type: "silence", condition: "first_time", recipient: "to[0]" };
    assert.equal(model.note, "silenced");
    assert.deepEqual(model.silenceable, []);
    return send({ acknowledged: [] });
  };
  assert.equal((await flow.decide(1)).why, "confirmed");
  assert.deepEqual(asked[1], { method: "history.silence", params: { condition: "first_time", address: asking().recipients[0]?.address } });
});

test("what the host did not offer is not silenced, and what cannot be noted is said", async () => {
  const silenceable = [{ rule: "new", condition: "first_time", recipient: "to[0]", label: "The address is right." }];
  for (const [condition, times] of /** @type {const} */ ([["personal_data", 0], ["first_time", 1]])) {
    const { flow, client, methods } = house({
      "draft.evaluate": ({ compose_id, revision }) => ({ compose_id, revision, verdict: asking(), silenceable }),
      "history.silence": () => refusal(1401),
    });
    client.person = (model, turn) => {
      if (turn === 1) return { type: "silence", condition, recipient: "to[0]" };
      assert.equal(model.note, "silence_refused");
      return BACK;
    };
    assert.equal((await flow.decide(1)).why, "back");
    assert.equal(methods().filter((method) => method === "history.silence").length, times);
  }
});

for (const [code, what] of /** @type {[number, string][]} */ ([
  [1203, "the host no longer offers"],
  [1205, "this client cannot carry out"],
])) {
  test(`a fix ${what} is said, not fatal`, async () => {
    const { flow, client } = house({ "draft.fix": () => refusal(code) });
    client.person = (_, turn) => (turn === 1 ? { type: "fix", rule: "many", fix: "gone" } : BACK);
    assert.equal((await flow.decide(1)).why, "back");
    assert.equal(client.views[0]?.shown[1]?.note, "fix_refused");
  });
}

test("a fix may lead back to the mail: nothing is changed, nothing is sent", async () => {
  const { flow, client, asked } = house({ "draft.fix": () => ({ patch: {}, go_to: "attachments" }) });
  client.person = () => ({ type: "fix", rule: "forgotten-attachment", fix: "go_back" });
  assert.deepEqual(await flow.decide(1), { allow: false, why: "back", failure: null });
  assert.deepEqual(asked.map(({ method }) => method), ["draft.evaluate", "draft.fix", "draft.cancelled"]);
  assert.equal(asked[2]?.params.why, "back");
  assert.equal(client.views[0]?.closed, true);
  assert.deepEqual(client.wentTo, ["attachments"]);
  assert.deepEqual(client.applied, []);
});

test("a fix that changes the sender is put back with the rest when it fails", async () => {
  const { flow, client } = house({ "draft.fix": () => ({ patch: { from: "private@home.example" } }) });
  const { from } = await client.readDraft(1);
  const written = client.apply;
  let first = true;
  client.apply = (now, change) => {
    if (first) {
      first = false;
      client.drafts.set(1, written(now, change));
      throw new Error("no account sends from there");
    }
    return written(now, change);
  };
  client.person = () => ({ type: "fix", rule: "wrong-account", fix: "switch_sender" });
  const decision = await flow.decide(1);
  assert.equal(decision.failure?.kind, "patch_failed");
  assert.equal((await client.readDraft(1)).from, from);
});

for (const [code, note] of /** @type {[number, string][]} */ ([
  [1201, "mail_changed"],
  [1202, "policy_changed"],
  [1204, "policy_changed"],
  [1206, "not_covered"],
])) {
  test(`commit refused with ${code}: shown anew, and not sent`, async () => {
    const { flow, client, methods } = house({ "draft.commit": () => refusal(code) });
    client.person = (_, turn) => (turn === 1 ? send() : BACK);
    assert.deepEqual(await flow.decide(1), { allow: false, why: "back", failure: null });
    assert.equal(client.views[0]?.shown[1]?.note, note);
    assert.equal(methods().filter((method) => method === "draft.evaluate").length, 2);
    assert.ok(!methods().includes("draft.verify"));
  });
}

test("the mail that is committed is the one in the window now", async () => {
  const { flow, client, asked } = house();
  client.person = () => {
    client.drafts.set(1, draft({ to: ["ito@c-corp.example", "eve@d.example"] }));
    return send();
  };
  await flow.decide(1);
  assert.deepEqual(asked[1]?.params.draft.to, ["ito@c-corp.example", "eve@d.example"]);
});

/**
 * @param {string} name
 * @param {Answers} answers
 * @param {string} kind
 * @param {boolean} mayGoUnchecked
 * @param {(made: ReturnType<typeof house>) => void} [arrange]
 */
function failing(name, answers, kind, mayGoUnchecked, arrange = () => {}) {
  test(`failure: ${name}`, async () => {
    const made = house(answers);
    made.client.person = () => send();
    arrange(made);
    const decision = await made.flow.decide(1);
    assert.equal(decision.allow, false);
    assert.equal(decision.why, "failed");
    assert.equal(made.client.failures.length, 1);
    assert.equal(made.client.failures[0]?.kind, kind);
    assert.equal(made.client.failures[0]?.mayGoUnchecked, mayGoUnchecked);
    assert.equal(made.client.marks.at(-1), "failed");
    for (const view of made.client.views) assert.equal(view.closed, true);
    // Afterwards the window can be used: a next send is decided on its own.
    assert.equal((await made.flow.decide(2)).allow !== undefined, true);
  });
}

const die = (/** @type {any} */ _, /** @type {FakePort} */ port) => port.die();
failing("the host crashes while it evaluates", { "draft.evaluate": die }, "host_crashed", true);
failing("the host crashes while it commits", { "draft.commit": die }, "host_crashed", true);
failing("the host crashes while it verifies", { "draft.verify": die }, "host_crashed", true);
failing("the host evaluates garbage", { "draft.evaluate": () => "yes" }, "host_garbage", false);
failing("the host's verdict has an unknown key", { "draft.evaluate": ({ compose_id, revision }) => ({ compose_id, revision, verdict: { ...verdict(), ok: true } }) }, "host_unknown_key", false);
failing("the verdict is about another revision", { "draft.evaluate": ({ compose_id, revision }) => ({ compose_id, revision: revision - 1, verdict: verdict() }) }, "host_garbage", false);
failing("the verdict is about another mail", { "draft.evaluate": ({ revision }) => ({ compose_id: "c-9", revision, verdict: verdict() }) }, "host_garbage", false);
failing("the host cannot read the draft", { "draft.evaluate": () => refusal(1101) }, "host_error", false);
failing("the draft is too large", { "draft.evaluate": () => refusal(1001) }, "draft_too_large", false);
failing("an obligation cannot be carried out", { "draft.commit": () => refusal(1205) }, "cannot_carry_out", false);
failing("the host wants a hold", { "draft.commit": () => ({ patch: {}, result_digest: "r", hold_seconds: 300 }) }, "cannot_carry_out", false);
failing("the host fails at commit", { "draft.commit": () => refusal(-32603) }, "host_error", false);
failing("the host fails at verify", { "draft.verify": () => refusal(-32603) }, "host_error", false);
failing("the patch has an unknown key", { "draft.commit": () => ({ patch: { priority: "x" }, result_digest: "r", hold_seconds: 0 }) }, "host_unknown_key", false);
failing("attachments are still pending", { "draft.evaluate": ({ compose_id, revision }) => ({ compose_id, revision, verdict: verdict({ pending: ["1"] }) }) }, "parts_pending", false);
failing("newsgroups, which the host does not know", {}, "newsgroups", true, ({ client }) => {
  client.drafts.set(1, draft({ newsgroups: ["comp.example"] }));
});
failing("the compose window cannot be read", {}, "internal", false, ({ client }) => {
  client.readDraft = async () => {
    throw new TypeError("no such tab");
  };
});
failing("the address book cannot be read", {}, "internal", false, ({ client }) => {
  client.readContext = async () => {
    throw new Error("locked");
  };
});
failing("the confirmation does not come up", {}, "window_failed", false, ({ client }) => {
  client.pageComesUp = Promise.reject(new Failure("window_failed", "no window"));
  client.pageComesUp.catch(() => {});
});
failing("the window breaks while it asks", {}, "internal", false, ({ client }) => {
  client.person = () => {
    throw new Error("gone");
  };
});

test("failure: the host hangs; the deadline ends it", async () => {
  const { flow, client, timers } = house({ "draft.evaluate": () => undefined });
  const decision = flow.decide(1);
  await timers.pass(10_000);
  assert.equal((await decision).allow, false);
  assert.equal(client.failures[0]?.kind, "host_timeout");
  assert.equal(client.failures[0]?.mayGoUnchecked, true);
  assert.equal(client.views[0]?.closed, true, "the window that said “checking” is gone");
});

test("that the failure window cannot be shown changes nothing", async () => {
  const { flow, client } = house({ "draft.evaluate": die });
  client.showFailure = async () => {
    throw new Error("no window");
  };
  client.markNotSent = async () => {
    throw new Error("no button");
  };
  assert.equal((await flow.decide(1)).allow, false);
});

const PATCHED = {
  "draft.commit": () => ({
    patch: { recipients: { to: [], cc: [], bcc: ["ito@c-corp.example"] } },
    result_digest: "sha256:result",
    hold_seconds: 0,
  }),
};

test("a read-back that does not match: the recipients are put back, nothing is sent", async () => {
  const { flow, client } = house({ ...PATCHED, "draft.verify": () => ({ matches: false, digest: "sha256:other" }) });
  client.person = () => send();
  const before = await client.readDraft(1);
  assert.equal((await flow.decide(1)).allow, false);
  assert.equal(client.failures[0]?.kind, "patch_failed");
  assert.deepEqual(await client.readDraft(1), before);
});

test("a patch that the window refuses: put back, nothing is sent", async () => {
  const { flow, client, methods } = house(PATCHED);
  client.person = () => send();
  let times = 0;
  client.apply = (now, { recipients }) => {
    times += 1;
    if (times === 1) throw new Error("An unexpected error occurred");
    return { ...now, ...recipients };
  };
  assert.equal((await flow.decide(1)).allow, false);
  assert.equal(client.failures[0]?.kind, "patch_failed");
  assert.equal(times, 2);
  assert.ok(!methods().includes("draft.verify"));
});

const ADDED = {
  "draft.commit": () => ({
    patch: { body: { text: "Hello\n\nKodama\n" }, headers: [{ name: "X-Label", value: "public" }] },
    result_digest: "sha256:result",
    hold_seconds: 0,
  }),
};

test("text and header fields are put into the mail, and read back", async () => {
  const { flow, client, asked } = house({ ...ADDED, "draft.verify": () => ({ matches: true, digest: "d" }) });
  client.person = () => send();
  assert.equal((await flow.decide(1)).allow, true);
  assert.deepEqual(client.applied, [{ text: "Hello\n\nKodama\n", headers: [{ name: "X-Label", value: "public" }] }]);
  assert.deepEqual(asked.at(-1)?.params.draft.body, { text: "Hello\n\nKodama\n" });
});

test("a header field that does not stand there afterwards: all is put back, nothing is sent", async () => {
  const { flow, client } = house({ ...ADDED, "draft.verify": () => ({ matches: true, digest: "d" }) });
  client.person = () => send();
  client.apply = (now, { text }) => ({ ...now, ...(text === undefined ? {} : { text }) });
  const before = await client.readDraft(1);
  assert.equal((await flow.decide(1)).allow, false);
  assert.equal(client.failures[0]?.kind, "patch_failed");
  assert.deepEqual(await client.readDraft(1), before);
});

test("a mail that was not sent gets its text back, unless the person went on writing", async () => {
  for (const goesOn of [false, true]) {
    const { flow, client } = house({ ...ADDED, "draft.verify": () => ({ matches: true, digest: "d" }) });
    client.person = () => send();
    const before = await client.readDraft(1);
    await flow.decide(1);
    if (goesOn) client.drafts.set(1, { ...(await client.readDraft(1)), text: "Hello\n\nKodama\nPS." });
    await flow.report(1, { sent: false, messageId: "" });
    assert.deepEqual(await client.readDraft(1), goesOn ? { ...before, text: "Hello\n\nKodama\nPS." } : before);
  }
});

test("a fix that changes only the text is carried out", async () => {
  const { flow, client } = house({ "draft.fix": () => ({ patch: { body: { text: "fixed" } } }) });
  client.person = (_, turn) => (turn === 1 ? { type: "fix", rule: "foot", fix: "add_text" } : BACK);
  await flow.decide(1);
  assert.equal((await client.readDraft(1)).text, "fixed");
  assert.equal(client.views[0]?.shown[1]?.note, "fixed");
});

test("an obligation that cannot be carried out is said at once, and no answer lets the mail go", async () => {
  const obligations = [{ kind: "remove_recipients", by: "gone", params: {}, problem: "Nobody would be left." }];
  for (const event of [BACK, send()]) {
    const { flow, client, methods } = house({}, verdict({ obligations }));
    client.person = (model) => {
      assert.equal(model.state, "block");
      return event;
    };
    assert.deepEqual(await flow.decide(1), { allow: false, why: "block", failure: null });
    assert.ok(!methods().includes("draft.commit"));
  }
});

for (const [missing, note] of /** @type {[string[], string][]} */ ([
  [["type_count"], "count_wrong"],
  [["retype_names"], "names_wrong"],
  [["to[0]", "type_count"], "not_covered"],
  [["to[0]"], "not_covered"],
])) {
  test(`what was typed wrongly is said by name: ${missing.join(" ")}`, async () => {
    const { flow, client } = house({ "draft.commit": () => refusal(1206, missing) });
    client.person = (_, turn) => (turn === 1 ? send() : BACK);
    await flow.decide(1);
    assert.equal(client.views[0]?.shown[1]?.note, note);
  });
}

test("recipients that cannot be put back are said loudly", async () => {
  for (const stubborn of [true, false]) {
    const { flow, client } = house({ ...PATCHED, "draft.verify": () => ({ matches: false, digest: "x" }) });
    client.person = () => send();
    let times = 0;
    client.apply = (now, { recipients }) => {
      times += 1;
      if (times === 1) return { ...now, ...recipients };
      if (stubborn) return now;
      throw new Error("refused");
    };
    assert.equal((await flow.decide(1)).allow, false);
    assert.equal(client.failures[0]?.kind, "restore_failed");
  }
});

test("two sends of one window at once: the second is refused, the first decides", async () => {
  const { flow, client, methods } = house();
  /** @type {(event: import("../../extension/core/types").ConfirmationEvent) => void} */
  let answer = () => {};
  client.person = () => new Promise((resolve) => (answer = resolve));
  const first = flow.decide(1);
  await settle();
  assert.equal((await flow.decide(1)).allow, false);
  answer(send());
  assert.equal((await first).allow, true);
  assert.equal(methods().filter((method) => method === "draft.commit").length, 1);
});

test("two windows at once are decided apart", async () => {
  const { flow, client } = house();
  client.drafts.set(1, draft({ subject: "one" }));
  client.drafts.set(2, draft({ subject: "two" }));
  client.person = (model) => (model.summary.subject === "one" ? send() : BACK);
  const [one, two] = await Promise.all([flow.decide(1), flow.decide(2)]);
  assert.deepEqual([one.allow, two.allow], [true, false]);
});

test("a slow check shows its window; back in it keeps the mail, whatever the host says later", async () => {
  for (const late of [verdict(), verdict({ disposition: "modify", obligations: [{ kind: "add_bcc", by: "a", params: {} }] })]) {
    /** @type {() => void} */
    let answer = () => {};
    const made = house({
      "draft.evaluate": ({ compose_id, revision }, port) => {
        // The second request of the port, after hello.
        answer = () => port.say({ jsonrpc: "2.0", id: 2, result: { compose_id, revision, verdict: late } });
        return undefined;
      },
    });
    const decision = made.flow.decide(1);
    await made.timers.pass(SHOW_WINDOW_AFTER_MS);
    const view = made.client.views[0];
    assert.equal(view?.shown[0]?.state, "loading");
    view?.leave();
    assert.deepEqual(await decision, { allow: false, why: "back", failure: null });
    answer();
    await settle();
    assert.deepEqual(made.methods(), ["draft.evaluate"], "nothing is carried out afterwards");
    assert.deepEqual(made.client.applied, []);
  }
});

test("back during a slow silent change: the change is taken back", async () => {
  /** @type {() => void} */
  let verified = () => {};
  const { flow, client, timers } = house(
    {
      "draft.commit": PATCHED["draft.commit"],
      "draft.verify": (_, port) => {
        verified = () => port.say({ jsonrpc: "2.0", id: 4, result: { matches: true, digest: "d" } });
        return undefined;
      },
    },
    verdict({ disposition: "modify", obligations: [{ kind: "move_to_bcc", by: "a", params: {} }] }),
  );
  const before = await client.readDraft(1);
  const decision = flow.decide(1);
  await timers.pass(SHOW_WINDOW_AFTER_MS);
  client.views[0]?.leave();
  await settle();
  verified();
  assert.equal((await decision).allow, false);
  assert.deepEqual(await client.readDraft(1), before, "taken back before the window is free again");
});

test("back while a silent change is being committed: nothing is changed, also not behind the next Send", async () => {
  const modify = verdict({ disposition: "modify", obligations: [{ kind: "add_bcc", by: "a", params: {} }] });
  /** @type {() => void} */
  let commit = () => {};
  const { flow, client, timers } = house(
    {
      "draft.commit": (_, port) => {
        commit = () => port.say({ jsonrpc: "2.0", id: 3, result: PATCHED["draft.commit"]() });
        return undefined;
      },
    },
    modify,
  );
  client.drafts.set(1, draft({ to: ["wrong@c-corp.example", "right@c-corp.example"] }));
  const decision = flow.decide(1);
  await timers.pass(SHOW_WINDOW_AFTER_MS);
  client.views[0]?.leave();
  assert.deepEqual(await decision, { allow: false, why: "back", failure: null });
  client.drafts.set(1, draft({ to: ["right@c-corp.example"] }));
  const again = flow.decide(1);
  await settle();
  commit();
  await settle();
  assert.deepEqual(client.applied, [], "the commit of the mail that was left changes nothing");
  assert.deepEqual((await client.readDraft(1)).to, ["right@c-corp.example"]);
  client.views.at(-1)?.leave();
  await timers.pass(60_000);
  assert.equal((await again).allow, false);
});

test("back after Send, while the host still works, keeps the mail", async () => {
  for (const [slow, id] of /** @type {[string, number][]} */ ([["draft.commit", 3], ["draft.verify", 4]])) {
    /** @type {() => void} */
    let answer = () => {};
    const { flow, client, asked } = house({
      ...PATCHED,
      [slow]: (_, port) => {
        const result = slow === "draft.commit" ? PATCHED["draft.commit"]() : { matches: true, digest: "d" };
        answer = () => port.say({ jsonrpc: "2.0", id, result });
        return undefined;
      },
    });
    const before = await client.readDraft(1);
    client.person = () => send();
    const decision = flow.decide(1);
    await settle();
    client.views[0]?.leave();
    await settle();
    answer();
    assert.deepEqual(await decision, { allow: false, why: "back", failure: null }, slow);
    assert.deepEqual(await client.readDraft(1), before, slow);
    assert.equal(asked.at(-1)?.params.why, "back", slow);
  }
});

test("who is in a list is read again for the commit", async () => {
  const { flow, client, asked } = house();
  let members = ["a@c-corp.example"];
  client.readContext = async () => ({ context: { lists: [{ name: "Team", members: [...members] }] }, listNames: {} });
  client.person = () => {
    members = ["a@c-corp.example", "new@evil.example"];
    return send();
  };
  await flow.decide(1);
  const commit = asked.find(({ method }) => method === "draft.commit");
  assert.deepEqual(commit?.params.context.lists[0].members, members);
});

test("a mail that was let out and did not leave gets its recipients back, unless the person changed them", async () => {
  const modify = verdict({ disposition: "modify", obligations: [{ kind: "add_bcc", by: "a", params: {} }] });
  for (const how of ["reported", "silent", "edited"]) {
    const { flow, client } = house(PATCHED, modify);
    const before = await client.readDraft(1);
    assert.equal((await flow.decide(1)).allow, true);
    const changed = await client.readDraft(1);
    assert.notDeepEqual(changed, before);
    if (how === "reported") await flow.report(1, { sent: false, messageId: "" });
    if (how === "edited") {
      client.drafts.set(1, { ...changed, to: ["x@c-corp.example"] });
      await flow.report(1, { sent: false, messageId: "" });
      assert.deepEqual((await client.readDraft(1)).to, ["x@c-corp.example"]);
      continue;
    }
    /** @type {unknown[]} */
    const seen = [];
    const read = client.readDraft.bind(client);
    client.readDraft = async (compose) => {
      seen.push((await read(compose)).bcc);
      return read(compose);
    };
    await flow.decide(1);
    assert.ok(seen.some((bcc) => JSON.stringify(bcc) === JSON.stringify(before.bcc)), `${how}: checked as it was written`);
  }
});

test("a fast check shows no window", async () => {
  const { flow, client, timers } = house({}, verdict());
  await flow.decide(1);
  await timers.pass(60_000);
  assert.equal(client.views.length, 0);
});

// ---- sending one mail unchecked -----------------------------------------------------------------------------------

test("unchecked: only after a failure that allows it, once, recorded, and told to the host when it is back", async () => {
  const { flow, client, host, records, asked } = house({ "draft.evaluate": die });
  assert.equal(await flow.allowOnce(1, "host_garbage"), false);
  assert.equal((await flow.decide(1)).allow, false);

  assert.equal(await flow.allowOnce(1, "host_crashed"), true);
  assert.equal((await flow.decide(2)).allow, false, "not another window");
  assert.deepEqual(await flow.decide(1), { allow: true, why: "unchecked", failure: null });
  assert.equal((await flow.decide(1)).allow, false, "not a second time");
  assert.deepEqual(client.records, [
    { at: "2026-11-22T09:00:00.000Z", compose_id: "c-1-s", failure: "host_crashed", reported: false },
  ]);

  await records.report(host);
  assert.deepEqual(asked.at(-1), { method: "draft.cancelled", params: { compose_id: "c-1-s", why: "unchecked" } });
  assert.equal(client.records[0]?.reported, true);
  const before = asked.length;
  await records.report(host);
  assert.equal(asked.length, before, "told once");
});

test("unchecked: a host that works again is asked, and what it says counts", async () => {
  const { flow, client } = house({}, asking({ disposition: "block", needs: [], acknowledge: [] }));
  assert.equal(await flow.allowOnce(1, "host_crashed"), true);
  assert.equal((await flow.decide(1)).allow, false);
  assert.deepEqual(client.records, []);
});

test("unchecked: another failure than the one that was read, or one after the host's verdict, lets nothing out", async () => {
  const { flow, client } = house({ "draft.evaluate": die });
  await flow.allowOnce(1, "host_missing");
  assert.equal((await flow.decide(1)).allow, false);
  const late = house({ "draft.commit": die });
  late.client.person = () => send();
  await late.flow.allowOnce(1, "host_crashed");
  assert.equal((await late.flow.decide(1)).allow, false);
  assert.deepEqual([client.records, late.client.records], [[], []]);
});

test("unchecked: a permission that was not used does not linger", async () => {
  const { flow } = house({ "draft.evaluate": die });
  await flow.allowOnce(1, "host_crashed");
  flow.forgetAllowOnce(1);
  assert.equal((await flow.decide(1)).allow, false);
  await flow.allowOnce(1, "host_crashed");
  flow.forget(1);
  assert.equal((await flow.decide(1)).allow, false);
});

test("unchecked: on a managed seat only where the administrator says so, and only for the host", async () => {
  const { flow, client } = house({ "draft.evaluate": die });
  client.managed = { managed: true, onHostMissing: "block" };
  await flow.decide(1);
  assert.equal(client.failures[0]?.mayGoUnchecked, false);
  assert.equal(await flow.allowOnce(1, "host_missing"), false);
  assert.deepEqual(client.records, []);
  client.managed = { managed: true, onHostMissing: "confirm-unchecked" };
  assert.equal(await flow.allowOnce(1, "host_missing"), true);
  assert.equal(await flow.allowOnce(1, "newsgroups"), false);
});

test("unchecked: a record that cannot be written lets nothing out", async () => {
  const { flow, client } = house({ "draft.evaluate": die });
  client.saveRecords = async () => {
    throw new Error("disk full");
  };
  await flow.allowOnce(1, "host_crashed");
  assert.equal((await flow.decide(1)).allow, false);
});

// ---- afterwards -----------------------------------------------------------------------------------------------------

test("what became of the mail is told with the digest that was approved", async () => {
  const { flow, client, asked } = house();
  client.person = () => send();
  await flow.decide(1);
  await flow.report(1, { sent: true, messageId: "<1@example.com>" });
  assert.deepEqual(asked.at(-1), {
    method: "draft.sent",
    params: { compose_id: "c-1-s", digest: "sha256:result", message_id: "<1@example.com>" },
  });
  const before = asked.length;
  await flow.report(1, { sent: true, messageId: "<1@example.com>" });
  assert.equal(asked.length, before, "once");
  await flow.decide(1);
  await flow.report(1, { sent: false, messageId: "" });
  assert.equal(asked.at(-1)?.params.why, "failed");
});

test("a mail that was never let out is not reported as sent", async () => {
  const { flow, asked } = house();
  await flow.decide(1);
  const before = asked.length;
  await flow.report(1, { sent: false, messageId: "" });
  assert.equal(asked.length, before);
});

test("recipients that are lists go out under the list's name, and come back as they were written", async () => {
  const { flow, client, asked } = house(PATCHED);
  client.drafts.set(1, draft({ to: ["TeamX <our team>"] }));
  client.readContext = async () => ({
    context: { lists: [{ name: "TeamX", members: ["a@c-corp.example"] }] },
    listNames: { "TeamX <our team>": "TeamX <TeamX>" },
  });
  client.person = () => send();
  await flow.decide(1);
  assert.deepEqual(asked[0]?.params.draft.to, ["TeamX <TeamX>"]);
  assert.deepEqual(asked[1]?.params.draft.to, ["TeamX <TeamX>"]);
  assert.equal(recipient("to[0]", "a@b.example").side, "outside");
});

test("idle waits for every decision under way", async () => {
  const { flow, client } = house();
  assert.equal(flow.busy, false);
  await flow.idle();
  let idle = false;
  client.person = () => {
    flow.idle().then(() => (idle = true));
    assert.equal(flow.busy, true);
    return BACK;
  };
  await flow.decide(1);
  await settle();
  assert.equal(flow.busy, false);
  assert.equal(idle, true);
});

// ---- attachments that are still on their way, or being looked into ----------------------------------------------------

const SHA = "0".repeat(64);

/**
 * A mail with a file. `reading` is what the host says of it; `arriving` whether it is still on its way there.
 * @param {(first: boolean) => Partial<Verdict>} verdictNow what the host finds, while it reads and then
 * @param {Answers} [answers]
 */
function mailWithFile(verdictNow, answers = {}) {
  const now = { reading: true, arriving: false, again: 0, unknown: 0 };
  const parts = {
    facts: () => /** @type {any} */ (now.arriving ? { arriving: true } : { sha256: SHA }),
    again: () => void (now.again += 1),
  };
  const made = house(
    {
      "draft.evaluate": ({ compose_id, revision, draft: { attachments } }) => {
        if (now.unknown > 0) {
          now.unknown -= 1;
          return refusal(1305);
        }
        const pending = now.reading || attachments[0].arriving;
        const found = pending ? { ...verdictNow(true), pending: ["attachments[0]"] } : verdictNow(false);
        return { compose_id, revision, verdict: verdict(found), parts: [{ where: "attachments[0]", state: pending ? "pending" : "read" }] };
      },
      "part.state": ({ parts: asked }) => ({ states: asked.map(() => (now.reading ? "pending" : "read")) }),
      ...answers,
    },
    verdict(),
    parts,
  );
  const { client } = made;
  const readDraft = client.readDraft.bind(client);
  client.readDraft = async (compose) => ({
    ...(await readDraft(compose)),
    attachments: [{ id: "1", name: "plan.xlsx", size: 10, ...parts.facts() }],
  });
  return { ...made, now };
}

const never = () => new Promise(() => {});

test("a file that is read in a moment costs no window", async () => {
  const { flow, client, now, timers } = mailWithFile(() => ({}));
  const decided = flow.decide(1);
  await timers.pass(QUIET_WAIT_MS / 4);
  now.reading = false;
  await timers.pass(QUIET_WAIT_MS);
  assert.deepEqual(await decided, { allow: true, why: "clean", failure: null });
  assert.equal(client.views.length, 0);
});

test("a file that takes longer: the window says so, lets nothing out, and the mail leaves when nothing was found", async () => {
  const { flow, client, now, timers, methods } = mailWithFile(() => ({}));
  client.person = (model, turn) => (turn === 1 ? send() : /** @type {any} */ (never()));
  const decided = flow.decide(1);
  await timers.pass(QUIET_WAIT_MS + 1_000);
  const [view] = client.views;
  assert.equal(view?.shown[0]?.state, "checking");
  assert.deepEqual(view?.shown[0]?.parts, [{ where: "attachments[0]", state: "pending" }]);
  assert.ok(!methods().includes("draft.commit"), "the click said nothing");
  now.reading = false;
  await timers.pass(1_000);
  assert.deepEqual(await decided, { allow: true, why: "clean", failure: null });
  assert.ok(view?.closed);
});

test("what is found in a file comes into the window that is open already; only then it can be sent", async () => {
  const { flow, client, now, timers, methods } = mailWithFile((first) => (first ? asking() : asking({ findings: [finding(), finding({ rule: "inside-file" })] })));
  let press = (/** @type {any} */ _) => {};
  client.person = () => new Promise((resolve) => (press = resolve));
  const decided = flow.decide(1);
  await timers.pass(QUIET_WAIT_MS + 1_000);
  const [view] = client.views;
  assert.equal(view?.shown.at(-1)?.state, "ready");
  assert.deepEqual(view?.shown.at(-1)?.verdict?.pending, ["attachments[0]"]);
  assert.ok(!methods().includes("draft.commit"));
  now.reading = false;
  await timers.pass(1_000);
  press(send());
  assert.deepEqual(await decided, { allow: true, why: "confirmed", failure: null });
  assert.deepEqual(view?.shown.at(-1)?.verdict?.findings.map(({ rule }) => rule), ["external", "inside-file"]);
  assert.ok(methods().includes("draft.commit"));
});

test("a file that is still on its way is waited for like one that is being read", async () => {
  const { flow, now, timers } = mailWithFile(() => ({}));
  now.arriving = true;
  now.reading = false;
  const decided = flow.decide(1);
  await timers.pass(QUIET_WAIT_MS / 4);
  now.arriving = false;
  await timers.pass(QUIET_WAIT_MS);
  assert.deepEqual(await decided, { allow: true, why: "clean", failure: null });
});

test("going back ends the wait for a file", async () => {
  const { flow, client, timers } = mailWithFile(() => ({}));
  client.person = () => BACK;
  const decided = flow.decide(1);
  await timers.pass(QUIET_WAIT_MS + 1_000);
  assert.deepEqual(await decided, { allow: false, why: "back", failure: null });
});

test("a host that knows a file no more gets it again; one that never keeps it lets nothing out", async () => {
  const once = mailWithFile(() => ({}));
  once.now.reading = false;
  once.now.unknown = 1;
  assert.equal((await once.flow.decide(1)).allow, true);
  assert.equal(once.now.again, 1);
  const always = mailWithFile(() => ({}));
  always.now.unknown = 100;
  assert.equal((await always.flow.decide(1)).allow, false);
  assert.equal(always.now.again, 2);
});

test("a host that fails while it reads a file keeps the mail", async () => {
  const { flow, client, timers } = mailWithFile(() => ({}), { "part.state": (_, port) => void port.die() });
  const decided = flow.decide(1);
  await timers.pass(QUIET_WAIT_MS + 2_000);
  assert.equal((await decided).allow, false);
  assert.equal(client.failures.length, 1);
});

test("a commit that finds a file unread is no commit: the mail is checked again", async () => {
  let commits = 0;
  const { flow, client, now } = mailWithFile(() => asking(), {
    "draft.commit": () => (++commits === 1 ? refusal(1306) : { patch: {}, result_digest: "sha256:result", hold_seconds: 0 }),
  });
  now.reading = false;
  client.person = () => send();
  assert.deepEqual(await flow.decide(1), { allow: true, why: "confirmed", failure: null });
  assert.equal(client.views[0]?.shown.at(-1)?.note, "mail_changed");
});
