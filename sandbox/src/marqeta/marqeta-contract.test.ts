import { standingClock } from "../clock.ts";
import { describeMarqetaContract } from "./marqeta-contract.ts";
import { startMarqetaSandbox } from "./start-marqeta-sandbox.ts";

describeMarqetaContract("The stand-in", () =>
  startMarqetaSandbox({ clock: standingClock(new Date("2026-11-24T09:00:00Z")) }),
);

const {
  MARQETA_BASE_URL: url,
  MARQETA_APPLICATION_TOKEN: applicationToken,
  MARQETA_ADMIN_TOKEN: adminToken,
} = process.env;

/** The shared sandbox or one of an account: what is made there stays there. */
if (url !== undefined && applicationToken !== undefined && adminToken !== undefined)
  describeMarqetaContract("Marqeta", async () => ({ url, applicationToken, adminToken, close: async () => {} }));
