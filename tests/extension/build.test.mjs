// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { build, filesUnder, projectVersion } from "../../extension/build.mjs";
import { crc32OfBytes } from "../../extension/crc32.mjs";

const BUILD = fileURLToPath(new URL("../../extension/build.mjs", import.meta.url));

/** @param {(folder: string) => void} work */
function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "lastlook-build-"));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the package is what a browser reads, with the project's version", () => {
  inFolder((out) => {
    const { folder, archive } = build("thunderbird", out);
    const names = filesUnder(folder).map((file) => relative(folder, file));
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    assert.equal(manifest.version, projectVersion());
    assert.match(manifest.version, /^\d+\.\d+\.\d+$/);
    for (const file of [...manifest.background.scripts, manifest.icons["16"], "ui/confirm.html", "core/send_flow.js", "_locales/ja/messages.json"]) {
      assert.ok(names.includes(file), file);
    }
    assert.deepEqual(names.filter((name) => !/\.(js|html|css|json|svg)$/.test(name)), []);
    assert.match(archive, new RegExp(`lastlook-thunderbird-${projectVersion()}\\.xpi$`));
  });
});

test("every file a page or script asks for is in the package", () => {
  inFolder((out) => {
    const { folder } = build("thunderbird", out);
    for (const file of filesUnder(folder).filter((name) => /\.(html|js)$/.test(name))) {
      const text = readFileSync(file, "utf8");
      const asked = [...text.matchAll(/(?:src|href)="([^"#:]+)"/g), ...text.matchAll(/^import .* from "([^"]+)";$/gm)];
      for (const [, target = ""] of asked) assert.ok(readFileSync(join(file, "..", target)), `${file} → ${target}`);
    }
  });
});

test("the same tree gives the same bytes, whatever the clock and the files' times say", () => {
  inFolder((one) => {
    inFolder((other) => {
      const environment = { ...process.env, SOURCE_DATE_EPOCH: "1700000000" };
      const archives = [one, other].map((out) =>
        execFileSync(process.execPath, [BUILD, "--client", "thunderbird", "--out", out], { env: environment, encoding: "utf8" }).trim(),
      );
      utimesSync(join(one, "thunderbird", "manifest.json"), 1, 1);
      assert.deepEqual(readFileSync(archives[0] ?? ""), readFileSync(archives[1] ?? ""));
    });
  });
});

test("wrong use is said", () => {
  assert.equal(spawnSync(process.execPath, [BUILD]).status, 64);
  const unknown = spawnSync(process.execPath, [BUILD, "--client", "pine", "--out", tmpdir()], { encoding: "utf8" });
  assert.equal(unknown.status, 1);
  assert.match(unknown.stderr, /no client "pine"/);
});

test("CRC-32 gives the check value of its definition", () => {
  assert.equal(crc32OfBytes(Buffer.from("123456789")), 0xcbf43926);
  assert.equal(crc32OfBytes(Buffer.alloc(0)), 0);
});
