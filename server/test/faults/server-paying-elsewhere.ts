/** The program as its users start it, but that it pays at the address in STRIPE_OF_THE_TEST, where a test stands in for Stripe. */
import { loadConfig, readEnvironment } from "../../src/app/config/config.ts";
import { runServer } from "../../src/app/runtime/run-server.ts";
import { runTool } from "../../src/app/runtime/run-tool.ts";
import { createLogger } from "../../src/platform/log/index.ts";

await runTool(async () => {
  const config = loadConfig(readEnvironment(process));
  const stripe = JSON.parse(process.env["STRIPE_OF_THE_TEST"] ?? "") as NonNullable<typeof config.stripe>;
  const logger = createLogger({ level: config.logLevel, isPretty: false });
  await runServer({ config: { ...config, stripe }, parts: { api: true, worker: true }, isEmpty: true, logger });
});
