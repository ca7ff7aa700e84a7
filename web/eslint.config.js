import { readdirSync } from "node:fs"

import js from "@eslint/js"
import reactHooks from "eslint-plugin-react-hooks"
import { defineConfig, globalIgnores } from "eslint/config"
import globals from "globals"
import tseslint from "typescript-eslint"

// shared -> player -> features -> app; a layer imports itself and what lies below it.
const ABOVE = {
  shared: ["player", "features", "app"],
  player: ["features", "app"],
  features: ["app"],
  app: [],
}
const features = readdirSync("src/features")

/** Forbid a list of folders below src, and every way around the alias. */
function forbid(folders) {
  const group = folders.flatMap((folder) => [`@/${folder}`, `@/${folder}/**`])
  const patterns = [
    { group: ["../*"], message: "Use the @/ alias: relative imports stay inside their folder." },
    ...(group.length ? [{ group, message: "This layer lies above or beside." }] : []),
  ]
  return { "no-restricted-imports": ["error", { patterns }] }
}

const layers = [
  ...["shared", "player", "app"].map((layer) => ({
    files: [`src/${layer}/**`],
    rules: forbid(ABOVE[layer]),
  })),
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: forbid([
      ...ABOVE.features,
      ...features.filter((other) => other !== feature).map((other) => `features/${other}`),
    ]),
  })),
]

export default defineConfig(
  globalIgnores(["dist", "public", "src/shared/api/schema.d.ts"]),
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat.recommended,
    ],
    languageOptions: { globals: globals.browser, parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", 250],
      complexity: ["error", 10],
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/consistent-type-definitions": ["error", "interface"],
    },
  },
  ...layers,
  {
    files: ["vite.config.ts"],
    extends: [tseslint.configs.strict],
    languageOptions: { globals: globals.node },
  },
)
