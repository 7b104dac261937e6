import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AwsClient } from "aws4fetch";

/** Where checkpoints are put, out of reach of whoever can write the database: a folder on another disk, a bucket that locks what it holds. */
export type CheckpointPlace = {
  /** Names of the documents of a tenant. */
  list(tenantId: string): Promise<string[]>;
  read(tenantId: string, name: string): Promise<string>;
  /** Writes a document where there is none of the name; one that is there stays as it is. */
  write(tenantId: string, name: string, text: string): Promise<void>;
};

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/** A folder of this machine, or one that is mounted on it. */
export const folderPlace = (folder: string): CheckpointPlace => ({
  list: async (tenantId) => {
    try {
      return await readdir(join(folder, tenantId));
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw error;
    }
  },
  read: (tenantId, name) => readFile(join(folder, tenantId, name), "utf8"),
  write: async (tenantId, name, text) => {
    await mkdir(join(folder, tenantId), { recursive: true, mode: 0o700 });
    try {
      await writeFile(join(folder, tenantId, name), text, { flag: "wx", mode: 0o400 });
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  },
});

export type Bucket = {
  /** Path style: `https://HOST/BUCKET` or `https://HOST/BUCKET/PREFIX`. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

const TIMEOUT_MS = 15_000;
const ATTEMPTS_AGAIN = 2;

/** A bucket of whatever speaks S3. */
export function bucketPlace({ url, region, accessKeyId, secretAccessKey }: Bucket): CheckpointPlace {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: ATTEMPTS_AGAIN });
  const { origin, pathname } = new URL(url);
  const [bucket = "", ...folders] = pathname.split("/").filter((part) => part !== "");
  const prefixOf = (tenantId: string): string => [...folders, tenantId, ""].join("/");
  const ask = async (target: string, init: RequestInit = {}, isFine = (status: number) => status < 300) => {
    const answer = await client.fetch(target, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await answer.text();
    if (!isFine(answer.status))
      throw new Error(
        `the bucket of the checkpoints answered ${answer.status} to ${init.method ?? "GET"}: ${text.slice(0, 200)}`,
      );
    return text;
  };
  return {
    list: async (tenantId) => {
      const prefix = prefixOf(tenantId);
      const names: string[] = [];
      for (let token: string | undefined = ""; token !== undefined; ) {
        const query: URLSearchParams = new URLSearchParams({ "list-type": "2", prefix });
        if (token !== "") query.set("continuation-token", token);
        const listed: string = await ask(`${origin}/${bucket}?${query.toString()}`);
        for (const [, key = ""] of listed.matchAll(/<Key>([^<]+)<\/Key>/g)) names.push(key.slice(prefix.length));
        token = /<NextContinuationToken>([^<]+)</.exec(listed)?.[1];
      }
      return names;
    },
    read: (tenantId, name) => ask(`${origin}/${bucket}/${prefixOf(tenantId)}${name}`),
    write: async (tenantId, name, text) => {
      const headers = { "content-type": "application/json", "if-none-match": "*" };
      const isFine = (status: number): boolean => status < 300 || status === 412;
      await ask(`${origin}/${bucket}/${prefixOf(tenantId)}${name}`, { method: "PUT", body: text, headers }, isFine);
    },
  };
}
