// The whole page: phones side by side, or one at a time on a narrow screen.
import { element } from "./icons.js";
import { ask, menu, toast } from "./overlays.js";
import { Phone } from "./phone.js";
import { act, get, listen } from "./server.js";

const narrow = matchMedia("(max-width: 899px)");
const tabs = document.getElementById("tabs");
const place = document.getElementById("phones");
const lost = document.getElementById("lost");
const phones = [];
const buttons = new Map();

const page = {
  // Deep links of the bot open on one of these phones, not on the real t.me; true when taken care of.
  link(event, href, from) {
    const match = /^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)(?:[?&]start=([A-Za-z0-9_-]*))?/.exec(href);
    if (!match || match[1].toLowerCase() !== from.bot?.username.toLowerCase()) return false;
    event.preventDefault();
    event.stopPropagation();
    const own = phones.filter((phone) => phone.chatId === null);
    menu(document.body, own.map((phone) => ({
      icon: "person", label: phone.label, run: () => { choose(phone); phone.do("start", { payload: match[2] || "" }); },
    })), { point: { clientX: event.clientX, clientY: event.clientY }, title: "Mở đường dẫn này trên máy của" });
    return true;
  },
  unread(phone) {
    const button = buttons.get(phone);
    button.querySelector(".badge")?.remove();
    if (phone.unread) button.append(element("span.badge", { "aria-label": `${phone.unread} tin mới` }, String(Math.min(phone.unread, 99))));
  },
};

function choose(phone) {
  if (narrow.matches) for (const other of phones) other.node.classList.toggle("chosen", other === phone);
  else phone.node.hidden = false;
  mark();
  phone.toEnd(false);
  if (phone.chat) phone.count();
}

// A wide screen shows them all; a tab puts one away or brings it back. A narrow one shows the tab's phone.
function pressed(phone) {
  if (narrow.matches) return choose(phone);
  const open = phones.filter((other) => !other.node.hidden);
  if (!phone.node.hidden && open.length === 1) return undefined;
  if (phone.node.hidden) return choose(phone);
  phone.node.hidden = true;
  return mark();
}

function mark() {
  for (const [phone, button] of buttons) {
    button.setAttribute("aria-pressed", String(narrow.matches ? phone.node.classList.contains("chosen") : !phone.node.hidden));
  }
}

function heard(event) {
  if (event.kind === "closing") return;
  for (const phone of phones) {
    if (event.kind === "action" && event.chat === (phone.chatId ?? phone.user)) phone.showTyping(event.action);
    if (["message", "edited", "deleted", "chat", "commands", "blocked", "user", "reset"].includes(event.kind) && phone.concerns(event)) {
      if (event.kind === "message") phone.stopTyping();
      phone.refresh();
    }
  }
}

let down = false;
function lineIs(broken) {
  lost.hidden = !broken;
  // Whatever happened meanwhile was not heard.
  if (down && !broken) for (const phone of phones) phone.refresh();
  down = broken;
}

document.getElementById("again").addEventListener("click", async () => {
  const sure = await ask(document.body, "Xóa hết tin nhắn trên các máy và làm lại từ đầu?",
    [{ label: "Thôi", value: false }, { label: "Làm lại từ đầu", value: true, bad: true }], true);
  if (!sure) return;
  try {
    await act("reset");
    for (const phone of phones) {
      phone.composer.forget();
      phone.read = 0;
    }
  } catch {
    toast(document.body, "Chưa làm lại được, thử thêm lần nữa giúp nhé.");
  }
});

for (const about of await get("phones")) {
  const phone = new Phone(about, page);
  // On a narrow screen the name is enough, or most of the tabs would be out of sight.
  const [, rank, name] = /^(Tình nguyện viên )?(.*)$/.exec(phone.label);
  const button = element("button.tab", { onclick: () => pressed(phone) }, element("span", {}, element("span.rank", {}, rank || ""), name));
  phones.push(phone);
  buttons.set(phone, button);
  tabs.append(button);
  place.append(phone.node);
}
phones[0]?.node.classList.add("chosen");
mark();
narrow.addEventListener("change", () => { for (const phone of phones) phone.node.hidden = false; mark(); });
document.addEventListener("visibilitychange", () => { for (const phone of phones) if (phone.chat) phone.count(); });
await Promise.all(phones.map((phone) => phone.refresh()));
listen(heard, lineIs);
