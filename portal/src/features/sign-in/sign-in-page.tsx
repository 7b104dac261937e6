import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { brandOf } from "../../app/brand.ts";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import classes from "./door.module.css";
import { Door } from "./door.tsx";
import { SignInForm } from "./sign-in-form.tsx";

const LINKS = ["terms", "privacy", "imprint", "help"] as const;

/** Shown in place of any page to whoever is not signed in; the address stays, so that sign-in leads to it. */
export default function SignInPage() {
  useEffect(() => {
    document.title = t("signIn.title");
  }, []);
  const brand = brandOf();
  const pages = LINKS.flatMap((name) => {
    const url = brand?.links[name];
    return url ? [[name, url] as const] : [];
  });
  return (
    <Door title={t("signIn.title")} {...(brand?.welcome ? { lead: brand.welcome } : {})}>
      <SignInForm />
      <div className={classes.links}>
        <Link to={PATHS.register}>{t("signIn.register")}</Link>
        <Link to={PATHS.forgot}>{t("signIn.forgot")}</Link>
      </div>
      {pages.length > 0 ? (
        <div className={classes.links}>
          {pages.map(([name, url]) => (
            <a key={name} href={url}>
              {t(`brand.${name}`)}
            </a>
          ))}
        </div>
      ) : null}
    </Door>
  );
}
