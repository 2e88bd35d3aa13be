// SPDX-License-Identifier: MPL-2.0
// The data that crosses a border of core/: the wire (host/wire/PROTOCOL.md), the mail client, the pages.

// ---- the wire -------------------------------------------------------------------------------------------------

export type Side = "inside" | "outside" | "unknown";
export type Disposition = "allow" | "modify" | "delay" | "block";
export type Need = "confirm" | "justify" | "approve" | "type_count" | "retype_names";
export type Mode = "simulate" | "warn" | "confirm" | "justify" | "hold" | "approve" | "block";

export interface VerdictRecipient {
  id: string;
  address: string;
  name: string;
  organisation: string;
  side: Side;
  known: boolean;
  rules: string[];
}

export interface Evidence {
  where: string;
  excerpt: string;
  /** Where in a file, for people; absent for what is in no file. */
  place?: string;
  start: number;
  end: number;
  why: string;
}

export interface Fix {
  id: string;
  label: string;
}

export interface Finding {
  rule: string;
  mode: Mode;
  condition: string;
  title: string;
  message: string;
  help?: string;
  on: "draft" | "result";
  evidence: Evidence[];
  evidence_total: number;
  fixes: Fix[];
}

export interface Obligation {
  kind: string;
  by: string;
  /** As the policy wrote them; nothing here reads them. */
  params: unknown;
  /** Why it cannot be carried out: a commit will be refused. */
  problem?: string;
}

/** What will be put into the mail beyond recipients and attachments. */
export interface PlannedChange {
  where: "subject" | "body" | "headers" | "attachments";
  by: string;
  label: string;
  text: string;
}

export interface Verdict {
  disposition: Disposition;
  needs: Need[];
  hold_seconds: number;
  recipients: VerdictRecipient[];
  acknowledge: string[];
  /** With type_count: whose number is typed. */
  count_of?: "outside" | "everybody";
  /** With retype_names: "attachments[0]"; typed names are given in this order. */
  retype?: string[];
  /** The window has a button that ticks everything. */
  tick_all?: true;
  /** How long Send waits after the window shows the mail. */
  countdown_seconds?: number;
  /** What the organisation says on top of the window. */
  top_message?: string;
  pending: string[];
  findings: Finding[];
  /** Ids of rules that matched but are only tried out. */
  simulated: string[];
  obligations: Obligation[];
  notices?: { id: string; by: string; text: string }[];
  changes?: PlannedChange[];
  result: { to: string[]; cc: string[]; bcc: string[]; attachments: unknown[]; extra_mails: unknown[] };
  policy: { id: string; serial: number; sha256: string };
  digest: string;
}

export interface RecipientFields {
  to: string[];
  cc: string[];
  bcc: string[];
}

/** Whatever is absent stays as it is. */
export interface Patch {
  recipients?: RecipientFields;
  /** One mailbox of the person's own: an account to send from. */
  from?: string;
  subject?: string;
  /** The whole body, in the form or forms that the draft had. */
  body?: { text?: string; html?: string };
  /** Each replaces the fields of its name; other fields stay. */
  headers?: HeaderField[];
  /** Ids of attachments that go, and the files that come, whose bytes `part.get` gives. */
  attachments?: { remove: string[]; add: { name: string; type: string; size_bytes?: number; sha256?: string; token?: string }[] };
}

export interface HeaderField {
  name: string;
  value: string;
}

export interface PolicyState {
  id: string;
  serial: number;
  sha256: string;
  state: "ok" | "last_good" | "fallback";
  problems: { file: string; line: number; column: number; message: string; remedy: string }[];
}

export interface HelloResult {
  protocol: number;
  host: { version: string };
  lang: string;
  policy: PolicyState;
  capabilities: string[];
  limits: { frame_up_bytes: number; frame_down_bytes: number; chunk_bytes: number; part_chunk_bytes?: number; part_bytes?: number };
}

export interface EvaluateResult {
  compose_id: string;
  revision: number;
  verdict: Verdict;
  silenceable?: Silenceable[];
  parts?: PartReport[];
}

/** What is known of an attachment: whether it was looked into, and what it is by its content ("xlsx"). */
export interface PartReport {
  /** "attachments[0]" */
  where: string;
  state: "pending" | "read" | "uninspected";
  kind?: string;
}

/** A file as every browser gives it. */
export interface FileLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A question about a habit that the person may answer for good. */
export interface Silenceable {
  rule: string;
  condition: string;
  /** "to[0]" */
  recipient: string;
  label: string;
}

/** What the person answered for good. */
export interface Silenced {
  condition: string;
  title: string;
  address: string;
  since: string;
}

/** How far the host is with the mails that were sent before. */
export interface LearningState {
  account: string;
  complete: boolean;
  headers: number;
  cursor: string;
}

