import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

/** The file is no backup of ours, or it is cut off or damaged. */
export class UnreadableBackup extends Error {
  override name = "UnreadableBackup";
}

/** The first bytes of a backup: what `file` and people see. */
const MAGIC = "TRIBUTARY BACKUP 1\n";
const LENGTH_BYTES = 4;
/** A header or a chunk of COPY data is far below this; more means that the bytes are not what they seem. */
const FRAME_BYTES_MAX = 64 * 1024 * 1024;

/** A backup is gzip over frames: a length and as many bytes. An empty frame ends a part. */
export type FrameWriter = AsyncDisposable & {
  write(bytes: Uint8Array): Promise<void>;
  endPart(): Promise<void>;
  /** Waits until everything is in the file. */
  close(): Promise<void>;
};

/** Opens a backup for writing; the file must not exist. */
export async function writeFrames(path: string): Promise<FrameWriter> {
  const file = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });
  await once(file, "open");
  const gzip = createGzip();
  const finished = pipeline(gzip, file);
  // Reported by `close`; until then a failure must not end the process.
  finished.catch(() => {});
  const put = async (bytes: Uint8Array): Promise<void> => {
    if (!gzip.write(bytes)) await Promise.race([once(gzip, "drain"), finished]);
  };
  await put(Buffer.from(MAGIC));
  const frame = async (bytes: Uint8Array): Promise<void> => {
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(bytes.length);
    await put(length);
    if (bytes.length > 0) await put(bytes);
  };
  return {
    write: async (bytes) => {
      if (bytes.length > 0) await frame(bytes);
    },
    endPart: () => frame(new Uint8Array()),
    close: async () => {
      gzip.end();
      await finished;
    },
    [Symbol.asyncDispose]: async () => {
      gzip.destroy();
      await finished.catch(() => {});
    },
  };
}

export type FrameReader = AsyncDisposable & {
  /** The next frame; empty at the end of a part. Throws `UnreadableBackup` where the file ends. */
  next(): Promise<Buffer>;
};

/** Opens a backup for reading. */
export async function readFrames(path: string): Promise<FrameReader> {
  const gunzip = createGunzip();
  const finished = pipeline(createReadStream(path), gunzip);
  finished.catch(() => {});
  const chunks = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer = Buffer.alloc(0);

  const take = async (count: number): Promise<Buffer> => {
    const parts: Uint8Array[] = [held];
    for (let length = held.length; length < count; ) {
      const chunk = await chunks.next().catch((error: unknown) => {
        // A file that cannot be opened says so itself.
        if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
        throw new UnreadableBackup("this file is not a backup, or it is damaged", { cause: error });
      });
      if (chunk.done) throw new UnreadableBackup("this backup is cut off: its end is missing");
      parts.push(chunk.value);
      length += chunk.value.length;
    }
    const bytes = Buffer.concat(parts);
    held = bytes.subarray(count);
    return bytes.subarray(0, count);
  };

  if ((await take(MAGIC.length)).toString("latin1") !== MAGIC) throw new UnreadableBackup("this file is not a backup");
  return {
    next: async () => {
      const length = (await take(LENGTH_BYTES)).readUInt32BE();
      if (length > FRAME_BYTES_MAX) throw new UnreadableBackup("this backup is damaged");
      return take(length);
    },
    [Symbol.asyncDispose]: async () => {
      gunzip.destroy();
      await finished.catch(() => {});
    },
  };
}
