import { createHmac } from "node:crypto";
import type { Json, MarqetaWorld, Message } from "./marqeta-world.ts";
import { newToken, textOf } from "./marqeta-world.ts";
import { basicOf, type Post } from "./post.ts";

export type WebhookSender = {
  /** Keeps back what is told from now on. */
  hold(): void;
  /** Sends what was kept back, in its order or the other way round, and goes on as usual. */
  release(order?: "as told" | "reversed"): void;
  /** The next messages arrive twice. */
  duplicateNext(count: number): void;
  /** Sends everything again that was ever told. */
  resendAll(): void;
  /** Statuses of what was sent. */
  answers(): readonly number[];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
};

const TIMEOUT_MS = 5_000;
const UNREACHABLE = 0;

/** As the issuer signs what it tells. */
export const signMarqeta = (body: string, secret: string): string =>
  createHmac("sha1", secret).update(body).digest("hex");

/** Tells webhooks, one message after another. */
export function createWebhookSender(world: Pick<MarqetaWorld, "records">, post: Post) {
  const { messages, webhooks } = world.records;
  let line: Promise<void> = Promise.resolve();
  let held: Message[] | undefined;
  let toDuplicate = 0;
  const answers: number[] = [];

  const send = async ({ body }: Message): Promise<void> => {
    for (const { object } of webhooks.values()) {
      const config = object["config"] as Json;
      const text = JSON.stringify(body);
      const headers = {
        "content-type": "application/json",
        authorization: basicOf(config),
        "x-marqeta-signature": signMarqeta(text, textOf(config["secret"]) ?? ""),
      };
      const sent = post(textOf(config["url"]) ?? "", { headers, body: text, timeoutMs: TIMEOUT_MS });
      answers.push((await sent.catch(() => ({ status: UNREACHABLE }))).status);
    }
  };
  const enqueue = (message: Message): void => {
    line = line.then(() => send(message));
  };
  const publish = (body: Json): void => {
    const message = messages.put({ id: newToken(), body });
    const times = toDuplicate > 0 ? 2 : 1;
    toDuplicate = Math.max(0, toDuplicate - 1);
    for (let time = 0; time < times; time++) {
      if (held === undefined) enqueue(message);
      else held.push(message);
    }
  };
  const sender: WebhookSender = {
    hold: () => {
      held ??= [];
    },
    release: (order = "as told") => {
      const waiting = held ?? [];
      held = undefined;
      for (const message of order === "reversed" ? waiting.toReversed() : waiting) enqueue(message);
    },
    duplicateNext: (count) => {
      toDuplicate += count;
    },
    resendAll: () => {
      for (const message of messages.all()) enqueue(message);
    },
    answers: () => answers,
    idle: async () => {
      let last: Promise<void> | undefined;
      while (last !== line) {
        last = line;
        await last;
      }
    },
  };
  return { publish, sender };
}