export interface SentHeader {
  date: string;
  to: string[];
  cc: string[];
  bcc: string[];
  message_id: string;
}

export interface CommitResult {
  patch: Patch;
  result_digest: string;
  hold_seconds: number;
  /** Of an encrypted ZIP among the attachments. */
  password?: string;
}

/** A mail that was confirmed and waits. */
export interface Hold {
  hold_id: string;
  state: "saving" | "waiting" | "releasing" | "asked";
  /** Of "asked": a HoldReason; "" otherwise. */
  why: string;
  hold_seconds: number;
  /** UTC; for the eye. What counts is remaining_ms. */
  release_at: string;
  remaining_ms: number;
  late_ms: number;
  form: "countdown" | "draft";
  may_cancel: boolean;
  subject: string;
  /** The first of them. */
  recipients: string[];
  recipients_total: number;
  digest: string;
  /** The client's own words. */
  where: { message_id?: string };
  /** Once it was let go: when (UTC), and as what. */
  released?: { at: string; subject: string; recipients: string[]; recipients_total: number };
}

/** Why a held mail is not sent before the person has said so. */
export type HoldReason = "overdue" | "interrupted" | "refused" | "not_found" | "blocked" | "changed";

export interface Results {
  hello: HelloResult;
  "draft.evaluate": EvaluateResult;
  "draft.fix": { patch: Patch; go_to?: Place };
  "draft.commit": CommitResult;
  "draft.verify": { matches: boolean; digest: string };
  "draft.shown": object;
  "draft.sent": object;
  "draft.cancelled": object;
  "history.learn": LearningState;
  "history.silence": { changed: boolean };
  "history.silenced": { silenced: Silenced[] };
  "hold.put": { hold: Hold };
  "hold.list": { holds: Hold[] };
  "hold.release": { patch: Patch; result_digest: string; password?: string };
  "hold.ask": { hold: Hold };
  "hold.sent": object;
  "hold.cancel": object;
  "client.problem": object;
  "part.get": { data: string; offset: number; size_bytes: number; last: boolean };
  "part.put": { part_id: string; received: number; sha256?: string; state?: PartReport["state"] };
  "part.state": { states: (PartReport["state"] | "unknown")[] };
  "part.drop": object;
  own_domains: OwnDomains;
  status: {
    host?: { version: string; started: string };
    policy?: PolicyState;
    /** Since the host was started. */
    counts?: { evaluated: number; committed: number; sent: number; cancelled: number };
    store?: {
      state: "ok" | "unavailable";
      problem?: { message: string; remedy: string };
      damaged?: string[];
      accounts: LearningState[];
    };
  };
}

/** Which domains a person without an organisation calls their own. */
export interface OwnDomains {
  /** An organisation's policy says it. */
  managed: boolean;
  domains: string[];
  proposed: string[];
  file: string;
}

/** What the status page shows. */
export interface GuardStatus {
  extension: string;
  program: string;
  /** "linux", "win", "mac" … */
  os: string;
  /** Why the host cannot be asked; null: it answers. */
  failure: { kind: FailureKind; code: number; message: string; remedy: string } | null;
  host: Results["status"] | null;
  own: OwnDomains | null;
}

export interface StatusClient {
  aboutItself(): Promise<{ version: string; program: string; os: string }>;
  /** The person's addresses. */
  ownAddresses(): Promise<string[]>;
}

/** Where in a compose window something is to be done. */
export type Place = "attachments" | "subject" | "body" | "recipients" | "sender";

export type Method = keyof Results;

export type ComposeKind = "new" | "reply" | "reply_all" | "forward" | "redirect" | "template" | "draft" | "invitation";

export interface WireDraft {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  reply_to: string[];
  subject: string;
  body: { text?: string; html?: string };
  attachments: { id: string; name: string; type?: string; size?: number; sha256?: string; arriving?: true }[];
  headers: [string, string][];
  compose: { kind?: ComposeKind; initial_recipients?: string[]; original?: OriginalMail; pasted?: PastedText[] };
}

/** The mail that is answered or forwarded. */
export interface OriginalMail {
  from: string[];
  reply_to: string[];
  to: string[];
  cc: string[];
  /** The person got it in Bcc; absent when that is not known. */
  hidden?: boolean;
}

/** Text that was pasted out of another mail and is still there: its length, and everybody in that mail. */
export interface PastedText {
  length: number;
  from: string[];
}

export interface Context {
  identities?: { address: string; name: string; id: string }[];
  contacts?: { address: string; name: string; organisation: string; flags?: string[] }[];
  lists?: { name: string; members: string[] }[];
  /** Who else has answered the mail that is answered; the Message-ID with which the conversation began. */
  thread?: { answered_by?: string; minutes_ago?: number; id?: string };
}

// ---- the mail client --------------------------------------------------------------------------------------------

