import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import type { Bucket } from "../../audit/index.ts";
import type { Secrets } from "../../platform/crypto/index.ts";
import { ConfigError, type Environment, readSettings } from "./read-settings.ts";
import type { SettingValues } from "./settings.ts";

/** The checkout: relative defaults start here, whatever the working directory is. */
export const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

export type ExternalDatabase = { readonly kind: "external"; readonly serverUrl: string; readonly migrateUrl: string };

/** The settings as the program uses them. */
export type Config = {
  readonly home: string;
  readonly http: { readonly host: string; readonly port: number };
  readonly publicUrl: string;
  /** How programs on this machine reach the server. */
  readonly localUrl: string;
  readonly trustProxy: boolean;
  /** Where custom domains lead, and whom to ask about them. */
  readonly domains: { readonly target: string | undefined; readonly dnsServers: readonly string[] };
  readonly database: { readonly kind: "embedded" } | ExternalDatabase;
  readonly poolMax: number;
  /** As given; what is missing is made (`openSecrets`) or asked for (`requireSecrets`). */
  readonly givenSecrets: { readonly [Name in keyof Secrets]: Secrets[Name] | undefined };
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  readonly stripe: { readonly secretKey: string; readonly webhookSecret: string } | undefined;
  readonly logLevel: SettingValues["LOG_LEVEL"];
  readonly metricsToken: string | undefined;
  readonly workerConcurrency: number;
  readonly clickRetentionDays: number;
  /** Where sanctions lists come from, or which service compares names with them. */
  readonly sanctions: {
    readonly listFrom: string | undefined;
    readonly encoding: "utf-8" | "windows-1252";
    readonly watchmanUrl: string | undefined;
  };
  readonly exportFolder: string | undefined;
  readonly auditCheckpoints:
    | { readonly kind: "folder"; readonly folder: string }
    | ({ readonly kind: "bucket" } & Bucket)
    | undefined;
  /** Where webhooks may go beyond public addresses over https. */
  readonly webhookAddresses: { readonly allowsLoopback: boolean; readonly allowsPrivate: boolean };
};

/** Reads the configuration from the environment, and throws a `ConfigError` that says how to mend what is wrong. */
export function loadConfig(environment: Environment): Config {
  const values = readSettings(environment);
  const problems = contradictions(values);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    home: environment["TRIBUTARY_HOME"] ? resolve(values.TRIBUTARY_HOME) : join(ROOT, values.TRIBUTARY_HOME),
    http: { host: values.HOST, port: values.PORT },
    publicUrl: (values.PUBLIC_URL ?? `http://${hostInUrl(values.HOST)}:${values.PORT}`).replace(/\/+$/, ""),
    localUrl: `http://${EVERY_INTERFACE.includes(values.HOST) ? "127.0.0.1" : hostInUrl(values.HOST)}:${values.PORT}`,
    trustProxy: values.TRUST_PROXY,
    domains: {
      target: values.DOMAIN_TARGET?.toLowerCase(),
      dnsServers: values.DNS_SERVERS?.split(",").map((server) => server.trim()) ?? [],
    },
    database:
      values.DATABASE_URL === undefined
        ? { kind: "embedded" }
        : {
            kind: "external",
            serverUrl: values.DATABASE_URL,
            migrateUrl: values.DATABASE_MIGRATE_URL ?? values.DATABASE_URL,
          },
    poolMax: values.DATABASE_POOL_MAX,
    givenSecrets: {
      pepper: secretBytes(values.TRIBUTARY_PEPPER),
      encryptionKey: secretBytes(values.TRIBUTARY_ENCRYPTION_KEY),
      signingKeys: signingKeys(values.TRIBUTARY_SIGNING_KEYS),
    },
    mail: { smtpUrl: values.SMTP_URL, from: values.MAIL_FROM },
    stripe:
      values.STRIPE_SECRET_KEY !== undefined && values.STRIPE_CONNECT_WEBHOOK_SECRET !== undefined
        ? { secretKey: values.STRIPE_SECRET_KEY, webhookSecret: values.STRIPE_CONNECT_WEBHOOK_SECRET }
        : undefined,
    logLevel: values.LOG_LEVEL,
    metricsToken: values.METRICS_TOKEN,
    workerConcurrency: values.WORKER_CONCURRENCY,
    clickRetentionDays: values.CLICK_RETENTION_DAYS,
    sanctions: {
      listFrom: values.SANCTIONS_LIST,
      encoding: values.SANCTIONS_LIST_ENCODING,
      watchmanUrl: values.WATCHMAN_URL,
    },
    exportFolder: values.EXPORT_FOLDER === undefined ? undefined : resolve(values.EXPORT_FOLDER),
    auditCheckpoints: auditCheckpoints(values),
    webhookAddresses: {
      allowsLoopback: values.WEBHOOKS_ALLOW_HTTP_LOOPBACK,
      allowsPrivate: values.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES,
    },
  };
}

