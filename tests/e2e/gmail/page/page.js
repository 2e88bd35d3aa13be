// SPDX-License-Identifier: MPL-2.0
// Gmail's part, played as unhelpfully as a page can: it listens at the window in the capture phase, sends on whichever part of a
// gesture it likes, makes its chips anew and sets its fields late. What it sends is what it knows, not what its elements say.
(() => {
  const options = JSON.parse(document.getElementById("options").textContent);
  const { resetAfter = 0, rerender = false, scramble = false, keeps = false, losesChanges = false, eatsSubject = false, closes = false, sendsOn = "click" } = options;
  /** Trusted gestures that reached this script, for the tests. */
  const seen = (window.seen = []);
  const composes = (window.composes = []);
  const random = () => Math.random().toString(36).slice(2, 8);

  function parse(text) {
    const found = /^\s*"?(.*?)"?\s*<([^>]+)>\s*$/.exec(text);
    return found ? { name: found[1], address: found[2] } : { name: "", address: text.trim() };
  }

  class Field {
    constructor(row, people) {
      this.row = row;
      this.list = row.querySelector(".agb");
      this.input = row.querySelector("input[role=combobox]");
      this.people = people ?? [...row.querySelectorAll("[role=option]")].map((chip) => ({
        name: chip.getAttribute("data-name"),
        address: chip.getAttribute("data-hovercard-id"),
      }));
      if (people) this.render();
      this.input.addEventListener("paste", (event) => {
        event.preventDefault();
        const text = event.clipboardData.getData("text/plain");
        setTimeout(() => this.add(text), 60);
      });
      this.input.addEventListener("keydown", (event) => {
        if ((event.key === "Enter" && !event.ctrlKey) || event.key === ",") {
          event.preventDefault();
          this.commit();
        }
      });
      this.list.addEventListener("click", (event) => {
        const remove = event.target.closest(".afX");
        if (!remove) return;
        const at = [...this.list.children].indexOf(remove.closest("[role=option]"));
        const [gone] = this.people.splice(at, 1);
        setTimeout(() => this.render(), 30);
        if (losesChanges) setTimeout(() => (this.people.push(gone), this.render()), 120);
      });
    }
    commit() {
      if (!this.input.value.trim()) return;
      this.add(this.input.value);
      this.input.value = "";
    }
    add(text) {
      for (const part of text.match(/(?:"[^"]*"|[^,])+/g) ?? []) if (part.trim()) this.people.push(parse(part));
      this.render();
    }
    render() {
      this.changed?.();
      this.list.replaceChildren(...this.people.map(({ name, address }) => {
        const chip = document.createElement("div");
        chip.setAttribute("role", "option");
        chip.className = scramble ? random() : "afV";
        chip.setAttribute("data-hovercard-id", address);
        chip.setAttribute("data-name", name);
        const label = document.createElement("span");
        label.textContent = name || address;
        const remove = document.createElement("div");
        remove.className = "afX";
        chip.append(label, remove);
        return chip;
      }));
    }
  }

  class Compose {
    constructor(root, first) {
      this.root = root;
      this.shell = root.closest("[role=dialog]") ?? root;
      const people = first ? options.people : undefined;
      const listed = (name) => (people ? (people[name] ?? []).map(parse) : undefined);
      const rows = [...root.querySelectorAll(".anm")];
      this.fields = Object.fromEntries(rows.map((row) => [row.getAttribute("name"), new Field(row, listed(row.getAttribute("name")))]));
      this.subject = root.querySelector("[name=subjectbox]");
      this.body = root.querySelector("[g_editable]");
      if (first && options.subject !== undefined) this.subject.value = options.subject;
      if (first && options.body !== undefined) this.body.replaceChildren(...options.body.split("\n").map((line) => Object.assign(document.createElement("div"), { textContent: line })));
      // The summary of a reply that is not unfolded.
      const summary = root.querySelector(".aoD.hl span[email]")?.parentElement;
      const summarise = () => summary.replaceChildren(...Object.values(this.fields).flatMap(({ people }) => people).map(({ name, address }) => {
        const twin = Object.assign(document.createElement("span"), { textContent: name || address });
        twin.setAttribute("email", address);
        return twin;
      }));
      if (summary) for (const field of [summarise(), ...Object.values(this.fields)].slice(1)) field.changed = summarise;
      if (first && options.from) root.querySelector("[name=from]").value = options.from;
      this.send = root.querySelector(".IZ .Up .aoO");
      this.archive = root.querySelector(".IZ .Up .Uo");
      this.more = root.querySelector(".IZ .Up [aria-haspopup=true]");
      this.menu = root.querySelector("#sbddm") ?? document.querySelector("#sbddm");
      this.schedule = this.menu?.querySelector("[selector=scheduledSend]");
      if (this.menu && !options.samples?.includes("15")) this.menu.style.display = "none";
      for (const button of [this.send, this.archive]) {
        if (!button) continue;
        button.addEventListener("keydown", (event) => {
          if (event.key === "Enter" || event.key === " ") this.go("key");
        });
      }
      this.subject.addEventListener("input", (event) => {
        if (eatsSubject && !event.isTrusted) setTimeout(() => (this.subject.value = options.subject ?? ""), 30);
      });
      this.files = root.querySelector(".GM");
      root.querySelector("[name=Filedata]")?.addEventListener("change", (event) => this.upload(event.target.files));
      // A box for files that the page never puts anywhere.
      root.querySelector("[command=Files]")?.addEventListener("click", () => {
        const input = Object.assign(document.createElement("input"), { type: "file", multiple: true });
        input.addEventListener("change", () => this.upload(input.files));
        input.click();
      });
      root.addEventListener("dragover", (event) => event.preventDefault());
      root.addEventListener("drop", (event) => {
        event.preventDefault();
        this.upload(event.dataTransfer.files);
      });
      this.body?.addEventListener("paste", (event) => event.clipboardData.files.length > 0 && this.upload(event.clipboardData.files));
      if (resetAfter) {
        const before = Object.fromEntries(Object.entries(this.fields).map(([name, field]) => [name, [...field.people]]));
        setTimeout(() => Object.entries(this.fields).forEach(([name, field]) => ((field.people = before[name]), field.render())), resetAfter);
      }
      if (rerender) setInterval(() => Object.values(this.fields).forEach((field) => field.render()), 35);
      if (scramble) {
        for (const element of root.querySelectorAll("[class]")) {
          if (!element.matches(".M9, .IZ, .Up, .Uo, .GS, .anm, .afX, .dL, .GM, .vI, .vJ, .aoD, .hl, .pE, .pB, .agb, .aoO")) element.className = random();
        }
      }
    }
    upload(files) {
      for (const file of [...files]) {
        fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
        const made = (tag, className, textContent = "") => Object.assign(document.createElement(tag), { className, textContent });
        const chip = made("div", "dL");
        const link = made("a", "dO");
        link.append(made("div", "vI", file.name), made("div", "vJ", `(${Math.max(1, Math.round(file.size / 1024))}K)`));
        chip.append(link);
        this.files.append(chip);
      }
    }
    go(via, scheduled = false, at = undefined) {
      for (const field of Object.values(this.fields)) field.commit();
      const of = (name) => (this.fields[name]?.people ?? []).map(({ address }) => address);
      const mail = { to: of("to"), cc: of("cc"), bcc: of("bcc"), subject: this.subject.value, body: this.body.innerText, via, scheduled, at, labels: ["^all", "^pfg"] };
      fetch("/sync/u/0/i/s", { method: "POST", body: JSON.stringify(mail), keepalive: true });
      if (closes) window.close();
      else if (!keeps) this.shell.remove();
    }
  }

  const templates = [...document.querySelectorAll(".M9")].map((root) => root.closest("[role=dialog]") ?? root).map((shell) => [shell, shell.cloneNode(true)]);
  /** Puts the first mail back as it was loaded, and gives what a test needs to judge the guard by. */
  window.fresh = () => {
    const [shell, template] = templates[0];
    const copy = template.cloneNode(true);
    if (shell.isConnected) shell.replaceWith(copy);
    else document.body.append(copy);
    templates[0] = [copy, template];
    composes.splice(0, composes.length, new Compose(copy.matches(".M9") ? copy : copy.querySelector(".M9"), true));
    seen.length = 0;
  };
  for (const address of options.answered ?? []) {
    const person = Object.assign(document.createElement("span"), { className: "g2", textContent: address });
    person.setAttribute("email", address);
    document.querySelector(".adn")?.prepend(person);
  }
  for (const root of document.querySelectorAll(".M9")) composes.push(new Compose(root, composes.length === 0));

  /** Is the event on this element, whatever has become of its attributes? */
  const on = (event, element) => element?.isConnected && event.composedPath().includes(element);

  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "touchstart", "touchend", "keydown", "keypress", "keyup"]) {
    window.addEventListener(type, (event) => {
      seen.push({ type, trusted: event.isTrusted, key: event.key ?? "", on: composes.some((one) => on(event, one.send)) ? "send" : "" });
    }, true);
  }
  // On a screen that is touched and clicked the page takes either.
  const finals = { mousedown: ["mousedown"], mouseup: ["mouseup"], click: ["click"], touchend: ["touchend", "click"] }[sendsOn];
  let pressed = null;
  window.addEventListener("mousedown", (event) => {
    for (const compose of composes) pressed = [compose.send, compose.archive, compose.schedule].find((one) => on(event, one)) ?? pressed;
  }, true);
  for (const type of finals) {
    window.addEventListener(type, (event) => {
      for (const compose of composes) {
        const meant = [compose.send, compose.archive].find((one) => on(event, one));
        if (meant && (type !== "mouseup" || pressed === meant)) compose.go(meant === compose.send ? "send" : "archive");
      }
    }, true);
  }
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const compose = composes.find((one) => on(event, one.root)) ?? composes.filter((one) => one.root.isConnected).at(-1);
    compose?.go("shortcut");
  }, true);
  // The menu, as Gmail's: it needs the whole gesture, and closes when something else is pressed.
  window.addEventListener("mousedown", (event) => {
    for (const compose of composes) {
      if (!compose.menu || on(event, compose.menu)) continue;
      compose.menu.style.display = on(event, compose.more) ? "block" : "none";
    }
  }, true);
  window.addEventListener("mouseup", (event) => {
    const compose = composes.find((one) => on(event, one.schedule));
    if (compose && pressed === compose.schedule) openSchedule(compose);
  }, true);

  /** Days and times as Gmail writes them; "odd" is a language that nobody has thought of. */
  const { scheduleForm = "en-US", scheduleForgets = false, scheduleWithoutPicker = false } = options;
  const written = (at) => scheduleForm === "odd"
    ? { day: `the ${at.getDate()}th`, time: `past ${at.getHours()}` }
    : { day: new Intl.DateTimeFormat(scheduleForm, { dateStyle: "medium" }).format(at), time: new Intl.DateTimeFormat(scheduleForm, { timeStyle: "short" }).format(at) };

  function openSchedule(compose) {
    const dialog = document.createElement("div");
    dialog.setAttribute("role", "dialog");
    dialog.id = "schedule";
    dialog.style.cssText = "position:fixed;top:40px;left:40px;background:#fff;border:1px solid;padding:12px;z-index:9";
    const row = (className, text, chosen) => {
      const made = Object.assign(document.createElement("div"), { className, textContent: text });
      made.setAttribute("role", "menuitem");
      made.addEventListener("mouseup", chosen);
      dialog.append(made);
    };
    row("Az", "Tomorrow morning", () => {
      compose.go("schedule", true);
      dialog.remove();
    });
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && dialog.remove());
    if (!scheduleWithoutPicker) row("Az AM", "Pick date & time", () => setTimeout(() => pickTime(compose, dialog), 50));
    document.body.append(dialog);
  }

  function pickTime(compose, dialog) {
    const tomorrow = written(new Date(Date.now() + 86_400_000));
    const box = (value) => {
      const made = Object.assign(document.createElement("input"), { value });
      made.addEventListener("input", () => scheduleForgets && setTimeout(() => (made.value = value), 80));
      return made;
    };
    const [day, time] = [box(tomorrow.day), box(tomorrow.time)];
    const button = (name, text, chosen) => {
      const made = Object.assign(document.createElement("button"), { className: name, textContent: text });
      made.addEventListener("click", chosen);
      return made;
    };
    dialog.replaceChildren(
      day,
      time,
      button("mUIrbf-I mUIrbf-I-ql-Uw Rb6pkf", "Cancel", () => dialog.remove()),
      button("mUIrbf-I mUIrbf-I-ql-Uw eV8l8d", "Schedule send", () => {
        compose.go("schedule", true, { day: day.value, time: time.value });
        dialog.remove();
      }),
    );
  }
})();
