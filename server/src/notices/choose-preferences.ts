import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { DEFAULT_LANGUAGE, type Language, say } from "../platform/language/index.ts";
import { type Delivery, isKind, KIND_NAMES, type KindName, kindOf, wordsOf } from "./notice-catalogue.ts";
import type { NoticeDeps } from "./notice-deps.ts";
import { noticeErrors } from "./notice-errors.ts";
import { deliveryOf } from "./notice-rules.ts";
import { type Choice, findPreferences, key, savePreferences } from "./preference-repository.ts";
import { readUnsubscribeToken } from "./unsubscribe-link.ts";

/** How the partner's person hears of a kind of news. */
export type Preference = {
  readonly kind: KindName;
  readonly when: string;
  readonly delivery: Delivery;
  /** It cannot be turned off. */
  readonly isAlways: boolean;
};

/** Every notice, and how the partner gets it. */
export const getPreferences =
  (deps: NoticeDeps) =>
  (ctx: Ctx): Promise<Preference[]> =>
    deps.db.read(ctx, async (tx) => {
      requireScope(ctx, "own:profile:read");
      return preferencesOf(tx, await requireUser(deps, tx));
    });

/** Chooses how the partner gets some notices; the others stay as they are. */
export const choosePreferences =
  (deps: NoticeDeps) =>
  (ctx: Ctx, choices: readonly { readonly kind: string; readonly delivery: Delivery }[]): Promise<Preference[]> =>
    deps.db.transaction(ctx, async (tx) => {
      requireScope(ctx, "own:profile:write");
      // Of two choices for one kind the later counts.
      const chosen = new Map(choices.map((choice) => [choice.kind, requireChoice(choice)]));
      const userId = await requireUser(deps, tx);
      await change(deps, tx, userId, [...chosen.values()]);
      return preferencesOf(tx, userId);
    });

/** Turns off what a link names. Done twice it is done once. */
export const unsubscribe =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { token }: { readonly token: string }): Promise<void> =>
    deps.db.transaction(ctx, async (tx) => {
      const { userId, ends } = requireLink(deps, ctx, token);
      const kinds = (await preferencesOf(tx, userId)).filter(
        ({ kind, delivery }) => kind === ends || delivery === ends,
      );
      const choices = kinds.map(({ kind }): Choice => ({ kind, delivery: "off" }));
      await change(deps, tx, userId, choices);
    });

/** What a link would turn off, for people. Throws `notice.link_invalid`. */
export const describeUnsubscribe =
  (deps: NoticeDeps) =>
  (ctx: Ctx, { token }: { readonly token: string }): ((language: Language) => string) => {
    const { ends } = requireLink(deps, ctx, token);
    return (language) =>
      isKind(ends)
        ? say(language, "page.unsubscribe.kind", { when: wordsOf(language, ends).when })
        : say(language, `page.unsubscribe.${ends}`);
  };

function requireLink({ linkKey }: NoticeDeps, { tenantId }: Ctx, token: string) {
  const found = readUnsubscribeToken(linkKey, tenantId, token);
  if (found === undefined) throw noticeErrors.link_invalid();
  return found;
}

function requireChoice({ kind, delivery }: { readonly kind: string; readonly delivery: Delivery }): Choice {
  if (!isKind(kind)) throw noticeErrors.kind_unknown({ kind });
  if (kindOf(kind).isAlways && delivery !== "at_once") throw noticeErrors.always_sent({ kind });
  return { kind, delivery };
}

async function requireUser(deps: NoticeDeps, tx: ReadTx): Promise<string> {
  const partnerId = requirePartner(tx.ctx);
  const partner = (await deps.partners.findPartners(tx, [partnerId])).get(partnerId);
  invariant(partner !== undefined, "a credential of a partner is of one that exists");
  return partner.userId;
}

async function preferencesOf(tx: ReadTx, userId: string): Promise<Preference[]> {
  const wished = await findPreferences(tx, [userId]);
  return KIND_NAMES.map((kind) => {
    const { isAlways = false } = kindOf(kind);
    return {
      kind,
      when: wordsOf(DEFAULT_LANGUAGE, kind).when,
      delivery: deliveryOf(kind, wished.get(key(userId, kind))),
      isAlways,
    };
  });
}

async function change(deps: NoticeDeps, tx: Tx, userId: string, choices: readonly Choice[]): Promise<void> {
  if (choices.length === 0) return;
  await savePreferences(tx, userId, choices);
  await deps.audit.record(tx, "notice_preferences.changed", {
    targetType: "user",
    targetId: userId,
    after: Object.fromEntries(choices.map(({ kind, delivery }) => [kind, delivery])),
  });
}
