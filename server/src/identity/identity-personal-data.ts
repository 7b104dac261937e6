import { sql } from "kysely";
import type { PersonalDataSource } from "../platform/personal-data.ts";
import { revokeKeysOf } from "./api-key-repository.ts";
import { endSessions, eraseUser, forgetSessions } from "./erase-user.ts";
import { deleteFactors, findFactors } from "./factor-repository.ts";

/** Who somebody is. The row stays under a pseudonym: the books name it. */
const account: PersonalDataSource = {
  name: "account",
  holds: {
    "users.email": "erased",
    "users.name": "erased",
    "users.password_hash": "erased",
    "users.language": "erased",
    "users.external_id": "reference",
  },
  collect: async (tx, { userId }) => {
    const { rows } = await sql<object>`
      select id, role, email, name, external_id as "externalId", status, language, email_verified_at as "emailVerifiedAt",
             created_at as "createdAt", updated_at as "updatedAt"
        from users
       where tenant_id = ${tx.ctx.tenantId}
         and id = ${userId}`.execute(tx);
    return rows;
  },
  erase: (tx, { userId }) => eraseUser(tx, userId),
};

const sessions: PersonalDataSource = {
  name: "sessions",
  holds: { "sessions.user_agent": "erased", "sessions.ip_truncated": "erased" },
  collect: async (tx, { userId }) => {
    const { rows } = await sql<object>`
      select user_agent as "userAgent", ip_truncated as network, created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "endedAt"
        from sessions
       where tenant_id = ${tx.ctx.tenantId}
         and user_id = ${userId}
       order by created_at`.execute(tx);
    return rows;
  },
  close: async (tx, subject) => [{ what: "Sessions that were ended", count: await endSessions(tx, subject) }],
  erase: forgetSessions,
};

const links: PersonalDataSource = {
  name: "mailed-links",
  holds: { "user_tokens.email": "erased" },
  collect: async (tx, { userId, email }) => {
    const { rows } = await sql<object>`
      select purpose, email, created_at as "createdAt", used_at as "usedAt"
        from user_tokens
       where tenant_id = ${tx.ctx.tenantId}
         and (user_id = ${userId} or email = ${email})
       order by created_at`.execute(tx);
    return rows;
  },
  erase: async (tx, { userId, email }) => {
    const { numAffectedRows } = await sql`
      delete from user_tokens
       where tenant_id = ${tx.ctx.tenantId}
         and (user_id = ${userId} or email = ${email})`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

const apiKeys: PersonalDataSource = {
  name: "api-keys",
  holds: { "partner_api_keys.key_name": "erased", "partner_api_keys.ip_allow_list": "erased" },
  collect: async (tx, { partnerId, userId }) => {
    const { rows } = await sql<object>`
      select key_name as name, api_key as "apiKey", permissions as scopes, ip_allow_list as "ipAllowList", created_at as "createdAt",
             last_used_at as "lastUsedAt", revoked_at as "revokedAt"
        from partner_api_keys
       where tenant_id = ${tx.ctx.tenantId}
         and (partner_id = ${partnerId ?? null} or created_by = ${userId})
       order by created_at`.execute(tx);
    return rows;
  },
  close: async (tx, { partnerId }) =>
    partnerId === undefined
      ? []
      : [{ what: "API keys that were revoked", count: (await revokeKeysOf(tx, partnerId)).length }],
  // Those of a partner alone: a key of the operator that somebody made belongs to the operator.
  erase: async (tx, { partnerId }) => {
    const { numAffectedRows } = await sql`
      update partner_api_keys
         set key_name = 'erased', ip_allow_list = '[]', status = 'revoked', revoked_at = coalesce(revoked_at, ${tx.ctx.now})
       where tenant_id = ${tx.ctx.tenantId}
         and partner_id = ${partnerId ?? null}
         and key_name <> 'erased'`.execute(tx);
    return Number(numAffectedRows ?? 0n);
  },
};

const factors: PersonalDataSource = {
  name: "second-factors",
  holds: { "passkeys.name": "erased", "passkeys.credential_id": "erased" },
  collect: async (tx, { userId }) => {
    const { totpSince, passkeys } = await findFactors(tx, userId);
    return [
      ...(totpSince === null ? [] : [{ kind: "totp", name: null, createdAt: totpSince, lastUsedAt: null }]),
      ...passkeys.map(({ name, createdAt, lastUsedAt }) => ({ kind: "passkey", name, createdAt, lastUsedAt })),
    ];
  },
  erase: async (tx, { userId }) => Number(await deleteFactors(tx, userId)),
};

/** What is kept about people here. Emptied from the end: the account first, so that who signs in meanwhile waits and finds it closed, and no session is left. */
export const identityPersonalData: readonly PersonalDataSource[] = [sessions, links, apiKeys, factors, account];
