import { t } from "../../i18n/messages.ts";

const BROWSERS = ["Edg", "Firefox", "Chrome", "Safari"] as const;
const SYSTEMS = ["iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux"] as const;

/** A device as its owner knows it: browser and system, as far as it says. */
export function deviceName(userAgent: string | null): string {
  const browser = BROWSERS.find((name) => userAgent?.includes(name));
  const system = SYSTEMS.find((name) => userAgent?.includes(name));
  if (browser === undefined) return t("session.program");
  const name = browser === "Edg" ? "Edge" : browser;
  return system ? t("session.on", { browser: name, system }) : name;
}
