import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";

/** Where Debian puts it; browser tests are skipped by name on machines that have none. */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-sync",
  "--no-first-run",
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ ...(CHROMIUM ? { executablePath: CHROMIUM } : {}), args: ARGUMENTS });

/** A browser with a profile of its own in that folder, that listens for tools on a port. */
export const launchWith = (folder: string, baseURL: string, port: number) =>
  chromium.launchPersistentContext(folder, {
    ...(CHROMIUM ? { executablePath: CHROMIUM } : {}),
    args: [...ARGUMENTS, `--remote-debugging-port=${port}`],
    baseURL,
    locale: "en-GB",
    timezoneId: "UTC",
  });

export type Look = { readonly scheme: "light" | "dark"; readonly width: number; readonly locale?: string };

/** A window of its own, and everything that its pages complain of. */
export async function openWindow(browser: Browser, baseURL: string, { scheme, width, locale = "en-GB" }: Look) {
  const context = await browser.newContext({
    baseURL,
    locale,
    colorScheme: scheme,
    timezoneId: "UTC",
    viewport: { width, height: 900 },
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { page, complaints, close: () => context.close() };
}

/** Signs in where the portal asks for it. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/portal/");
  await page.locator("input[type=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.locator("button[type=submit]").click();
  await page.getByRole("navigation").waitFor();
}

/** Goes to a page of the portal, and waits until nothing of it is loading. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`/portal${path}`);
  await isSettled(page);
}

/**
 * Waits in the page itself, which hears of each change at once: from without one asks in steps of up to half a second. Settled is one heading
 * and nothing that is loading; `nowhere` also says whether it is the page that does not exist.
 */
const isSettled = (page: Page, { nowhere }: { nowhere?: boolean } = {}): Promise<void> =>
  page.evaluate(
    async ([isNowhere, title]) => {
      const { document, MutationObserver } = globalThis as unknown as {
        document: { querySelectorAll(name: string): ArrayLike<{ textContent: string }> };
        MutationObserver: new (heard: () => void) => { observe(what: unknown, how: object): void; disconnect(): void };
      };
      const isThere = (): boolean => {
        const headings = document.querySelectorAll("h1");
        return (
          headings.length === 1 &&
          (isNowhere === undefined || (headings[0]?.textContent === title) === isNowhere) &&
          document.querySelectorAll("[data-loading]").length === 0
        );
      };
      await new Promise<void>((settle) => {
        if (isThere()) return settle();
        const changes = new MutationObserver(() => {
          if (!isThere()) return;
          changes.disconnect();
          settle();
        });
        changes.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      });
    },
    [nowhere, NOT_FOUND] as const,
  );

const NOWHERE = "/no-such-page";
const NOT_FOUND = "Not found";

/**
 * Turns to a page as a link does, without loading the portal anew, which takes three times as long. The way leads over a page that does not exist, so that
 * nothing of the one before is taken for the next.
 */
export async function turnTo(page: Page, path: string): Promise<void> {
  await push(page, NOWHERE);
  await isSettled(page, { nowhere: true });
  await push(page, path);
  await isSettled(page, { nowhere: path === NOWHERE });
}

const push = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => {
    const { history } = globalThis as unknown as {
      history: { pushState(state: unknown, title: string, to: string): void };
    };
    history.pushState({}, "", to);
  }, `/portal${path}`);

/** Each width and each scheme once: what is pale is so at any width, what is wide in any scheme. */
const LOOKS = [
  { width: 1280, scheme: "light" },
  { width: 390, scheme: "dark" },
] as const;
const HEIGHT = 900;
const HOME_LOOK = LOOKS[0];

async function look(page: Page, { width, scheme }: (typeof LOOKS)[number]): Promise<void> {
  await Promise.all([page.setViewportSize({ width, height: HEIGHT }), page.emulateMedia({ colorScheme: scheme })]);
}

/**
 * What is wrong with a page as it stands, wide and narrow, light and dark: what scrolls sideways, and what axe finds serious. `turned`: also what scrolls
 * sideways as a reader of Hebrew has it who needs text of twice the size.
 */
export async function flawsOf(page: Page, { turned }: { turned: boolean } = { turned: false }): Promise<string[]> {
  const flaws: string[] = [];
  for (const one of LOOKS) {
    await look(page, one);
    if (await isSideways(page)) flaws.push(`scrolls sideways at ${one.width}`);
    flaws.push(...(await seriousFindings(page)).map((finding) => `${finding} (${one.scheme}, ${one.width})`));
  }
  if (turned) {
    await turn(page, { dir: "rtl", fontSize: "200%" });
    // The narrow one, as it stands, and then home: to change the width takes longer than what is asked of it.
    for (const one of LOOKS.toReversed()) {
      await look(page, one);
      if (await isSideways(page)) flaws.push(`scrolls sideways from right to left at 200 % and ${one.width}`);
    }
    await turn(page, { dir: "ltr", fontSize: "" });
  }
  await look(page, HOME_LOOK);
  return flaws;
}

const turn = (page: Page, to: { readonly dir: string; readonly fontSize: string }): Promise<void> =>
  page.evaluate(({ dir, fontSize }) => {
    const { document } = globalThis as unknown as {
      document: { documentElement: { dir: string; style: { fontSize: string } } };
    };
    document.documentElement.dir = dir;
    document.documentElement.style.fontSize = fontSize;
  }, to);

/** What axe finds serious or critical on the page as it stands, as one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated by the browser's own channel: a script element would be refused by the policy that is tested along. Once for each document.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (where: unknown, options: object) => Promise<{ violations: Violation[] }>;
        _audit: { rules: { id: string; impact: string; enabled: boolean; tags: string[] }[] };
      };
    };
    const isSerious = ({ impact }: { impact: string }): boolean => impact === "serious" || impact === "critical";
    // A finding has the impact of its rule. Of what axe runs by itself, which leaves out what is experimental, the rest would be run for nothing.
    const rules = axe._audit.rules.filter(
      (rule) =>
        isSerious(rule) && rule.enabled && !["experimental", "deprecated"].some((tag) => rule.tags.includes(tag)),
    );
    type Violation = { id: string; impact: string; nodes: { html: string; any: { message: string }[] }[] };
    const { violations } = await axe.run((globalThis as { document?: unknown }).document, {
      resultTypes: ["violations"],
      runOnly: { type: "rule", values: rules.map(({ id }) => id) },
    });
    return violations
      .filter(isSerious)
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
      );
  });
}

/** Whether the page is wider than its window: nothing but a table scrolls sideways. */
export const isSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { document, innerWidth } = globalThis as unknown as {
      document: { documentElement: { scrollWidth: number } };
      innerWidth: number;
    };
    return document.documentElement.scrollWidth > innerWidth;
  });
