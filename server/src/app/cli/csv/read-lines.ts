/** A line of a file, without its end; `text` is undefined where the bytes are no UTF-8, or more than `LINE_BYTES_MAX`. */
export type Line = { readonly number: number; readonly text: string | undefined };

/** Far more than any row of ours; it keeps memory flat on a file that is no CSV at all. */
export const LINE_BYTES_MAX = 65_536;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Splits bytes into lines (LF or CRLF), numbered from 1. The byte order mark that spreadsheets write is dropped. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let number = 0;
  let parts: Uint8Array[] = [];
  let length = 0;

  const take = (rest: Uint8Array): Line => {
    number += 1;
    length += rest.length;
    const bytes = length > LINE_BYTES_MAX ? undefined : Buffer.concat([...parts, rest]);
    parts = [];
    length = 0;
    if (bytes === undefined) return { number, text: undefined };
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    try {
      return { number, text: decoder.decode(bytes.subarray(0, end)) };
    } catch {
      return { number, text: undefined };
    }
  };

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    length += rest.length;
    if (length <= LINE_BYTES_MAX) parts.push(rest);
  }
  if (length > 0) yield take(new Uint8Array());
}
