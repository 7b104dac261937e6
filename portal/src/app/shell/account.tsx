import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { changeLocale, LOCALES, type Locale, locale } from "../../i18n/locale.ts";
import { t } from "../../i18n/messages.ts";
import { api } from "../api.ts";
import { useMe } from "../me.ts";
import { signOut } from "../session.ts";
import classes from "./sidebar.module.css";

/** The page waits no longer than this for the server to take note of a language. */
const PATIENCE_MS = 2_000;

/** Who is signed in, and what is a person's own: light or dark, the language, the way out. */
export function Account() {
  const { user } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const client = useQueryClient();
  const other = (Object.keys(LOCALES) as Locale[]).filter((name) => name !== locale());
  const leave = async (): Promise<void> => {
    await signOut();
    client.clear();
  };
  // Where it cannot be said, mails stay as they are and the page changes all the same.
  const read = async (language: Locale): Promise<void> => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    await api.chooseLanguage({ body: { language } }, { signal }).catch(() => undefined);
    changeLocale(language);
  };
  return (
    <div className={classes.account}>
      <span className={classes.person} title={user.email}>
        <bdi>{user.name ?? user.email}</bdi>
      </span>
      <button
        type="button"
        className={classes.quiet}
        onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
      >
        {scheme === "dark" ? t("account.light") : t("account.dark")}
      </button>
      {other.map((name) => (
        <button key={name} type="button" lang={name} className={classes.quiet} onClick={() => void read(name)}>
          {LOCALES[name].name}
        </button>
      ))}
      <button type="button" className={classes.quiet} onClick={() => void leave()}>
        {t("account.signOut")}
      </button>
    </div>
  );
}
