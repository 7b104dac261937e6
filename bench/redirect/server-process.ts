import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { insertClicks } from "../../server/src/platform/database/index.ts";
import type { ClickBatcher } from "../../server/src/referrals/index.ts";
import { type TrackingDeps, trackReferralClick } from "../../server/src/referrals/track-referral-click.ts";
import { openProgram, type Program } from "../kit/program.ts";
import type { FromServer, ServerOrder, ToServer } from "./servers.ts";

const order = JSON.parse(process.argv[2] ?? "") as ServerOrder;
const tell = (message: FromServer): void => void process.send?.(message);

process.on("message", (asked: ToServer) => {
  if (asked === "cpu") tell({ cpu: process.cpuUsage() });
  else process.exit(0);
});
// Whoever measures is gone: nobody needs this server any more.
process.on("disconnect", () => process.exit(0));
tell({ origin: order.kind === "bare" ? await listenBare() : await listenWhole() });

/** The whole server, whose clicks go where the order says; all else on the way of a visit stays. */
async function listenWhole(): Promise<string> {
  const program = await openProgram(order, order.poolMax);
  const { db } = program.app;
  if (order.kind === "withoutWrite") record(program, () => Promise.resolve());
  if (order.kind === "byInsert") record(program, (click) => insertClicks(db, [click]));
  return (await program.listen()).origin;
}

type Batcher = TrackingDeps["batcher"];

function record({ app }: Program, keep: Batcher["record"]): void {
  const batcher: ClickBatcher<Parameters<Batcher["record"]>[0]> = {
    record: keep,
    pending: 0,
    [Symbol.asyncDispose]: async () => {},
  };
  app.referrals.trackReferralClick = trackReferralClick({ links: app.referrals.links, batcher });
}

/** The least that a redirect can be in Node. */
async function listenBare(): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(302, { location: "https://shop.test/" });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
