import { MODULE_ORDER } from "./server/module-order.mjs";

const folder = (name) => `server/src/${name}/`;

const upward = MODULE_ORDER.slice(0, -1).map((name, position) => ({
  name: `${name}-imports-only-what-is-below-it`,
  severity: "error",
  from: { path: folder(name) },
  to: { path: MODULE_ORDER.slice(position + 1).map(folder) },
}));

// The kernel is values, each file its own door; the platform has a door per folder.
const doors = MODULE_ORDER.filter((name) => !["kernel", "platform", "app"].includes(name)).map((name) => ({
  name: `${name}-is-entered-through-its-door`,
  severity: "error",
  from: { path: "server/src/", pathNot: [folder(name), "\\.test\\.ts$"] },
  to: { path: folder(name), pathNot: `${folder(name)}index\\.ts$` },
}));

export default {
  forbidden: [
    ...upward,
    ...doors,
    { name: "no-circle", severity: "error", from: { path: "server/src/" }, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
    // Of types too: a drawer that takes a type from its page cannot be shown elsewhere.
    { name: "no-circle-in-the-portal", severity: "error", from: { path: "portal/src/" }, to: { circular: true } },
    {
      name: "platform-is-entered-through-its-doors",
      severity: "error",
      from: { path: "server/src/", pathNot: ["server/src/platform/", "\\.test\\.ts$"] },
      to: { path: "server/src/platform/[^/]+/.+", pathNot: "server/src/platform/[^/]+/index\\.ts$" },
    },
    {
      name: "the-sandbox-stays-outside",
      severity: "error",
      from: { path: "server/src/", pathNot: ["server/src/app/", "\\.test\\.ts$"] },
      to: { path: "^sandbox/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js"] },
  },
};
