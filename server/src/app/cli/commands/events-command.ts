import { listTenants, retryOutboxEvents } from "../../../platform/database/index.ts";
import { findGivenUpEvents } from "../../../platform/outbox/index.ts";
import { type AddCommand, tableOf } from "../command-context.ts";

const LISTED_MAX = 100;

/** `tributary events list` and `retry`: what a listener could not take in all its attempts. */
export const addEvents: AddCommand = (program, { withProgram, print }) => {
  const events = program.command("events").description("events that a listener could not take and that were given up");
  events
    .command("list")
    .description("print the oldest of them, each with its last error")
    .action(() =>
      withProgram(async ({ app, ctx }) => {
        const rows: string[][] = [];
        for (const { id: tenantId } of await listTenants(app.db)) {
          const givenUp = await app.db.read({ ...ctx, tenantId }, (tx) => findGivenUpEvents(tx, LISTED_MAX));
          for (const { id, type, objectId, occurredAt, lastError } of givenUp)
            rows.push([occurredAt.toISOString(), type, objectId, id, lastError ?? ""]);
        }
        if (rows.length === 0) return print("No event was given up.");
        for (const line of tableOf([["occurred", "type", "object", "event", "last error"], ...rows])) print(line);
      }),
    );
  events
    .command("retry")
    .description("have them told again, from the oldest on; later events of the same objects have been told meanwhile")
    .action(() =>
      withProgram(async ({ app }) => {
        print(`to be told again: ${await retryOutboxEvents(app.db)}`);
      }),
    );
};
