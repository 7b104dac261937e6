import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { answering, startReceiver } from "../../../../test/kit/receiver.ts";
import { newSecret } from "../../../webhooks/index.ts";
import { forwardEvents, ListeningRefused } from "./forward-events.ts";
import { readStream } from "./read-stream.ts";

const frame = (n: number, type = "payout.completed") =>
  `id: ${n}\nevent: ${type}\ndata: ${JSON.stringify({ id: `event-${n}`, type })}\n\n`;

/** A server whose stream says what it is told to, one answer after the other. */
async function streaming(...answers: readonly { readonly status?: number; readonly text: string }[]) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const answer = answers[asked.length] ?? { status: 401, text: "no more" };
    asked.push(request.headers["last-event-id"] as string | undefined);
    response.writeHead(answer.status ?? 200, { "content-type": "text/event-stream" }).end(answer.text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

const common = () => ({
  apiKey: "key:secret",
  secret: newSecret(),
  events: ["payout.*"],
  signal: new AbortController().signal,
  reconnectMs: 1,
});

describe("listening", () => {
  it("posts what was asked for, signed, and goes on after the last event when the stream ends", async () => {
    await using receiver = await startReceiver();
    await using server = await streaming(
      { text: `retry: 1\n\n${frame(1)}: still here\n\n${frame(2, "referral.created")}` },
      { status: 503, text: "" },
      { text: frame(3) },
    );
    receiver.answer = answering(500);
    const input = common();
    const lines: string[] = [];
    const ended = forwardEvents({
      ...input,
      server: server.url,
      forwardTo: receiver.url,
      print: (line) => void lines.push(line),
    });
    await expect(ended).rejects.toThrow(ListeningRefused);
    expect(server.asked).toEqual([undefined, "2", "2", "3"]);
    expect(receiver.received.map(({ headers }) => headers["webhook-id"])).toEqual(["event-1", "event-3"]);
    for (const { body, headers } of receiver.received)
      expect(new Webhook(input.secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: "payout.completed",
      });
    expect(lines).toContain("payout.completed event-1 → 500");
  });

  it("goes on after the place where a stream began that has told nothing", async () => {
    await using server = await streaming({ text: "retry: 1\nid: 41\n\n" });
    const ended = forwardEvents({ ...common(), server: server.url, forwardTo: server.url, print: () => {} });
    await expect(ended).rejects.toThrow(ListeningRefused);
    expect(server.asked).toEqual([undefined, "41"]);
  });

  it("says why a server refuses, and does not ask again", async () => {
    await using server = await streaming({ status: 403, text: "scope missing" });
    const ended = forwardEvents({ ...common(), server: server.url, forwardTo: server.url, print: () => {} });
    await expect(ended).rejects.toThrow("403 scope missing");
    expect(server.asked).toHaveLength(1);
  });
});

describe("a stream of events", () => {
  it("is read the same wherever its bytes are parted", async () => {
    const bytes = new TextEncoder().encode(`: hi\r\n\r\n${frame(1)}${frame(2).replace("event-2", "évènement-2")}`);
    const whole = [
      { id: "1", type: "payout.completed", data: '{"id":"event-1","type":"payout.completed"}' },
      { id: "2", type: "payout.completed", data: '{"id":"évènement-2","type":"payout.completed"}' },
    ];
    for (let size = 1; size < bytes.length; size += 7) {
      const parts = async function* () {
        for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
      };
      const read: unknown[] = [];
      for await (const one of readStream(parts())) read.push(one);
      expect(read).toEqual(whole);
    }
  });
});
