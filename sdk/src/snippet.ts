/**
 * The browser snippet: on your own pages it keeps the name of the click that brought a visitor, and reports visits through `?ref=CODE`.
 *
 *     <script src="https://partners.example.com/tributary.js" async></script>
 *
 * `data-codes="ref via"` names the parameters that a code comes in, where links of an earlier programme are still about; the first that is there counts.
 * `data-consent="required"` has it keep and send nothing until you call `tributary.consent(true)`; so has a browser that sends the Global
 * Privacy Control. What is kept lies in a cookie and an entry of your own site; nothing is set on another.
 */
export type Snippet = {
  /** The click to send with sign-up or conversion (`clickId`); null where the visitor came through nobody, or has not agreed. */
  clickId(): string | null;
  /** Whether the visitor agrees to be remembered; false forgets what is kept. */
  consent(isGiven: boolean): void;
  /** Done when the visit of this page has been reported, or need not be. */
  ready: Promise<void>;
};

declare global {
  interface Window {
    tributary?: Snippet;
  }
}

const CLICK = "tid";
const DEVICE = "tributary_device";
const UUID = /^[0-9a-f-]{36}$/;
const TEXT_MAX = 200;
const TEXT_LONG_MAX = 2000;

function start(): void {
  const script = document.currentScript as HTMLScriptElement | null;
  const {
    codes = "ref",
    consent,
    days = "90",
    server = script ? new URL(script.src).origin : "",
  } = script?.dataset ?? {};
  const arrival = new URLSearchParams(location.search);
  /** What is reported of it: nothing where nobody was asked. */
  let said: "granted" | undefined;
  let hasConsent = consent !== "required" && !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl;

  const readClick = (): string | null =>
    new RegExp(`(?:^|; )${CLICK}=([0-9a-f-]{36})`).exec(document.cookie)?.[1] ?? null;
  const writeClick = (value: string, age: number): void => {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${CLICK}=${value}; path=/; max-age=${age}; samesite=lax${secure}`;
  };
  const keep = (clickId: string): void => writeClick(clickId, Number(days) * 86_400);

  const deviceId = (): string => {
    try {
      const kept = localStorage.getItem(DEVICE);
      if (kept) return kept;
      const made = randomId();
      localStorage.setItem(DEVICE, made);
      return made;
    } catch {
      // A browser that keeps nothing: the visit still counts.
      return randomId();
    }
  };

  async function report(): Promise<void> {
    if (!hasConsent) return;
    const arrived = arrival.get(CLICK);
    if (arrived && UUID.test(arrived)) return keep(arrived);
    const name = codes.split(" ").find((one) => arrival.get(one)) ?? "";
    const code = arrival.get(name);
    if (!code) return;
    const subIds: Record<string, string> = {};
    for (let n = 1; n <= 5; n += 1) {
      const value = arrival.get(`sub${n}`);
      if (value) subIds[`sub${n}`] = value.slice(0, TEXT_MAX);
    }
    const campaign = arrival.get("utm_campaign")?.slice(0, TEXT_MAX);
    const referrer = document.referrer.slice(0, TEXT_LONG_MAX);
    // Whether an advertisement led here: the server looks for the names of their parameters, and keeps no more of it.
    const address = location.href.slice(0, TEXT_LONG_MAX);
    try {
      const answer = await fetch(`${server}/api/v1/referrals/track`, {
        method: "POST",
        credentials: "omit",
        keepalive: true,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          code: code.slice(0, 100),
          deviceId: deviceId(),
          referrer,
          address,
          campaign,
          subIds,
          consent: said,
        }),
      });
      const { clickId } = (await answer.json()) as { clickId?: string | null };
      if (clickId && hasConsent) keep(clickId);
    } catch {
      // Your page goes on whether or not the visit could be reported.
    }
  }

  const snippet: Snippet = {
    clickId: () => (hasConsent ? readClick() : null),
    consent: (isGiven) => {
      if (isGiven === hasConsent) return;
      hasConsent = isGiven;
      said = isGiven ? "granted" : undefined;
      if (isGiven) {
        snippet.ready = report();
        return;
      }
      writeClick("", 0);
      try {
        localStorage.removeItem(DEVICE);
      } catch {}
    },
    ready: report(),
  };
  window.tributary = snippet;
}

const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

start();
