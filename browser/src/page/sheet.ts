/** The recovery sheet: shown once, printed, and nowhere else. Its look is in sealing.css. */

import { forSheet } from "../keys.ts";

export interface Sheet {
  readonly who: string;
  readonly talks: string;
  readonly secret: string;
  readonly recipient: string;
}

/** Build the sheet inside `place`. */
export function showSheet(place: HTMLElement, sheet: Sheet): void {
  place.replaceChildren(
    part("h2", "Recovery sheet"),
    part("p", `${sheet.who}. ${sheet.talks}`, { dir: "auto" }),
    part("p", "Whoever holds this sheet can open papers that are sealed to this delegation. Keep it on paper, under lock and key, apart from the computer. Do not photograph it, and do not send it."),
    part("p", "Secret recovery key: AGE-SECRET-KEY- and then", { class: "label" }),
    groups(forSheet(sheet.secret)),
    part("p", "Its public half, as it is named on the record:", { class: "label" }),
    part("p", sheet.recipient, { class: "public" }),
    part("p", "To test it, type the secret key from this sheet when the page asks for it. To use it without this office: put AGE-SECRET-KEY- and the letters above, without spaces, on one line of a file, and give that file to “age -d -i”."),
    part("p", "Printed on ______________   by ______________   kept at ______________", { class: "by-hand" }),
  );
}

/** Print the sheet alone. */
export function printSheet(place: HTMLElement): void {
  const copy = place.cloneNode(true) as HTMLElement;
  copy.removeAttribute("id");
  copy.classList.add("sealing-print");
  document.body.append(copy);
  document.documentElement.classList.add("sealing-printing");
  const done = () => {
    copy.remove();
    document.documentElement.classList.remove("sealing-printing");
  };
  addEventListener("afterprint", done, { once: true });
  print();
}

function groups(letters: readonly string[]): HTMLElement {
  const list = part("ol", "", { class: "groups", "aria-label": "The secret key in groups of four" });
  list.append(...letters.map((each) => part("li", each)));
  return list;
}

function part(name: string, text: string, attributes: Record<string, string> = {}): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  Object.entries(attributes).forEach(([attribute, value]) => element.setAttribute(attribute, value));
  return element;
}
