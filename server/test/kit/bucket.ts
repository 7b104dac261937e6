import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type BucketServer = AsyncDisposable & {
  readonly url: string;
  /** What it holds, by key. */
  readonly objects: Map<string, string>;
};

/** As much of S3 as checkpoints need: put where there is none, get, list two at a time; whoever does not sign is refused. */
export async function startBucket(): Promise<BucketServer> {
  const objects = new Map<string, string>();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://bucket");
    const key = pathname.replace(/^\/audit\/?/, "");
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const answer = (status: number, text = ""): void => void response.writeHead(status).end(text);
      if (
        !/^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/eu-test\/s3\/aws4_request/.test(request.headers.authorization ?? "")
      )
        return answer(403, "AccessDenied");
      if (request.method === "PUT") {
        if (request.headers["if-none-match"] === "*" && objects.has(key)) return answer(412, "PreconditionFailed");
        objects.set(key, body);
        return answer(200);
      }
      if (key !== "") return objects.has(key) ? answer(200, objects.get(key)) : answer(404, "NoSuchKey");
      const keys = [...objects.keys()].filter((one) => one.startsWith(searchParams.get("prefix") ?? "")).toSorted();
      const from = Number(searchParams.get("continuation-token") ?? 0);
      const listed = keys.slice(from, from + 2).map((one) => `<Contents><Key>${one}</Key></Contents>`);
      const next = from + 2 < keys.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : "";
      answer(200, `<ListBucketResult>${listed.join("")}${next}</ListBucketResult>`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/audit/tributary`,
    objects,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
