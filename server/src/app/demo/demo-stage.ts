import type { Sandbox } from "@tributary/sandbox";
import { CatalogueError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/id.ts";
import type { Ctx } from "../../platform/context.ts";
import { ROLE_SCOPES } from "../../platform/scopes.ts";
import type { Composition } from "../compose.ts";
import type { CastPartner } from "./demo-cast.ts";

/** What the acts of the demo have at hand. */
export type Stage = {
  readonly app: Composition;
  readonly sandbox: Sandbox;
  /** The operator's tenant, the program itself acting, at an instant of the story. */
  readonly at: (instant: Date) => Ctx;
  /** The server is stopping: no further act begins. What was begun is committed whole or not at all, and the next build goes on there. */
  readonly signal: AbortSignal;
};

/** A partner of the cast as the program knows it. */
export type StagedPartner = { readonly cast: CastPartner; readonly id: string; readonly userId: string };

/** The partner itself acting, at an instant of the story. */
export function asPartner(stage: Stage, partner: StagedPartner, instant: Date): Ctx {
  return {
    ...stage.at(instant),
    actor: {
      type: "user",
      userId: partner.userId,
      role: "partner",
      sessionId: newId(),
      partnerId: partner.id,
      partnerTier: partner.cast.tier,
      scopes: ROLE_SCOPES.partner,
      provenAt: instant,
    },
  };
}

/** Acts that were done by an earlier build, or that the rules refuse, are passed over: undefined. Everything else is thrown. */
export async function unlessRefused<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CatalogueError && error.kind === "conflict") return undefined;
    throw error;
  }
}

/** Does as many things at a time as keeps one database busy. */
const AT_ONCE = 8;

/**
 * Runs an act for each item, a few at a time. When the server stops, no further one is begun: what has begun is waited for, then the reason of the
 * signal is thrown. The same where an act fails.
 */
export async function forEach<Item>(
  { signal }: Pick<Stage, "signal">,
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  let hasFailed = false;
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (hasFailed) return;
      try {
        signal.throwIfAborted();
        await act(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}
