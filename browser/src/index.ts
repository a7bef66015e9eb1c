/**
 * Sealing in the page.
 *
 * One file, loaded twice: by the page, where it finds forms with `data-sealing` and does what they ask
 * (docs/design/sealing-page.md), and by a worker that the page starts for everything that takes long or needs a secret.
 *
 * What it protects: a paper never leaves the person's computer unsealed; secret keys are kept under a passphrase alone
 * and used in the worker alone. What it cannot protect against: a host that serves other code than this. The command
 * line is the answer to that, and this file is built reproducibly so that it can be compared.
 */

import { start } from "./page/start.ts";
import { listen } from "./worker.ts";

if (typeof document === "undefined") {
  listen();
} else {
  start();
}
