import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openHome } from "./home.ts";
import { openSecrets, requireSecrets } from "./secrets.ts";

const NONE = { pepper: undefined, encryptionKey: undefined, signingKeys: undefined };
const newHome = () => openHome(join(mkdtempSync(join(tmpdir(), "tributary-secrets-")), "home"));

describe("the secrets of an installation", () => {
  it("are made once, kept for their owner alone, and stay the same", () => {
    const home = newHome();
    const made = openSecrets(home, NONE);
    expect(openSecrets(home, NONE)).toEqual(made);
    expect(statSync(home.secrets).mode & 0o777).toBe(0o600);
    expect(new Set([made.pepper, made.encryptionKey, made.signingKeys[0]].map(String)).size).toBe(3);
  });

  it("give way to what the environment says, and are not changed by it", () => {
    const home = newHome();
    const made = openSecrets(home, NONE);
    const pepper = Buffer.alloc(32, 9);
    expect(openSecrets(home, { ...NONE, pepper })).toEqual({ ...made, pepper });
    expect(readFileSync(home.secrets, "utf8")).not.toContain(pepper.toString("base64"));
  });

  it.each(["{}", '{"pepper":"short","encryptionKey":"","signingKeys":[]}', "no json"])(
    "are not made anew over a damaged file: %s",
    (text) => {
      const home = newHome();
      writeFileSync(home.secrets, text);
      expect(() => openSecrets(home, NONE)).toThrow("is damaged");
      expect(readFileSync(home.secrets, "utf8")).toBe(text);
    },
  );

  it("are all asked for where the database is the operator's own", () => {
    const key = Buffer.alloc(32, 1);
    expect(() => requireSecrets({ pepper: key, encryptionKey: undefined, signingKeys: [key] })).toThrow(
      "TRIBUTARY_ENCRYPTION_KEY is not set",
    );
    expect(requireSecrets({ pepper: key, encryptionKey: key, signingKeys: [key] }).signingKeys).toEqual([key]);
  });
});
