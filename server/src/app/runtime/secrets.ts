import { generateSecrets, SECRET_BYTES, type Secrets } from "../../platform/crypto/index.ts";
import type { Config } from "../config/config.ts";
import type { Home } from "./home.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";
import { StartError } from "./start-error.ts";

const VARIABLES = {
  pepper: "TRIBUTARY_PEPPER",
  encryptionKey: "TRIBUTARY_ENCRYPTION_KEY",
  signingKeys: "TRIBUTARY_SIGNING_KEYS",
} as const satisfies Record<keyof Secrets, string>;

/** Secrets are given in the environment. With a database of one's own all of them must be: it outlives this machine, they have to as well. */
export function requireSecrets(given: Config["givenSecrets"]): Secrets {
  const { pepper, encryptionKey, signingKeys } = given;
  if (pepper && encryptionKey && signingKeys) return { pepper, encryptionKey, signingKeys };
  const missing = Object.entries(VARIABLES)
    .filter(([name]) => given[name as keyof Secrets] === undefined)
    .map(([, variable]) => variable);
  throw new StartError(
    `With DATABASE_URL the secrets come from the environment, and ${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} not set.`,
    [
      "Make each once, and keep it where every server of this database gets it from and your backup has it:",
      ...missing.map((variable) => `    export ${variable}="$(openssl rand -base64 32)"`),
    ].join("\n"),
  );
}

type Kept = { readonly pepper: string; readonly encryptionKey: string; readonly signingKeys: readonly string[] };

/** The secrets of an embedded installation: what is not given lies in its folder, made at the first start. */
export function openSecrets(home: Home, given: Config["givenSecrets"]): Secrets {
  const kept = readPrivateFile(home.secrets);
  const secrets = kept === undefined ? generateSecrets() : parse(home.secrets, kept);
  if (kept === undefined) {
    writePrivateFile(home.secrets, {
      pepper: secrets.pepper.toString("base64"),
      encryptionKey: secrets.encryptionKey.toString("base64"),
      signingKeys: secrets.signingKeys.map((key) => key.toString("base64")),
    } satisfies Kept);
  }
  return {
    pepper: given.pepper ?? secrets.pepper,
    encryptionKey: given.encryptionKey ?? secrets.encryptionKey,
    signingKeys: given.signingKeys ?? secrets.signingKeys,
  };
}

function parse(path: string, value: unknown): Secrets {
  const kept = (typeof value === "object" && value !== null ? value : {}) as Partial<Kept>;
  const [pepper, encryptionKey, ...signingKeys] = [
    kept.pepper,
    kept.encryptionKey,
    ...(Array.isArray(kept.signingKeys) ? kept.signingKeys : []),
  ].map((text) => Buffer.from(typeof text === "string" ? text : "", "base64"));
  const [first, ...rest] = signingKeys;
  if (
    !pepper ||
    !encryptionKey ||
    !first ||
    [pepper, encryptionKey, ...signingKeys].some((key) => key.length !== SECRET_BYTES)
  ) {
    throw new StartError(
      `${path} is damaged: it does not hold a pepper, an encryption key and signing keys of ${SECRET_BYTES} bytes.`,
      "Put the copy of it from your backup there. Without the old encryption key, bank details cannot be read.",
    );
  }
  return { pepper, encryptionKey, signingKeys: [first, ...rest] };
}
