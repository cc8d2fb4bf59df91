// What lies over a phone or the page: toasts, windows, menus, a photo in full.
import { element, icon } from "./icons.js";

export function toast(over, text) {
  over.querySelector(":scope > .toast")?.remove();
  const note = element("div.toast", { role: "status" }, text);
  over.append(note);
  setTimeout(() => note.remove(), Math.min(6000, 2200 + text.length * 40));
}

// A window with buttons; resolves to the chosen one's value, null when closed with Escape.
export function ask(over, text, choices, whole = false) {
  return new Promise((done) => {
    const close = (value) => {
      veil.remove();
      document.removeEventListener("keydown", escape);
      done(value);
    };
    const escape = (event) => event.key === "Escape" && close(null);
    const buttons = choices.map(({ label, value, bad }) => element(bad ? "button.bad" : "button", { onclick: () => close(value) }, label));
    const veil = element(whole ? "div.veil.page" : "div.veil", {},
      element("div.window", { role: "alertdialog", "aria-label": text }, element("p", {}, text), element("div", {}, ...buttons)));
    document.addEventListener("keydown", escape);
    over.append(veil);
    buttons[buttons.length - 1].focus();
  });
}

let open = null;

export function closeMenu() {
  open?.remove();
  open = null;
}

// A menu in `over`; with a point it opens there, else where the style puts it.
export function menu(over, items, { point, title } = {}) {
  const same = open?.dataset.title === (title || items.map((item) => item.label).join()) && open.parentNode === over;
  closeMenu();
  if (same && !point) return;
  const box = element(`div.menu${point ? ".at" : ""}`, { role: "menu" });
  box.dataset.title = title || items.map((item) => item.label).join();
  if (title) box.append(element("h2", {}, title));
  for (const item of items) {
    box.append(element(item.bad ? "button.bad" : "button", { role: "menuitem", onclick: () => { closeMenu(); item.run(); } },
      item.icon ? icon(item.icon) : null, item.strong ? element("b", {}, item.strong) : null, element("span", {}, item.label)));
  }
  over.append(box);
  open = box;
  if (point) {
    const area = box.getBoundingClientRect();
    box.style.left = `${Math.max(6, Math.min(point.clientX, innerWidth - area.width - 6))}px`;
    box.style.top = `${Math.max(6, Math.min(point.clientY, innerHeight - area.height - 6))}px`;
  }
}

document.addEventListener("click", (event) => {
  if (open && !open.contains(event.target) && !event.target.closest("[data-opens]")) closeMenu();
}, true);
document.addEventListener("keydown", (event) => event.key === "Escape" && closeMenu());

export function enlarge(address) {
  const big = element("div.big", { role: "dialog", "aria-label": "Ảnh lớn", onclick: () => big.remove() }, element("img", { src: address, alt: "Ảnh" }));
  const escape = (event) => {
    if (event.key !== "Escape") return;
    big.remove();
    document.removeEventListener("keydown", escape);
  };
  document.addEventListener("keydown", escape);
  document.body.append(big);
}