/** One compose window, as the client names it. */
export type ComposeKey = number | string;

/** What a client reads out of a compose window, before it becomes a wire draft. */
export interface NeutralDraft {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  /** Recipients the host has no words for yet; a mail that has some is never let out unasked. */
  newsgroups: string[];
  subject: string;
  isPlainText: boolean;
  html: string;
  text: string;
  /** `linked`: the file lies elsewhere, and the mail has a link to it. */
  attachments: { id: string; name: string; type?: string; size?: number; sha256?: string; arriving?: true; linked?: boolean }[];
  headers: HeaderField[];
  kind?: ComposeKind;
  /** Absent when nobody saw the window open: absent is not empty. */
  initialRecipients?: string[];
  original?: OriginalMail;
  /** Absent where nobody watched; [] when nothing was pasted. */
  pasted?: PastedText[];
}

/** What a client writes into a compose window: whole fields, and only those that are there. */
export interface DraftChange {
  recipients?: RecipientFields;
  /** A mailbox of one of the accounts. */
  from?: string;
  subject?: string;
  /** Of a plain-text mail. */
  text?: string;
  /** Of an HTML mail. */
  html?: string;
  /** All of the fields that readDraft gives. */
  headers?: HeaderField[];
}

/**
 * How a recipient that is a list of the address book is written so that the host knows it by the list's name,
 * where the client writes it otherwise.
 */
export type ListNames = Readonly<Record<string, string>>;

/** A native-messaging port, in the shape every browser gives it. */
export interface PortLike {
  postMessage(message: object): void;
  disconnect(): void;
  onMessage: { addListener(callback: (message: any) => void): void };
  onDisconnect: { addListener(callback: (port: any) => void): void };
}

export type FailureKind =
  | "host_missing"
  | "host_crashed"
  | "host_timeout"
  | "host_garbage"
  | "host_unknown_key"
  | "host_too_old"
  | "host_too_new"
  | "host_error"
  | "draft_too_large"
  | "cannot_carry_out"
  | "hold_failed"
  | "patch_failed"
  | "restore_failed"
  | "newsgroups"
  | "parts_pending"
  | "window_failed"
  | "page_unknown"
  | "page_changed"
  | "extension_gone"
  | "internal";

export interface FailureReport {
  kind: FailureKind;
  /** The host's error code, 0 when there is none. */
  code: number;
  /** For the details: English, from the host or from us. */
  message: string;
  remedy: string;
  /** May the person choose to send this one mail unchecked? */
  mayGoUnchecked: boolean;
  composeId: string;
}

export interface ManagedSettings {
  managed: boolean;
  onHostMissing: "block" | "confirm-unchecked";
}

/** Everything core needs from a mail client. */
export interface ClientAdapter {
  readonly name: string;
  /** What this client can carry out: see `hello` in PROTOCOL.md. */
  readonly capabilities: readonly string[];
  helloParams(): Promise<{ version: string; program: string; lang: string }>;
  connectHost(): PortLike;
  /** Tells what a disconnected port means from what the browser says about it. */
  classifyDisconnect(errorText: string): FailureKind;
  readDraft(compose: ComposeKey): Promise<NeutralDraft>;
  readContext(compose: ComposeKey, draft: NeutralDraft): Promise<{ context: Context; listNames: ListNames }>;
  changeDraft(compose: ComposeKey, change: DraftChange): Promise<void>;
  /** Leads the person to this place of the mail, as near as the client can. Called when the question is closed. */
  goTo(compose: ComposeKey, place: Place): Promise<void>;
  openConfirmation(compose: ComposeKey): ConfirmationView;
  showFailure(compose: ComposeKey, report: FailureReport): Promise<void>;
  /** A failure that was shown for this mail is no longer what it is about: its page may let nothing out any more. */
  forgetFailure(compose: ComposeKey): Promise<void>;
  markNotSent(compose: ComposeKey, why: "none" | "back" | "block" | "failed"): Promise<void>;
  managedSettings(): Promise<ManagedSettings>;
  loadRecords(): Promise<UncheckedRecord[]>;
  saveRecords(records: UncheckedRecord[]): Promise<void>;
}

/** A draft in the client's folders. */
export type DraftHandle = number | string;

