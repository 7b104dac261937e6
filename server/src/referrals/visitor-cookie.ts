import { hash } from "node:crypto";
import { idOf, newIdBytes } from "../kernel/id.ts";
import { equalsInConstantTime } from "../platform/crypto/index.ts";

/** Browsers keep no cookie longer than 400 days (RFC 6265bis, section 5.5). */
const MAX_AGE_SECONDS = 400 * 24 * 3600;
/** Of base64url: 132 bits. */
const TAG_LENGTH = 22;
const VALUE_PATTERN = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})$/;

export type VisitorCookies = {
  readonly name: string;
  /** The visitor that a cookie's value names; undefined for what this server did not make for this tenant. */
  read(tenantId: string, value: string | undefined): string | undefined;
  /** A visitor never seen before, and the header that makes its browser remember. */
  make(tenantId: string): { readonly visitorId: string; readonly setCookie: string };
};

/**
 * First-party cookies that tell one visitor from another: an id and a tag over it and the tenant, so that nobody can make one up, carry one to
 * another tenant, or guess another visitor's. Ids rise with time, so that those of new visitors lie together in the index of clicks. `__Host-` binds it to exactly this host, over https.
 */
export function createVisitorCookies({ key, isSecure }: { key: Buffer; isSecure: boolean }): VisitorCookies {
  const name = isSecure ? "__Host-tributary_visitor" : "tributary_visitor";
  const attributes = `; Max-Age=${MAX_AGE_SECONDS}; Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  // The key stands in front: SHA-3 needs no HMAC around it, since nobody can go on from a tag (FIPS 202; the sponge gives half its state away).
  // In one call, and over text: an HMAC by Node's objects takes two and a half times as long, and leaves an object to collect (measured).
  const secret = key.toString("base64url");
  const tagOf = (tenantId: string, id: string): string =>
    hash("sha3-256", `${secret} ${tenantId} ${id}`, "base64url").slice(0, TAG_LENGTH);
  return {
    name,
    read: (tenantId, value) => {
      const match = value === undefined ? null : VALUE_PATTERN.exec(value);
      if (match === null) return undefined;
      const [, id = "", tag = ""] = match;
      return equalsInConstantTime(Buffer.from(tag), Buffer.from(tagOf(tenantId, id)))
        ? idOf(Buffer.from(id, "base64url"))
        : undefined;
    },
    make: (tenantId) => {
      const bytes = newIdBytes();
      const id = bytes.toString("base64url");
      return { visitorId: idOf(bytes), setCookie: `${name}=${id}.${tagOf(tenantId, id)}${attributes}` };
    },
  };
}
