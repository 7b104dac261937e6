import type { Input } from "@tributary/sdk";
import { t } from "../../i18n/messages.ts";
import { accentOf } from "../../ui/accent.ts";
import classes from "./brand-preview.module.css";

type Look = Pick<Input<"saveBranding">["body"], "name" | "accent" | "radius" | "mail">;

/** How a look that is not saved yet will be: in the portal, light and dark, and in a mail. */
export function BrandPreview({ look, isWhole }: { readonly look: Look; readonly isWhole: boolean }) {
  if (!isWhole) return null;
  const { mail } = look;
  return (
    <div className={classes.preview} aria-hidden="true">
      {(["light", "dark"] as const).map((scheme) => {
        const accent = accentOf(look.accent, scheme);
        return (
          <div key={scheme} className={classes.card} data-ground={scheme}>
            <strong>{look.name}</strong>
            <span
              className={classes.button}
              style={{
                background: accent.fill,
                color: accent.onFill,
                borderRadius: look.radius,
                outline: `1px solid ${accent.edge}`,
              }}
            >
              {t("branding.sampleButton")}
            </span>
            <span style={{ color: accent.text }}>{t("branding.sampleLink")}</span>
          </div>
        );
      })}
      <div className={classes.card} style={{ background: mail.ground, color: mail.text }}>
        <strong>{look.name}</strong>
        <span>{t("branding.sampleMail")}</span>
        <span className={classes.button} style={{ background: mail.button, color: mail.buttonText }}>
          {t("branding.sampleButton")}
        </span>
      </div>
    </div>
  );
}
