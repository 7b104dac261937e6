import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadConfig, ROOT, readEnvironment } from "./config.ts";
import { configurationReference, environmentExample } from "./describe-settings.ts";
import { ConfigError } from "./read-settings.ts";
import { settings } from "./settings.ts";

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

const SECRET = Buffer.alloc(32, 7).toString("base64");

describe("configuration", () => {
  it("needs nothing", () => {
    expect(loadConfig({})).toMatchObject({
      home: join(ROOT, ".tributary"),
      http: { host: "127.0.0.1", port: 3000 },
      publicUrl: "http://127.0.0.1:3000",
      database: { kind: "embedded" },
      trustProxy: false,
      poolMax: 20,
      stripe: undefined,
      mail: { smtpUrl: undefined },
    });
  });

  it("takes what is given, and an empty value as not given", () => {
    const config = loadConfig({
      HOST: "0.0.0.0",
      PORT: "8080",
      PUBLIC_URL: "",
      TRUST_PROXY: "yes",
      DATABASE_URL: "postgres://app@db/x",
      DATABASE_MIGRATE_URL: "postgresql://owner@db/x",
      TRIBUTARY_PEPPER: SECRET,
      TRIBUTARY_SIGNING_KEYS: `${SECRET},${SECRET}`,
    });
    expect(config.publicUrl).toBe("http://localhost:8080");
    expect(config.trustProxy).toBe(true);
    expect(config.database).toEqual({
      kind: "external",
      serverUrl: "postgres://app@db/x",
      migrateUrl: "postgresql://owner@db/x",
    });
    expect(config.givenSecrets.pepper).toEqual(Buffer.alloc(32, 7));
    expect(config.givenSecrets.encryptionKey).toBeUndefined();
    expect(config.givenSecrets.signingKeys).toHaveLength(2);
  });

  it("names everything that is wrong at once, each with a remedy", () => {
    expect(problemsOf({ PORT: "eighty", TRUST_PROXY: "perhaps", LOG_LEVEL: "loud", PUBLIC_URL: "ftp://x" })).toEqual(
      [
        'PUBLIC_URL is "ftp://x"; it must be a URL that starts with http:// or https://. For example PUBLIC_URL=https://partners.example.com.',
        'PORT is "eighty"; it must be a whole number from 1 to 65535. Leave PORT out to use 3000.',
        'TRUST_PROXY is "perhaps"; it must be true or false. Leave TRUST_PROXY out to use false.',
        'LOG_LEVEL is "loud"; it must be one of fatal, error, warn, info, debug, trace. Leave LOG_LEVEL out to use info.',
      ].sort((left, right) => orderOf(left) - orderOf(right)),
    );
  });

  it.each(["0", "65536", "-1", "1.5", "1e3", "0x50"])("refuses port %s", (port) => {
    expect(problemsOf({ PORT: port })).toHaveLength(1);
  });

  it("takes several webhook secrets, as there are while Stripe rolls one, and nothing that is none", () => {
    const given = (STRIPE_CONNECT_WEBHOOK_SECRET: string) => ({
      STRIPE_SECRET_KEY: "sk_test_1",
      STRIPE_CONNECT_WEBHOOK_SECRET,
    });
    for (const secrets of ["whsec_a", "whsec_a,whsec_b", "whsec_a, whsec_b"])
      expect(loadConfig(given(secrets)).stripe?.webhookSecret).toBe(secrets);
    for (const wrong of ["whsec_a,", "whsec_a,b", ",whsec_a"]) expect(problemsOf(given(wrong))).toHaveLength(1);
  });

  it("never repeats a secret that is wrong", () => {
    const problems = problemsOf({ TRIBUTARY_PEPPER: "hunter2", DATABASE_URL: "mysql://root:hunter2@db/x" });
    expect(problems).toHaveLength(2);
    expect(problems.join()).not.toContain("hunter2");
    expect(problems.join()).toContain("openssl rand -base64 32");
  });

  it("refuses halves of a whole", () => {
    expect(problemsOf({ DATABASE_MIGRATE_URL: "postgres://x/y" })[0]).toContain("without DATABASE_URL");
    expect(problemsOf({ STRIPE_SECRET_KEY: "sk_test_1" })[0]).toContain("STRIPE_CONNECT_WEBHOOK_SECRET");
  });

  it("reads .env below the environment", () => {
    const folder = mkdtempSync(join(tmpdir(), "tributary-env-"));
    writeFileSync(join(folder, ".env"), "PORT=4000\nHOST=10.0.0.1\n");
    expect(readEnvironment({ env: { PORT: "5000" } }, folder)).toEqual({ PORT: "5000", HOST: "10.0.0.1" });
  });
});

describe("what is written about the settings", () => {
  it.each([
    ["docs/reference/configuration.md", configurationReference()],
    [".env.example", environmentExample()],
  ])("%s is what the settings say", (path, text) => {
    expect(readFileSync(join(ROOT, path), "utf8")).toBe(text);
  });

  it("is there for each of them, and a secret has no default", () => {
    for (const setting of settings) {
      expect(setting.description.endsWith(".")).toBe(true);
      expect(setting.default !== undefined || setting.defaultText !== undefined).toBe(true);
      expect(setting.isSecret === true && setting.default !== undefined).toBe(false);
    }
  });
});

const orderOf = (problem: string): number => settings.findIndex(({ name }) => problem.startsWith(`${name} `));
