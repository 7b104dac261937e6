import { newSecret } from "../../../webhooks/index.ts";
import { loadConfig, readEnvironment } from "../../config/config.ts";
import type { AddCommand } from "../command-context.ts";
import { forwardEvents, ListeningRefused } from "../listen/forward-events.ts";

type Options = {
  readonly forwardTo: string;
  readonly apiKey?: string;
  readonly server?: string;
  readonly secret?: string;
  readonly events: readonly string[];
};

/** `tributary listen`: events of a running server, posted to one that is being developed. It uses no database. */
export const addListen: AddCommand = (program, { print, fail }) => {
  program
    .command("listen")
    .description("post events to a local server while you develop it, signed as an endpoint gets them")
    .requiredOption("--forward-to <url>", "where events are posted to")
    .option("--api-key <id:secret>", "a key with a webhooks:read scope; TRIBUTARY_API_KEY when not given")
    .option("--server <url>", "the server to listen to; the configured one when not given")
    .option("--secret <whsec>", "signs the events; a new one is shown when not given")
    .option("--events <pattern...>", "types or groups", ["*"])
    .action(async (options: Options) => {
      const environment = readEnvironment(process);
      const apiKey = options.apiKey ?? environment["TRIBUTARY_API_KEY"];
      if (apiKey === undefined || !apiKey.includes(":")) {
        print("Give an API key: --api-key ID:SECRET, or TRIBUTARY_API_KEY.");
        return fail();
      }
      const secret = options.secret ?? newSecret();
      if (options.secret === undefined) print(`Signed with ${secret}`);
      const stopping = new AbortController();
      process.once("SIGINT", () => stopping.abort()).once("SIGTERM", () => stopping.abort());
      try {
        await forwardEvents({
          server: options.server ?? loadConfig(environment).localUrl,
          apiKey,
          forwardTo: options.forwardTo,
          secret,
          events: options.events,
          print,
          signal: stopping.signal,
        });
      } catch (error) {
        if (!(error instanceof ListeningRefused)) throw error;
        print(error.message);
        fail();
      }
    });
};
