// Bundles src/ into the folder given: app.js, theme.js, style.css, fonts/, print/. Usage: node build.mjs DIST
import { build } from "esbuild";
import { cpSync, renameSync, rmSync } from "node:fs";

const dist = process.argv[2];
if (!dist) {
  console.error("usage: node build.mjs DIST");
  process.exit(2);
}
const fresh = `${dist}.${process.pid}`;
await build({
  entryPoints: { app: "src/app.ts", theme: "src/theme.ts", style: "src/app.css" },
  outdir: fresh,
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome123", "edge123", "firefox128", "safari17.5"],
  loader: { ".woff2": "file" },
  legalComments: "eof",
  logLevel: "warning",
});
// Whole fonts for what is written as PDF.
for (const weight of ["Regular", "Bold"]) {
  const font = `PretendardGOV-${weight}.otf`;
  cpSync(`node_modules/pretendard-gov/dist/public/static/${font}`, `${fresh}/print/${font}`);
}
// The fonts' licence travels with the fonts.
cpSync("node_modules/pretendard-gov/dist/LICENSE.txt", `${fresh}/fonts/LICENSE.txt`);
// Swapped at the end: who reads the old build meanwhile finds it whole, and a failed build takes nothing away.
rmSync(dist, { recursive: true, force: true });
renameSync(fresh, dist);
