import { loadHome } from "../features/home/home-page.tsx";
import { loadMessages } from "../i18n/messages.ts";
import { loadSignIn } from "./frame.tsx";
import { isAsPartner, meQuery } from "./me.ts";
import { BASE, PATHS } from "./paths.ts";
import { queryClient } from "./queries.ts";
import { router } from "./router.tsx";
import { isSignedIn, openSession } from "./session.ts";

/** Longer than this nobody looks at an empty page: what is not there by then is drawn as coming. */
const PATIENCE_MS = 1_500;

/** Fetches what the first page is drawn of: drawn piece by piece, each piece would wait for the one before it. */
export const loadFirstPage = (): Promise<unknown> =>
  Promise.race([
    Promise.all([router.load(), loadPerson()]).catch(() => {
      // The frame says that the server is away.
    }),
    new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)),
  ]);

async function loadPerson(): Promise<void> {
  // A page has its words when it is loaded.
  await Promise.all([openSession(), loadMessages()]);
  if (!isSignedIn()) return void (await loadSignIn());
  const me = await queryClient.fetchQuery(meQuery());
  const isHome = location.pathname.replace(/\/$/, "") === BASE + PATHS.home.replace(/\/$/, "");
  if (isHome) await loadHome({ isPartner: isAsPartner(me) });
}
