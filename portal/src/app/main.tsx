import "@mantine/core/styles/baseline.layer.css";
import "@mantine/core/styles/global.layer.css";
import "@mantine/core/styles/UnstyledButton.layer.css";
import "@mantine/core/styles/Button.layer.css";
import "../ui/tokens.css";
import "../ui/controls.css";
import { DirectionProvider, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { LOCALES, locale } from "../i18n/locale.ts";
import { loadMessages } from "../i18n/messages.ts";
import { BRAND, themeOf, variablesOf } from "../ui/theme.ts";
import { loadBrand } from "./brand.ts";
import { loadFirstPage } from "./first-page.ts";
import { queryClient } from "./queries.ts";
import { router } from "./router.tsx";
import { whenIdentityChanges } from "./session.ts";

// Who somebody is, is asked anew; what the other one read is forgotten, and fetched when it is shown again.
whenIdentityChanges(() => {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "getMe" });
  void queryClient.resetQueries({ queryKey: ["getMe"] });
});
const [brand] = await Promise.all([loadBrand(), loadMessages(), loadFirstPage()]);
const accent = brand?.accent ?? BRAND;
const theme = themeOf(accent, brand);
const variables = variablesOf(accent);

const root = document.getElementById("root");
if (root === null) throw new Error("the page has a place to draw in");
createRoot(root).render(
  <DirectionProvider initialDirection={LOCALES[locale()].direction}>
    {/* Its variables are computed here; the file that holds the same ones weighs four times as much as what we use of them. */}
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      deduplicateCssVariables={false}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </DirectionProvider>,
);
