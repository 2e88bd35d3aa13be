// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Runs inside a mail that is read: tells what text is taken out of it. A mail's own scripts never run in Thunderbird, so what
// arrives here was done by a person.

for (const kind of ["copy", "cut", "dragstart"]) {
  document.addEventListener(
    kind,
    () => {
      const text = String(document.getSelection() ?? "");
      if (text.trim() !== "") browser.runtime.sendMessage({ type: "copied", text }).catch(() => {});
    },
    { capture: true, passive: true },
  );
}
