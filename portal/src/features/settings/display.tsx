import { NativeSelect } from "@mantine/core";
import { changeLocale, LOCALES, type Locale, locale } from "../../i18n/locale.ts";
import { t } from "../../i18n/messages.ts";
import { changeTimeZone, timeZone } from "../../i18n/time-zone.ts";
import { formatTime } from "../../ui/dates.ts";
import "../../ui/fields.ts";
import { Panel } from "../../ui/panel.tsx";
import stack from "../../ui/stack.module.css";

const FIELD = { maxInlineSize: "40rem" };

/** The language and the time zone in which the pages are shown, of whoever sits before this browser. */
export default function Display() {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
  return (
    <Panel>
      <div className={stack.stack}>
        <NativeSelect
          label={t("display.language")}
          style={FIELD}
          data={Object.entries(LOCALES).map(([value, { name }]) => ({ value, label: name }))}
          value={locale()}
          onChange={(event) => changeLocale(event.currentTarget.value as Locale)}
        />
        <NativeSelect
          label={t("field.timeZone")}
          description={t("display.zoneText", { now: formatTime(new Date()) })}
          style={FIELD}
          data={[{ value: "", label: t("display.deviceZone", { zone: own }) }, ...zones]}
          value={timeZone() ?? ""}
          onChange={(event) => changeTimeZone(event.currentTarget.value || undefined)}
        />
      </div>
    </Panel>
  );
}
