import { derivedId, newId } from "../kernel/id.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import { findOwnMode } from "../tenants/index.ts";
import type { CardDeps } from "./card-deps.ts";
import {
  countPrograms,
  findProgram,
  insertProduct,
  insertProgram,
  moveProduct,
  moveProgram,
} from "./program-repository.ts";
import { newCallerSecrets, sealSecrets } from "./program-secrets.ts";
import { TEST_ISSUER } from "./test-issuer.ts";

const NAME = "Test cards";
/** Of what is spent, as much as an issuer leaves of its interchange: a revenue share has something to be a share of. */
const REVENUE_PPM = 10_000n;

/**
 * On `partner.created`, inside: who comes into a twin under terms that include cards has a product of the test issuer from the start. There is nobody
 * who would have one made.
 */
export const giveTestCards =
  (deps: Pick<CardDeps, "partners" | "sealer">) =>
  async (tx: Tx, created: readonly DomainEvent[]): Promise<void> => {
    if ((await findOwnMode(tx)) !== "test") return;
    const terms = await deps.partners.currentTerms(
      tx,
      created.map(({ objectId }) => objectId),
      tx.ctx.now,
    );
    for (const [partnerId, { features, currency }] of terms) {
      if (!features.has("cards")) continue;
      const id = newId();
      await insertProduct(tx, {
        id,
        program_id: await ensureProgram(deps, tx, currency),
        partner_id: partnerId,
        name: NAME,
        per_authorization: null,
        daily: null,
        monthly: null,
        revenue_ppm: REVENUE_PPM,
      });
      await moveProduct(tx, id, { from: ["requested"], to: "active" });
    }
  };

/** The twin's programme in a currency, shared by all partners there; nobody is asked for it, so that it works at once. */
async function ensureProgram({ sealer }: Pick<CardDeps, "sealer">, tx: Tx, currency: string): Promise<string> {
  const id = derivedId(tx.ctx.tenantId, NAME, currency);
  // Of two who come first at once the second waits, and finds what the first has made.
  await countPrograms(tx);
  if ((await findProgram(tx, id)) !== undefined) return id;
  const secrets = { applicationToken: NAME, adminToken: NAME, caller: newCallerSecrets() };
  await insertProgram(tx, {
    id,
    partner_id: null,
    name: NAME,
    base_url: TEST_ISSUER,
    currency,
    secrets_sealed: sealSecrets(sealer, id, secrets),
  });
  await moveProgram(tx, id, { from: ["connecting"], to: "active" });
  return id;
}
