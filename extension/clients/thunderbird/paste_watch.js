// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Runs inside a mail that is written: tells what text is put into it, and that somebody watches.

/** @param {DataTransfer | null} data */
function tellWhatIsPut(data) {
  const text = data?.getData("text/plain") ?? "";
  if (text.trim() !== "") browser.runtime.sendMessage({ type: "pasted", text }).catch(() => {});
}

document.addEventListener("paste", (event) => tellWhatIsPut(event.clipboardData), { capture: true, passive: true });
document.addEventListener("drop", (event) => tellWhatIsPut(event.dataTransfer), { capture: true, passive: true });
browser.runtime.sendMessage({ type: "watching_pasted" }).catch(() => {});
