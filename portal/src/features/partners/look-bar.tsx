import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { currentLook, endLook } from "../../app/session.ts";
import { t } from "../../i18n/messages.ts";
import { formatTime } from "../../ui/dates.ts";
import classes from "./look-bar.module.css";

/** Says all the while that somebody looks as a partner, and leads out; it ends by itself too. */
export default function LookBar() {
  const navigate = useNavigate();
  const { partnerId } = useMe();
  const look = currentLook();
  const until = look?.until.getTime() ?? 0;
  useEffect(() => {
    const timer = setTimeout(endLook, Math.max(0, until - Date.now()));
    return () => clearTimeout(timer);
  }, [until]);
  const leave = async (): Promise<void> => {
    await navigate(partnerId === null ? { to: PATHS.home } : { to: PATHS.partner, params: { id: partnerId } });
    endLook();
  };
  if (look === undefined) return null;
  return (
    <div className={classes.bar} role="status">
      <p>
        {t("look.bar", { name: look.name, until: formatTime(look.until) })} {t("look.barText")}
      </p>
      <Button variant="default" size="compact-sm" onClick={() => void leave()}>
        {t("look.end")}
      </Button>
    </div>
  );
}
