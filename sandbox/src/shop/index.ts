export { type Shop, type ShopConnection, type ShopOptions, startShop } from "./start-shop.ts";
export type { TributaryAccess } from "./tributary-client.ts";
