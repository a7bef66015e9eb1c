// Keys for the pages of a matching. Nothing here is needed: every key presses something that is on the page.
//
// `data-key` on a radio button, a checkbox, a link or a button names its key; the page shows it in <kbd>. Keys do
// nothing while somebody types, or with Ctrl, Alt or Meta held, and can be switched off (`data-keys`), which this
// browser remembers. `data-all` and `data-none` are buttons that tick every box of their form, or none.

const OFF = "goodoffices-keys-off";

function typing(target) {
  return target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

function press(element, event) {
  event.preventDefault();
  if (element.matches("input:not([type=checkbox], [type=radio])")) {
    element.focus();
    return;
  }
  element.focus();
  element.click();
}

const shown = document.querySelector("[data-keys]");
const box = shown ? shown.querySelector("input") : null;

if (box) {
  shown.hidden = false;
  box.checked = localStorage.getItem(OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) {
      localStorage.removeItem(OFF);
    } else {
      localStorage.setItem(OFF, "1");
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
      return;
    }
    if (event.key === "Escape" && typing(event.target)) {
      event.target.blur();
      return;
    }
    if (typing(event.target) || (event.key === "Enter" && event.target.matches("a, button"))) {
      return;
    }
    const element = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (element) {
      press(element, event);
    }
  });
}

for (const [name, ticked] of [["all", true], ["none", false]]) {
  for (const button of document.querySelectorAll(`[data-${name}]`)) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const one of button.form.querySelectorAll("td input[type=checkbox]")) {
        one.checked = ticked;
      }
    });
  }
}
