import { createClient, type Output } from "@tributary/sdk";
import { fetchOnce } from "./early.ts";

export type Brand = Output<"getBrand">;

/** The page waits no longer than this for a look that is not its own. */
const PATIENCE_MS = 2_000;

let brand: Brand | undefined;

/** Asks how the programme looks, before anything is drawn. Without an answer in time the page has the look that it is built with. */
export async function loadBrand(): Promise<Brand | undefined> {
  try {
    const client = createClient({ baseUrl: location.origin, fetch: fetchOnce });
    brand = await client.getBrand({}, { signal: AbortSignal.timeout(PATIENCE_MS) });
    document.title = brand.name;
    const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (icon !== null && brand.images.favicon !== null) {
      icon.removeAttribute("type");
      icon.href = brand.images.favicon;
    }
  } catch {
    // The frame says that the server is away.
  }
  return brand;
}

/** How the programme looks; undefined where nobody has said. */
export const brandOf = (): Brand | undefined => brand;
