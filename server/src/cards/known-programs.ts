import type { Ctx } from "../platform/context.ts";
import { createKnown } from "../platform/known.ts";
import type { CardDeps } from "./card-deps.ts";
import { findProgram } from "./program-repository.ts";
import { openSecrets, type ProgramSecrets } from "./program-secrets.ts";

/** Who may call about which programme. What a programme may do now is read with every question. */
export type KnownPrograms = {
  find(ctx: Ctx, programId: string): Promise<{ readonly secrets: ProgramSecrets } | undefined>;
};

const KNOWN_MAX = 500;
const KNOWN_FOR_MS = 5_000;

/** Keeps the secrets of programmes that call often, for a few seconds: they never change. */
export function createKnownPrograms(deps: Pick<CardDeps, "db" | "sealer">): KnownPrograms {
  const known = createKnown<{ readonly secrets: ProgramSecrets }, Ctx>({
    max: KNOWN_MAX,
    ttlMs: KNOWN_FOR_MS,
    read: async (key, ctx) => {
      const [, programId = ""] = key.split(" ");
      const program = await deps.db.read(ctx, (tx) => findProgram(tx, programId));
      return program && { secrets: openSecrets(deps.sealer, programId, program.secrets_sealed) };
    },
  });
  return { find: (ctx, programId) => known.find(`${ctx.tenantId} ${programId}`, ctx) };
}
