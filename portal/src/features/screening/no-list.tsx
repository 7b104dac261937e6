import { t } from "../../i18n/messages.ts";

/** No list has come: what that means for whoever is screened, and how one is brought. */
export const NoList = () => (
  <div role="note">
    <p>{t("screening.bringList")}</p>
    <p>
      <code dir="ltr">npm run tributary -- sanctions import sdn.csv add.csv alt.csv</code>
    </p>
  </div>
);
