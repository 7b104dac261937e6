import { hasCode } from "../kernel/errors.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import type { Composition } from "./compose.ts";

/** Of the programme, and of the operator in mails, until somebody gives it another. */
const PROGRAM_NAME = "Partner programme";
/** The plan's own currency; the operator changes it before the first booking. */
const PROGRAM_CURRENCY = "USD";

/**
 * The operator's tenant with a programme under the default plan, made where they are not there yet. Returns the context of the program itself
 * acting in it, as `job`.
 */
export async function openOperator(app: Composition, job: string): Promise<Ctx> {
  const now = app.clock.now();
  const { id: tenantId } = await app.tenants.createOperator({ name: PROGRAM_NAME, now });
  const ctx = systemContext({ tenantId, job, now });
  try {
    await app.db.read(ctx, app.programs.getProgram);
  } catch (error) {
    if (!hasCode(error, "program.not_found")) throw error;
    await makeProgram(app, ctx);
  }
  return ctx;
}

/** Several servers may start on an empty database at once: one makes the programme, the others find it. */
async function makeProgram(app: Composition, ctx: Ctx): Promise<void> {
  try {
    await app.db.transaction(ctx, (tx) =>
      app.programs.createProgram(tx, { name: PROGRAM_NAME, currency: PROGRAM_CURRENCY }),
    );
  } catch (error) {
    if (!hasCode(error, "program.exists")) throw error;
  }
}
