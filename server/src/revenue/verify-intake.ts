import type { Ctx } from "../platform/context.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { revenueErrors } from "./revenue-errors.ts";
import { type SignatureHeaders, verifySignature } from "./signature.ts";
import { requireListening, secretsOf } from "./source-secrets.ts";

/** A signed message as it came, with the sender's name for it, and its content. */
export type VerifiedMessage = { readonly id: string; readonly body: Buffer; readonly content: unknown };

/** Verifies a message of a generic source. Nothing of it is read before. */
export const verifyIntake =
  (deps: RevenueDeps) =>
  async (
    ctx: Ctx,
    {
      sourceId,
      body,
      headers,
    }: { readonly sourceId: string; readonly body: Buffer; readonly headers: SignatureHeaders },
  ): Promise<VerifiedMessage> => {
    const source = await requireListening(deps.db, ctx, sourceId, "generic");
    const secrets = secretsOf(source, deps.sealer, ctx.now);
    const id = verifySignature(body, headers, { secrets, now: deps.clock.now() });
    return { id, body, content: contentOf(body) };
  };

function contentOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch (error) {
    throw revenueErrors.message_invalid({}, error);
  }
}
