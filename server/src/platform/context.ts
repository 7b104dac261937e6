import { defineErrors } from "../kernel/errors.ts";
import type { Language } from "./language/index.ts";
import type { Scope, TeamRole } from "./scopes.ts";

/** The tier of a partner, as the plan names them. */
export type PartnerTier = "tier1" | "tier2" | "tier3" | "tier4";

/** Who acts. `scopes` is resolved when the actor is authenticated; `partnerId` is set where the actor acts for one partner. */
export type Actor =
  | {
      readonly type: "user";
      readonly userId: string;
      readonly role: "admin" | "finance" | "support" | "partner";
      readonly sessionId: string;
      readonly partnerId: string | null;
      readonly partnerTier?: PartnerTier | null;
      /** What they are on their partner's team; null, or not there, for whoever acts for no partner. */
      readonly teamRole?: TeamRole | null;
      readonly scopes: ReadonlySet<Scope>;
      /** A member of the team who sees what a partner sees: `userId` is theirs, the partner is another's, and nothing may be changed. */
      readonly isLooking?: true;
      /** When that ends by itself. */
      readonly looksUntil?: Date;
      /** When they last showed who they are. */
      readonly provenAt?: Date;
      /** They must have a second factor, have none, and their time for it is over: they may enrol one and nothing else. */
      readonly isFactorDue?: boolean;
    }
  | {
      readonly type: "key";
      readonly keyId: string;
      readonly partnerId: string | null;
      readonly partnerTier?: PartnerTier | null;
      readonly scopes: ReadonlySet<Scope>;
      /** Of a test key: the twin of the tenant that was asked, and what time it is there. It acts in that and nowhere else. */
      readonly twin?: { readonly tenantId: string; readonly now: Date };
    }
  | { readonly type: "system"; readonly job: string }
  | { readonly type: "anonymous" };

/** A request that names itself: the database transaction of its verb claims the key and keeps the answer (see `platform/database`). */
export type IdempotentRequest = {
  readonly key: string;
  readonly route: string;
  readonly requestHash: Buffer;
  /** The answer holds a secret: it is not kept, and a repetition is told so. */
  readonly isSecret: boolean;
};

/** What every verb is handed first: for whom, by whom, when. Verbs read time here and nowhere else. */
export type Ctx = {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly now: Date;
  /** When it is written down, where that is later than `now`: of what is brought in from before. */
  readonly recordedAt?: Date;
  readonly requestId: string;
  readonly ip: string | null;
  /** The tenant's own host that was asked; null where the installation's address was, or nobody asked. */
  readonly host?: string | null;
  /** The language of ours that whoever asks reads, as their browser says; null or absent where nobody said. */
  readonly language?: Language | null;
  readonly idempotency?: IdempotentRequest;
};

/** When it is written down what a verb does: mostly when it does it. */
export const recordedAt = ({ now, recordedAt: later = now }: Pick<Ctx, "now" | "recordedAt">): Date => later;

export const accessErrors = defineErrors("access", {
  unauthenticated: { kind: "unauthenticated", title: "Sign in, or send an API key" },
  scope_missing: { kind: "forbidden", title: "This credential may not do that" },
  person_required: { kind: "forbidden", title: "Only a person who has signed in can do that" },
  looking_only: { kind: "forbidden", title: "You are looking as the partner: nothing can be changed" },
  partner_required: { kind: "forbidden", title: "Only a partner can do that; this credential belongs to none" },
});

/** Refuses an actor without `scope`: 401 for nobody, 403 for somebody. The system may do anything that its job does. */
export function requireScope(ctx: Ctx, scope: Scope): void {
  const { actor } = ctx;
  if (actor.type === "system") return;
  if (actor.type === "anonymous") throw accessErrors.unauthenticated();
  if (!actor.scopes.has(scope)) throw accessErrors.scope_missing({ scope });
}

/** Refuses whoever only looks. */
export function requireMayWrite({ actor }: Ctx): void {
  if (actor.type === "user" && actor.isLooking) throw accessErrors.looking_only();
}

/** The partner for whom the actor acts; refused where there is none. */
export function requirePartner(ctx: Ctx): string {
  const partnerId = ctx.actor.type === "user" || ctx.actor.type === "key" ? ctx.actor.partnerId : null;
  if (partnerId === null) throw accessErrors.partner_required();
  return partnerId;
}

/** The context of a job, or of the demo and the command line: the program itself acts, in one tenant, at `now`. */
export const systemContext = (input: { tenantId: string; job: string; now: Date; requestId?: string }): Ctx => ({
  tenantId: input.tenantId,
  actor: { type: "system", job: input.job },
  now: input.now,
  requestId: input.requestId ?? `job:${input.job}`,
  ip: null,
});

/** The same context without its idempotency key: for a verb that runs several transactions and is safe to repeat by nature. */
export function withoutIdempotency({ idempotency: _, ...ctx }: Ctx): Ctx {
  return ctx;
}
