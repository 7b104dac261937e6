import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, matchesGlob } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../src/app/config/config.ts";
import { settings } from "../../src/app/config/settings.ts";
import { CADDYFILE, caddyEnvironment, hasCaddy } from "../kit/proxy.ts";
import { ROOT } from "../tidy/source-tree.ts";

type Service = {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
};
const DEPLOY = join(ROOT, "deploy");
const compose = parse(readFileSync(join(DEPLOY, "compose.yaml"), "utf8")) as {
  readonly services: Readonly<Record<"database" | "server" | "proxy", Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
};
const { database, server, proxy } = compose.services;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tributary-deploy-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A value of the environment file as Compose would fill it in. */
const filled = (value: string, given: Readonly<Record<string, string>>): string =>
  value.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string, otherwise: string) => {
    const found = given[name] ?? "";
    if (found !== "") return found;
    if (kind === "?") throw new Error(`${name} is required`);
    return otherwise ?? "";
  });
const SECRET = Buffer.alloc(32, 7).toString("base64");
const GIVEN = {
  TRIBUTARY_HOST: "partners.example.com",
  DATABASE_PASSWORD: "aa",
  DATABASE_SERVER_PASSWORD: "bb",
  TRIBUTARY_PEPPER: SECRET,
  TRIBUTARY_ENCRYPTION_KEY: SECRET,
  TRIBUTARY_SIGNING_KEYS: SECRET,
};

describe("the composition", () => {
  it("gives the server settings that it has, and a configuration that it starts with", () => {
    const known = new Set<string>(settings.map(({ name }) => name));
    expect(Object.keys(server.environment).filter((name) => !known.has(name))).toEqual([]);
    const environment = Object.fromEntries(
      Object.entries(server.environment).map(([name, value]) => [name, filled(value, GIVEN)]),
    );
    expect(loadConfig(environment)).toMatchObject({
      publicUrl: "https://partners.example.com",
      trustProxy: true,
      database: { kind: "external", serverUrl: expect.stringContaining("tributary_login:bb@database") },
    });
  });

  it("passes every setting on, but those that the image itself decides", () => {
    const dockerfile = readFileSync(join(DEPLOY, "Dockerfile"), "utf8");
    const ofImage = [...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap(([, pairs = ""]) =>
      pairs.split(" ").map((pair) => pair.split("=")[0]),
    );
    expect(Object.keys(server.environment).toSorted()).toEqual(
      settings
        .map(({ name }) => name as string)
        .filter((name) => !ofImage.includes(name))
        .toSorted(),
    );
  });

  it("hands on a value as it is given", () => {
    const given = { ...GIVEN, DATABASE_POOL_MAX: "7", EXPORT_FOLDER: "/var/lib/tributary/exports" };
    const environment = Object.fromEntries(
      Object.entries(server.environment).map(([name, value]) => [name, filled(value, given)]),
    );
    expect(loadConfig(environment)).toMatchObject({ poolMax: 7, exportFolder: given.EXPORT_FOLDER });
  });

  it("does not start without what it must be given, all of which the example names", () => {
    const example = readFileSync(join(DEPLOY, ".env.example"), "utf8");
    const texts = [database, server, proxy].flatMap(({ environment }) => Object.values(environment));
    for (const name of Object.keys(GIVEN)) {
      expect(example).toMatch(new RegExp(`^${name}=`, "m"));
      expect(() => texts.map((text) => filled(text, { ...GIVEN, [name]: "" }))).toThrow(`${name} is required`);
    }
  });

  it("opens the proxy alone to the world, and the database to the server alone", () => {
    expect([database.ports, server.ports]).toEqual([undefined, undefined]);
    expect(proxy.ports).toEqual(["80:80", "443:443", "443:443/udp"]);
    expect(database.networks).toEqual(["inside"]);
    expect(compose.networks["inside"]?.internal).toBe(true);
  });

  it("gives the server nothing to write to but its volume and its temporary files", () => {
    expect([server.read_only, server.tmpfs]).toEqual([true, ["/tmp"]]);
    expect(server.volumes).toEqual(["server:/var/lib/tributary"]);
  });

  it("names files, volumes and networks that are there", () => {
    for (const { volumes, networks, build } of [database, server, proxy]) {
      for (const network of networks) expect(Object.keys(compose.networks)).toContain(network);
      for (const [from = ""] of volumes.map((volume) => volume.split(":")))
        if (from.startsWith(".")) expect([from, existsSync(join(DEPLOY, from))]).toEqual([from, true]);
        else expect(Object.keys(compose.volumes)).toContain(from);
      if (build) expect(existsSync(join(DEPLOY, build.context, build.dockerfile))).toBe(true);
    }
  });
});

describe("the image", () => {
  const lines = readFileSync(join(DEPLOY, "Dockerfile"), "utf8").split("\n");
  const last = (instruction: string): string =>
    lines.findLast((line) => line.startsWith(`${instruction} `))?.slice(instruction.length + 1) ?? "";

  it("is of the line of Node that is pinned, runs as nobody in particular, and starts programs that are there", () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      devDependencies: Record<string, string>;
    };
    expect(last("FROM")).toMatch(new RegExp(`^node:${devDependencies["node"]?.split(".")[0]}-`));
    expect(last("USER")).toBe("node");
    const [, program = ""] = JSON.parse(last("CMD")) as string[];
    for (const path of [program, "scripts/run-build.mjs"]) expect(existsSync(join(ROOT, path))).toBe(true);
    expect(last("RUN")).toContain("node scripts/run-build.mjs");
  });
});

