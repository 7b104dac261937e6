import { fileURLToPath } from "node:url";
import { defineConfig, type HtmlTagDescriptor, type Plugin } from "vite";
import { compileMessages } from "./compile-messages.ts";

/** Where the server runs that `vite` stands before, in development. */
const SERVER = "http://127.0.0.1:3000";

/** What is needed before the first page is drawn, whichever it is. */
const BASE_MODULES =
  /rolldown\/runtime|node_modules\/(react|react-dom|scheduler|intl-messageformat|@formatjs\/[\w-]+|@tanstack\/(react-router|router-core|history|query-core|react-query|react-store|store)|@mantine\/core\/esm\/(core|components\/(Button|UnstyledButton|Transition|Loader)))\/|\/sdk\/src\/(?!events)|portal\/src\/(i18n\/[\w-]+\.ts|i18n\/messages\/en\.json|ui\/(accent|oklch|brand-mark|letter-keys|page|panel|problem|skeleton|toast|dates|describe-error|bars|loaded|empty|moment|columns|amount|money|numbers|status|status-words|glyph|copy-button|figures|facts|columns)\.tsx?|app\/(api|me|paths|queries|session|url-state)\.ts|features\/(home\/(home-page|partner-home|arrivals|next-steps)|commissions\/balances|agreements\/agreement-banner)\.tsx)/;

/** Asks the server while the rest is still on its way. */
const EARLY_MODULE = /portal\/src\/app\/early\.ts$/;

/** Lets the page begin with what asks the server, and with the font: neither waits for the scripts. */
const beginEarly = (): Plugin => ({
  name: "begin-early",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle = {} }) =>
      Object.values(bundle).flatMap((file): HtmlTagDescriptor[] => {
        const address = `/portal/${file.fileName}`;
        if (file.type === "chunk" && file.name === "early")
          return [{ tag: "script", attrs: { type: "module", async: true, crossorigin: true, src: address } }];
        if (file.fileName.endsWith(".woff2"))
          return [{ tag: "link", attrs: { rel: "preload", as: "font", crossorigin: true, href: address } }];
        return [];
      }),
  },
});

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/portal/",
  plugins: [compileMessages(), beginEarly()],
  resolve: {
    alias: {
      "@tributary/sdk": fileURLToPath(new URL("../sdk/src/index.ts", import.meta.url)),
      "@formatjs/icu-messageformat-parser": "@formatjs/icu-messageformat-parser/no-parser.js",
    },
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    // From these on browsers know light-dark(), which the tokens are written with.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy takes no data: addresses but of pictures.
    assetsInlineLimit: 0,
    // For the check of the first load's weight.
    manifest: true,
    rolldownOptions: {
      output: {
        // What every page needs is one file: it compresses better together, and is asked for once.
        codeSplitting: {
          groups: [
            { name: "early", test: EARLY_MODULE, priority: 1 },
            { name: "base", test: BASE_MODULES },
          ],
        },
      },
      // Says of each module of Mantine that it is meant for the client, which here every module is.
      onLog: (level, log, say) => {
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") say(level, log);
      },
    },
  },
  server: { proxy: { "/api": SERVER, "/docs": SERVER } },
});
