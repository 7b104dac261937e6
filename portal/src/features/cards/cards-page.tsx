import { useMe } from "../../app/me.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { CardList } from "./card-list.tsx";
import { ProductList } from "./product-list.tsx";
import { SpendList } from "./spend-list.tsx";

const TABS = [
  ["cards", t("nav.cards")],
  ["spend", t("cards.spend")],
  ["products", t("cards.products")],
] as const;

/** Cards that users carry, and what is spent with them: a partner its own, the team everybody's. */
export default function CardsPage() {
  const { may, isPartner } = useMe();
  const { search, change } = useUrlState();
  const tab = search.tab ?? "cards";
  if (!may(isPartner ? "own:cards:read" : "cards:read")) return <Page title={t("nav.cards")}>{null}</Page>;
  return (
    <Page title={t("nav.cards")}>
      <Tabs tabs={TABS} value={tab} onChange={(to) => change({ tab: to, status: undefined, sort: undefined })} />
      {tab === "spend" ? <SpendList /> : tab === "products" ? <ProductList /> : <CardList />}
    </Page>
  );
}
