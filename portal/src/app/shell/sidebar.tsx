import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../i18n/messages.ts";
import { BrandMark } from "../../ui/brand-mark.tsx";
import { brandOf } from "../brand.ts";
import { useMe } from "../me.ts";
import { useNav } from "../nav.ts";
import { PATHS } from "../paths.ts";
import { Account } from "./account.tsx";
import { NavIcon } from "./nav-icon.tsx";
import classes from "./sidebar.module.css";

/** On a phone these stand at the bottom, and the rest behind 'More'. */
const ON_PHONE = {
  partner: ["home", "links", "commissions", "payouts"],
  operator: ["home", "partners", "commissions", "payouts"],
};

const IS_APPLE = /Mac|iP/.test(navigator.platform);

/** Where one can go: beside the page, and at the bottom on a phone. */
export function Sidebar({ onFind }: { readonly onFind: () => void }) {
  const me = useMe();
  const [isOpen, setOpen] = useState(false);
  const groups = useNav();
  const onPhone: readonly string[] = me.isPartner ? ON_PHONE.partner : ON_PHONE.operator;
  const close = (): void => setOpen(false);
  return (
    <nav className={classes.sidebar} aria-label={t("nav.title")} data-open={isOpen || undefined}>
      <div className={classes.brand}>
        <BrandMark height={20} />
        <bdi className={classes.name}>{brandOf()?.name ?? me.tenantName}</bdi>
      </div>
      <div className={classes.groups}>
        <button type="button" className={classes.find} onClick={onFind}>
          {t("nav.find")}
          <kbd aria-hidden="true">{IS_APPLE ? "⌘K" : "Ctrl K"}</kbd>
        </button>
        {groups.map((group) => (
          <div key={group.words ?? "first"} className={classes.group}>
            {group.words ? <p className={classes.words}>{t(group.words)}</p> : null}
            {group.entries.map(({ path, words }) => (
              <Link
                key={path}
                to={PATHS[path]}
                className={classes.entry}
                data-phone={onPhone.includes(path) || undefined}
                activeOptions={{ exact: path === "home", includeSearch: false }}
                onClick={close}
              >
                <NavIcon name={path} />
                <span>{t(words)}</span>
              </Link>
            ))}
          </div>
        ))}
        <Account />
      </div>
      <button type="button" className={classes.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <NavIcon name="more" />
        <span>{isOpen ? t("act.close") : t("nav.more")}</span>
      </button>
    </nav>
  );
}
