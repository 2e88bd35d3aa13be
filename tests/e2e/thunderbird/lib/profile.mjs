// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Writes a Thunderbird profile with accounts that need no dialog and a mail server on the loopback.
import fs from "node:fs";
import path from "node:path";

/** @typedef {{email: string, name: string}} Person */

/**
 * @param {{
 *   directory: string, people: Person[], smtpPort: number, marionettePort: number, extra?: Record<string, string | number | boolean>
 * }} options  one account with one identity for each person; the first is the default
 */
export function writeProfile({ directory, people, smtpPort, marionettePort, extra = {} }) {
  fs.mkdirSync(directory, { recursive: true });
  /** @type {Record<string, string | number | boolean>} */
  const prefs = {
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.outgoingserver.smtp1.type": "smtp",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.port": smtpPort,
    "mail.smtpserver.smtp1.authMethod": 1, // no authentication
    "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.server.server1.type": "none",
    "mail.server.server1.hostname": "Local Folders",
    "mail.server.server1.name": "Local Folders",
    "mail.server.server1.userName": "nobody",
    "mail.server.server1.directory-rel": "[ProfD]Mail/Local Folders",
    "mail.account.account1.server": "server1",
    "mail.accountmanager.localfoldersserver": "server1",
    "mail.accountmanager.accounts": ["account1", ...people.map((_, i) => `account${i + 2}`)].join(","),
    "mail.accountmanager.defaultaccount": "account2",
    "mail.provider.suppress_dialog_on_startup": true,
    "mail.spotlight.firstRunDone": true,
    "mail.rights.version": 1,
    "mail.inappnotifications.enabled": false,
    "mail.shell.checkDefaultClient": false,
    "mail.SpellCheckBeforeSend": false,
    "mail.compose.attachment_reminder": false,
    "mail.compose.big_attachments.notify": false,
    "mail.compose.warn_public_recipients.threshold": 100_000,
    "mailnews.start_page.enabled": false,
    "app.update.enabled": false,
    "app.donation.eoy.version.viewed": 100_000,
    "browser.dom.window.dump.enabled": true,
    "datareporting.policy.dataSubmissionPolicyBypassNotification": true,
    "datareporting.healthreport.uploadEnabled": false,
    "toolkit.telemetry.enabled": false,
    "extensions.update.enabled": false,
    "extensions.autoDisableScopes": 0,
    "network.proxy.type": 0,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
    "services.settings.server": "http://127.0.0.1:9/",
    "calendar.timezone.useSystemTimezone": true,
    "devtools.console.stdout.content": true,
    "marionette.port": marionettePort,
  };
  people.forEach((person, index) => {
    const account = index + 2;
    const identity = index + 1;
    Object.assign(prefs, {
      [`mail.account.account${account}.identities`]: `id${identity}`,
      [`mail.account.account${account}.server`]: `server${account}`,
      [`mail.server.server${account}.type`]: "pop3",
      [`mail.server.server${account}.hostname`]: "127.0.0.1",
      [`mail.server.server${account}.port`]: 9, // the discard port: no mail is fetched
      [`mail.server.server${account}.userName`]: `user${identity}`,
      [`mail.server.server${account}.name`]: person.email,
      [`mail.server.server${account}.authMethod`]: 3,
      [`mail.server.server${account}.socketType`]: 0,
      [`mail.server.server${account}.check_new_mail`]: false,
      [`mail.server.server${account}.login_at_startup`]: false,
      [`mail.server.server${account}.directory-rel`]: `[ProfD]Mail/account${account}`,
      [`mail.identity.id${identity}.useremail`]: person.email,
      [`mail.identity.id${identity}.fullName`]: person.name,
      [`mail.identity.id${identity}.valid`]: true,
      [`mail.identity.id${identity}.smtpServer`]: "smtp1",
      [`mail.identity.id${identity}.fcc_folder`]: "mailbox://nobody@Local%20Folders/Sent",
      [`mail.identity.id${identity}.fcc_folder_picker_mode`]: "1",
      [`mail.identity.id${identity}.draft_folder`]: "mailbox://nobody@Local%20Folders/Drafts",
      [`mail.identity.id${identity}.drafts_folder_picker_mode`]: "1",
    });
  });
  Object.assign(prefs, extra);
  const lines = Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
  fs.writeFileSync(path.join(directory, "user.js"), `${lines.join("\n")}\n`);
}
