/**
 * Bundle the modules: `node build.ts [FOLDER]`, by default into the package's static files.
 *
 * The result must be the same bytes on every machine and in every folder: versions are locked, and nothing of a path,
 * a clock or an environment goes in. It is not minified, so that whoever distrusts a host can read what it serves.
 */

import { build, type Metafile } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "../src/goodoffices/web");

interface Bundle {
  readonly name: string;
  readonly entry: string;
  readonly about: string;
}

const BUNDLES: readonly Bundle[] = [
  { name: "sealing", entry: "src/index.ts", about: "sealing, holding, releasing and opening in the page" },
  { name: "handover", entry: "src/handover/index.ts", about: "observing at a handover point, also without a connection" },
];

for (const bundle of BUNDLES) {
  const folder = process.argv[2] ?? join(web, bundle.name, "static/goodoffices");
  mkdirSync(folder, { recursive: true });
  const { code, licences } = await bundled(bundle);
  writeFileSync(join(folder, `${bundle.name}.js`), code);
  if (licences !== "") {
    writeFileSync(join(folder, `${bundle.name}.licences.txt`), licences);
  }
}

/** What goes into the bundle, and the licences of the packages in it; empty where there are none. */
async function bundled({ name, entry, about }: Bundle): Promise<{ code: string; licences: string }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    outfile: `${name}.js`,
    bundle: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    alias: { "@noble/post-quantum/hybrid.js": "./src/no-hybrid.ts" },
    metafile: true,
    write: false,
  });
  const licences = licencesOf(metafile);
  const also = licences === "" ? "" : ` Licences of what it includes: ${name}.licences.txt.`;
  const head = `/* Good Offices: ${about}. Apache-2.0.\n   Made from browser/ by "make browser"; do not edit.${also} */\n`;
  return { code: head + (outputFiles[0]?.text ?? ""), licences };
}

/** Name, release and licence of every package that something in the bundle comes from. */
function licencesOf(metafile: Metafile): string {
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
