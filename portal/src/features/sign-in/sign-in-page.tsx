import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { PATHS } from "../../app/paths.ts";
import { t } from "../../i18n/messages.ts";
import classes from "./door.module.css";
import { Door } from "./door.tsx";
import { SignInForm } from "./sign-in-form.tsx";

/** Shown in place of any page to whoever is not signed in; the address stays, so that sign-in leads to it. */
export default function SignInPage() {
  useEffect(() => {
    document.title = t("signIn.title");
  }, []);
  return (
    <Door title={t("signIn.title")}>
      <SignInForm />
      <div className={classes.links}>
        <Link to={PATHS.register}>{t("signIn.register")}</Link>
        <Link to={PATHS.forgot}>{t("signIn.forgot")}</Link>
      </div>
    </Door>
  );
}
