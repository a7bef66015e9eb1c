/**
 * Bundle the module: `node build.ts [FOLDER]`, by default into the package's static files.
 *
 * The result must be the same bytes on every machine and in every folder: versions are locked, and nothing of a path,
 * a clock or an environment goes in. It is not minified, so that whoever distrusts a host can read what it serves.
 */

import { build, type Metafile } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const committed = join(here, "../src/goodoffices/web/sealing/static/goodoffices");
const folder = process.argv[2] ?? committed;

const HEAD = `/* Good Offices: sealing, holding, releasing and opening in the page. Apache-2.0.
   Made from browser/ by "make browser"; do not edit. Licences of what it includes: sealing.licences.txt. */`;

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["src/index.ts"],
  outfile: "sealing.js",
  bundle: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  banner: { js: HEAD },
  alias: { "@noble/post-quantum/hybrid.js": "./src/no-hybrid.ts" },
  metafile: true,
  write: false,
});
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "sealing.js"), outputFiles[0]?.contents ?? "");
writeFileSync(join(folder, "sealing.licences.txt"), licences(metafile));

/** Name, release and licence of every package that something in the bundle comes from. */
function licences(metafile: Metafile): string {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const packages = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  return [...packages].sort().map(licence).join("\n");
}

function licence(name: string): string {
  const root = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string; license: string };
  const file = readdirSync(root).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) {
    throw new Error(`${name} has no licence text`);
  }
  const text = readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n").trim();
  return `${name} ${about.version} (${about.license})\n\n${text}\n`;
}