describe("what the image is built from", () => {
  const left = readFileSync(join(DEPLOY, "Dockerfile.dockerignore"), "utf8").split("\n").filter(Boolean);
  const isLeftOut = (path: string): boolean =>
    left.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));
  const tracked = spawnSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).stdout.split("\n").filter(Boolean);

  it("is every file of the checkout: none is left out that a start, or a build, may ask for", () => {
    expect(tracked).toEqual(expect.arrayContaining(["package-lock.json", "scripts/start.mjs", ".npmrc"]));
    expect(tracked.filter(isLeftOut)).toEqual([]);
  });

  it("is nothing else that lies there: no secret, no data, no packages of another machine", () => {
    for (const path of [
      ".env",
      "deploy/.env",
      ".tributary/secrets.json",
      "node_modules/node/bin/node",
      "portal/node_modules/x/index.js",
      "portal/dist/index.html",
      ".git/config",
    ])
      expect([path, isLeftOut(path)]).toEqual([path, true]);
  });
});

describe("the proxy", () => {
  it.skipIf(!hasCaddy())("has a file that Caddy takes, with an issuer on the net and with one of its own", () => {
    for (const issuer of ["acme", "internal"]) {
      const { status, stdout } = spawnSync("caddy", ["validate", "--config", CADDYFILE, "--adapter", "caddyfile"], {
        env: caddyEnvironment(folder, { TRIBUTARY_HOST: "partners.example.com", CERTIFICATE_ISSUER: issuer }),
        encoding: "utf8",
      });
      expect([issuer, status, stdout]).toEqual([issuer, 0, expect.stringContaining("Valid configuration")]);
    }
  });
});

describe("npm run deploy", () => {
  /** Runs it with a `docker` that writes down what it is asked, and fails where told to. */
  const deploy = (what: string, fails = "nothing") => {
    const log = join(folder, "asked");
    const docker = join(folder, "docker");
    writeFileSync(log, "");
    writeFileSync(docker, `#!/bin/sh\necho "$*" >> '${log}'\ncase "$*" in *"${fails}"*) exit 1;; esac\n`);
    chmodSync(docker, 0o755);
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "scripts/deploy.mjs"), what], {
      env: { PATH: `${folder}${delimiter}${process.env["PATH"]}` },
      encoding: "utf8",
    });
    return { status, said: stdout + stderr, asked: readFileSync(log, "utf8").trim().split("\n") };
  };
  const COMPOSE = `compose --file ${join(DEPLOY, "compose.yaml")}`;

  it("builds, keeps what became ready last as the one before, and waits until the new one is ready", () => {
    expect(deploy("production")).toMatchObject({
      status: 0,
      asked: [
        `${COMPOSE} config --quiet`,
        `${COMPOSE} build --pull`,
        "image inspect tributary:ready",
        "tag tributary:ready tributary:previous",
        `${COMPOSE} up --detach --wait`,
        "tag tributary:current tributary:ready",
      ],
    });
  });

  it("is the first one where nothing runs yet", () => {
    expect(deploy("production", "image inspect").asked).not.toContain("tag tributary:ready tributary:previous");
  });

  it("that is not ready is nothing to go back to, however often it is deployed again", () => {
    for (const failing of ["build", "up --detach"])
      expect(deploy("production", failing).asked).not.toContain("tag tributary:current tributary:ready");
  });

  it("that is not ready says how to go back, and going back starts the one before without building", () => {
    const failed = deploy("production", "up --detach");
    expect([failed.status, failed.said]).toEqual([1, expect.stringContaining("npm run deploy:rollback")]);
    expect(deploy("rollback")).toMatchObject({
      status: 0,
      asked: [
        "image inspect tributary:previous",
        "tag tributary:previous tributary:current",
        `${COMPOSE} up --detach --wait --no-build`,
        "tag tributary:current tributary:ready",
      ],
    });
    const none = deploy("rollback", "image inspect");
    expect([none.status, none.said]).toEqual([1, expect.stringContaining("no release before")]);
  });

  it("takes nothing else", () => {
    expect(deploy("everything")).toMatchObject({ status: 1, asked: [""] });
  });
});
