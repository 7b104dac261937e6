/** One event of a stream of server-sent events, or only the place at which the stream is. */
export type StreamFrame = StreamEvent | { readonly id: string; readonly data?: undefined };
export type StreamEvent = { readonly id: string; readonly type: string; readonly data: string };

/** More than any event of ours is long: a stream that goes on without an end of one is no stream of ours. */
const FRAME_LENGTH_MAX = 1_000_000;

/** Reads events off a body of `text/event-stream`; comments (heartbeats) and fields that nobody asked for are passed over. */
export async function* readStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamFrame> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    text = `${text}${decoder.decode(chunk, { stream: true })}`.replaceAll("\r\n", "\n");
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const frame = parseFrame(text.slice(0, end));
      text = text.slice(end + 2);
      if (frame !== undefined) yield frame;
    }
    if (text.length > FRAME_LENGTH_MAX) throw new RangeError("an event of the stream has no end");
  }
}

function parseFrame(block: string): StreamFrame | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [, name = "", value = ""] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== "") fields.set(name, fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  const [id, data] = [fields.get("id"), fields.get("data")];
  if (id === undefined) return undefined;
  return data === undefined ? { id } : { id, type: fields.get("event") ?? "message", data };
}
