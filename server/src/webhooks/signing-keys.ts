import type { KeyObject } from "node:crypto";
import type { Sealer } from "../platform/crypto/index.ts";
import type { LeasedEndpoint } from "./attempt-repository.ts";
import { sealedAs } from "./create-endpoint.ts";
import { retiredSecrets } from "./endpoint-repository.ts";
import { keyOf } from "./sign-message.ts";

/** What signs for an endpoint, the newest first; `until` is null of the one that does not end. */
type SigningKey = { readonly key: KeyObject; readonly until: Date | null };
export type SigningKeys = readonly SigningKey[];

const KEPT_MAX = 10_000;

/** Opens the secrets of endpoints. What was opened is kept for as long as the sealed one stays as it is: opening costs more than signing. */
export function createKeyring(sealer: Sealer) {
  const opened = new Map<string, { readonly sealed: Buffer; readonly key: KeyObject }>();
  const open = (name: string, endpointId: string, sealed: Buffer): KeyObject => {
    const known = opened.get(name);
    if (known?.sealed.equals(sealed)) return known.key;
    const key = keyOf(sealer.open(sealed, sealedAs(endpointId)));
    if (opened.size >= KEPT_MAX) opened.clear();
    opened.set(name, { sealed, key });
    return key;
  };
  /** Throws for a secret that another encryption key has sealed. */
  return (endpoint: LeasedEndpoint): SigningKeys => {
    const { id, secret_encrypted, retired_secrets_encrypted, retired_secrets_until } = endpoint;
    const retired = retiredSecrets(retired_secrets_encrypted, retired_secrets_until).toReversed();
    return [{ sealed: secret_encrypted, until: null }, ...retired].map(({ sealed, until }, age) => ({
      key: open(`${id} ${age}`, id, sealed),
      until,
    }));
  };
}

/** Those that sign at an instant. */
export const keysAt = (keys: SigningKeys, at: Date): KeyObject[] =>
  keys.filter(({ until }) => until === null || at < until).map(({ key }) => key);