/** The environment of the process over the lines of `.env` in the checkout. */
export function readEnvironment(process: { readonly env: Environment }, folder: string = ROOT): Environment {
  try {
    return { ...parseEnv(readFileSync(join(folder, ".env"), "utf8")), ...process.env };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return process.env;
    throw new ConfigError([`.env cannot be read: ${String(error)}. Mend its permissions, or remove it.`]);
  }
}

/** What each value allows, but not both together. */
function contradictions(values: SettingValues): string[] {
  const problems: string[] = [];
  if (values.DATABASE_MIGRATE_URL !== undefined && values.DATABASE_URL === undefined) {
    problems.push(
      "DATABASE_MIGRATE_URL is given without DATABASE_URL. Give DATABASE_URL too, or leave both out to use the embedded Postgres.",
    );
  }
  if (values.STRIPE_SECRET_KEY !== undefined && values.STRIPE_CONNECT_WEBHOOK_SECRET === undefined) {
    problems.push(
      "STRIPE_SECRET_KEY is given without STRIPE_CONNECT_WEBHOOK_SECRET: without Stripe's news a payout never ends. Add a Connect endpoint in Stripe's dashboard and give its signing secret.",
    );
  }
  if (values.SANCTIONS_LIST !== undefined && values.WATCHMAN_URL !== undefined) {
    problems.push("SANCTIONS_LIST and WATCHMAN_URL are both given. Leave one out: one of them compares names.");
  }
  const { AUDIT_CHECKPOINTS_URL: place = "", AUDIT_CHECKPOINTS_KEY_ID, AUDIT_CHECKPOINTS_SECRET } = values;
  if (/^https?:/.test(place) && (AUDIT_CHECKPOINTS_KEY_ID === undefined || AUDIT_CHECKPOINTS_SECRET === undefined)) {
    problems.push(
      "AUDIT_CHECKPOINTS_URL names a bucket, and AUDIT_CHECKPOINTS_KEY_ID or AUDIT_CHECKPOINTS_SECRET is missing. Give both, or a folder as file:///FOLDER.",
    );
  }
  return problems;
}

function auditCheckpoints(values: SettingValues): Config["auditCheckpoints"] {
  const { AUDIT_CHECKPOINTS_URL: url, AUDIT_CHECKPOINTS_REGION: region } = values;
  if (url === undefined) return undefined;
  if (url.startsWith("file:")) return { kind: "folder", folder: fileURLToPath(url) };
  const [accessKeyId, secretAccessKey] = [values.AUDIT_CHECKPOINTS_KEY_ID, values.AUDIT_CHECKPOINTS_SECRET];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { kind: "bucket", url, region, accessKeyId, secretAccessKey };
}

const EVERY_INTERFACE = ["0.0.0.0", "::"];

/** `0.0.0.0` is where a server listens, not where a browser goes. */
const hostInUrl = (host: string): string =>
  EVERY_INTERFACE.includes(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;

const secretBytes = (text: string | undefined): Buffer | undefined =>
  text === undefined ? undefined : Buffer.from(text, "base64");

function signingKeys(text: string | undefined): Secrets["signingKeys"] | undefined {
  const [first, ...rest] = text?.split(",").map((key) => Buffer.from(key, "base64")) ?? [];
  return first === undefined ? undefined : [first, ...rest];
}