/** What core/holds.js needs from a client that can hold mails. */
export interface HeldMailClient {
  /** This profile of the client, for as long as it exists. */
  owner(): Promise<string>;
  /** True once after the client was started; false when only the extension's page was. */
  isFreshStart(): Promise<boolean>;
  /** Rejects while the window is locked. */
  saveDraft(compose: ComposeKey): Promise<Hold["where"]>;
  minimise(compose: ComposeKey): Promise<void>;
  closeWindow(compose: ComposeKey): Promise<void>;
  /** Brings the window to the front. */
  reveal(compose: ComposeKey): Promise<void>;
  /** Null: it is not among the drafts any more. */
  findDraft(where: Hold["where"]): Promise<DraftHandle | null>;
  /** The draft of a mail of which nobody noted where it was saved. */
  findUnnoted(hold: Hold): Promise<Hold["where"] | null>;
  /** Opens it to be sent; the draft stays where it is. */
  openDraft(draft: DraftHandle): Promise<ComposeKey>;
  /** Opens it for the person, as their own draft. */
  openForWriting(draft: DraftHandle): Promise<void>;
  /** For good: of a mail that has left, or lies in another draft. */
  removeDraft(draft: DraftHandle): Promise<void>;
  /** So that it can be had back: of a mail that seems to have left. */
  discardDraft(draft: DraftHandle): Promise<void>;
  /** Settles with the Message-ID when the mail has left, and rejects when it stays. May wait for a prompt of the client's. */
  send(compose: ComposeKey): Promise<string>;
  /**
   * The Message-ID of this mail in the folders of sent mail: with its Message-ID, or with its subject and exactly its recipients,
   * sent since it was let go (since it was held, where nobody let it go here); null: it is not there.
   */
  findSent(hold: Hold): Promise<string | null>;
  showCountdown(id: string): Promise<void>;
  showAsking(): Promise<void>;
  showCount(count: number, asks: boolean): Promise<void>;
  notify(what: "held" | "needs_answer" | "refused" | "gone" | "looks_sent" | "taken_back" | "open", hold: Hold): void;
  couldNotHold(compose: ComposeKey, message: string): Promise<void>;
}

/** A mail the person chose to send without a check. */
export interface UncheckedRecord {
  at: string;
  compose_id: string;
  failure: FailureKind;
  reported: boolean;
}

/** The folders of sent mail, as a client reads them for the history. Headers only. */
export interface SentMail {
  /** Addresses of the person's own accounts. */
  accounts(): Promise<string[]>;
  /** Each with the number of mails in it. */
  folders(): Promise<{ id: string; count: number }[]>;
  /** Mails of a folder from a place on, in its own order; ends when there are no more. `account` is null for a mail from somebody else. */
  read(folderId: string, from: number): AsyncIterable<{ account: string | null; header: SentHeader | null }[]>;
  loadLearning(): Promise<LearningRecord | null>;
  saveLearning(record: LearningRecord): Promise<void>;
}

/** How far the learning is, across restarts. */
export interface LearningRecord {
  /** The person stopped it. */
  stopped: boolean;
  /** Mails of each folder that the host has. */
  read: Record<string, number>;
}

export type LearningPhase = "unknown" | "running" | "waiting" | "stopped" | "done" | "unavailable";

/** What the page about it shows. `waiting`: the host does not answer; it goes on when it does. */
export interface LearningProgress {
  phase: LearningPhase;
  done: number;
  total: number;
}

// ---- the pages ----------------------------------------------------------------------------------------------------

export type ConfirmationNote =
  | "none"
  | "mail_changed"
  | "policy_changed"
  | "not_covered"
  | "count_wrong"
  | "names_wrong"
  | "fix_refused"
  | "fixed"
  | "silenced"
  | "silence_refused";

/** Everything the confirmation page shows. */
export interface ConfirmationModel {
  /** "checking": nothing is asked so far, and attachments are still being looked into. */
  state: "loading" | "checking" | "ready" | "block";
  note: ConfirmationNote;
  verdict: Verdict | null;
  /** What the person may answer for good. */
  silenceable: Silenceable[];
  /** Of each attachment, where the host looks into them. */
  parts?: PartReport[];
  summary: { from: string; subject: string; text: string; attachments: { id: string; name: string; size?: number; linked?: boolean }[] };
}

export interface Acknowledgement {
  acknowledged: string[];
  reason: string;
  typedCount: number | null;
  typedNames: string[];
}

export type ConfirmationEvent =
  | { type: "back" }
  | ({ type: "send" } & Acknowledgement)
  | { type: "fix"; rule: string; fix: string }
  /** This verdict is on the screen. */
  | { type: "shown"; digest: string }
  | { type: "silence"; condition: string; recipient: string };

/** The window in which the person decides. Closing it is `back`. */
export interface ConfirmationView {
  /** Settles when the page is there to be shown something; rejects when it does not come. */
  ready: Promise<void>;
  /** Settles when the person goes back or closes the window. */
  left: Promise<void>;
  show(model: ConfirmationModel): void;
  next(): Promise<ConfirmationEvent>;
  close(): Promise<void>;
}

// ---- what core gives back -----------------------------------------------------------------------------------------

/** `allow` is true only on the paths that end in a deliberate yes. */
export interface Decision {
  allow: boolean;
  why: "clean" | "confirmed" | "unchecked" | "held" | "back" | "block" | "failed";
  failure: FailureReport | null;
}
