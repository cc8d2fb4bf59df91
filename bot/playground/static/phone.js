// One phone: who holds it, one chat, its messages.
import { Composer } from "./composer.js";
import { element, icon } from "./icons.js";
import { hue, initial, render, service, snippet } from "./message.js";
import { ask, enlarge, menu, toast } from "./overlays.js";
import { act, get } from "./server.js";

const TYPING_MS = 5000;
// For so long after a person did something the answers are scrolled to, wherever the pressed button stood.
const FOLLOW_MS = 4000;
const day = new Intl.DateTimeFormat("vi-VN", { weekday: "long", day: "numeric", month: "numeric" });

export class Phone {
  // `page` gives `link(event, href, phone)` and `unread(phone)`.
  constructor(about, page) {
    Object.assign(this, { label: about.label, chatId: about.chat, users: about.users, samples: about.samples, page });
    this.user = about.users[0].id;
    this.busy = new Set();
    this.drawn = new Map();
    this.read = 0;
    this.unread = 0;
    this.follow = 0;
    this.chat = null;
    this.face = element("div.face", { "aria-hidden": "true" });
    this.name = element("b");
    this.state = element("span");
    this.holder = element("div.holder", { hidden: about.users.length < 2, role: "group", "aria-label": "Người cầm máy" });
    this.pin = element("button.pin", { hidden: true });
    this.list = element("div.chat", { role: "log", "aria-label": `Tin nhắn trên máy ${this.label}`, onscroll: () => this.scrolled() });
    // Whoever scrolls by hand wants to read what is there.
    for (const name of ["wheel", "touchmove"]) this.list.addEventListener(name, () => { this.follow = 0; }, { passive: true });
    this.down = element("button.down", { hidden: true, "aria-label": "Xuống tin mới nhất", onclick: () => this.toEnd(true) }, icon("down"));
    this.composer = new Composer(this, (verb, what) => this.do(verb, what));
    this.composer.node.prepend(this.down);
    const more = element("button.icon", { "aria-label": "Việc khác", hidden: this.chatId !== null, onclick: (event) => this.others(event) }, icon("more"));
    more.dataset.opens = "menu";
    this.node = element("section.phone", { "aria-label": this.label },
      element("div.bar", {}, this.face, element("div.who", {}, this.name, this.state), more), this.holder, this.pin, this.list, this.composer.node);
  }

  concerns(event) {
    return event.kind === "reset" || event.kind === "commands" || event.kind === "user" || event.chat === undefined
      || event.chat === (this.chatId ?? this.user);
  }

  // Several changes in one moment are one fetch; a change during a fetch is another.
  async refresh() {
    if (this.fetching) {
      this.again = true;
      return;
    }
    this.fetching = true;
    try {
      do {
        this.again = false;
        const state = await get(`state?user=${this.user}`);
        const chat = state.chats.find((one) => (this.chatId === null ? one.type === "private" : one.id === this.chatId));
        if (chat) this.show(state, chat);
      } while (this.again);
    } catch {
      // The line is down: the page says so and fetches anew when it is back.
    } finally {
      this.fetching = false;
    }
  }

  show(state, chat) {
    const first = this.chat === null;
    const newest = first ? Infinity : this.newest;
    const atEnd = first || this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    Object.assign(this, { chat, me: state.me, bot: state.bot });
    this.newest = chat.messages.at(-1)?.id ?? 0;
    this.head();
    this.draw(newest);
    this.composer.show(chat);
    const last = chat.messages.at(-1);
    if (atEnd || (last && last.id > newest && (last.sender_id === this.user || this.following))) this.toEnd(!first);
    this.count();
  }

  head() {
    const { chat } = this;
    this.name.textContent = this.chatId === null ? `${this.label}` : this.label;
    this.face.className = `face hue${hue(this.chatId === null ? this.user : 3)}`;
    this.face.textContent = this.chatId === null ? initial(this.me.first_name) : "T";
    if (!this.typing) {
      this.state.className = "";
      this.state.textContent = this.chatId === null ? this.me.first_name : `${chat.members} thành viên · ${this.me.first_name} cầm máy`;
    }
    this.holder.replaceChildren(...this.users.map(({ id, name }) =>
      element("button", { "aria-pressed": String(id === this.user), onclick: () => this.hand(id), title: `${name} cầm máy` }, name)));
    const pinned = chat.messages.find((message) => message.id === chat.pinned.at(-1));
    this.pin.hidden = !pinned;
    if (pinned) {
      this.pin.replaceChildren(element("b", {}, "Tin ghim "), snippet(pinned));
      this.pin.onclick = () => this.find(pinned.id);
    }
  }

  hand(id) {
    this.user = id;
    this.drawn.clear();
    this.refresh();
  }

  // Redraws only what changed, so that a spinner or an open spoiler elsewhere stays.
  draw(newest) {
    const { messages } = this.chat;
    const at = new Map(messages.map((message) => [message.id, message]));
    const nodes = [];
    const kept = new Map();
    let date = "";
    for (const group of albums(messages)) {
      const message = group[0];
      const today = day.format(new Date(message.date * 1000));
      if (today !== date) nodes.push(this.keep(kept, `day ${today}`, "", () => element("div.day", {}, today)));
      date = today;
      const target = at.get(message.reply_to);
      const mark = [this.user, ...group.map((item) => item.changed), target?.changed, ...message.buttons.flat().map((button) => this.busy.has(busyKey(message, button)))].join();
      nodes.push(this.keep(kept, `message ${message.id}`, mark, () => (message.kind === "service"
        ? service(message)
        : render(group, { me: this.user, inGroup: this.chatId !== null, at, on: this, newest: message.id > newest }))));
    }
    if (!nodes.length) nodes.push(this.empty());
    this.drawn = kept;
    const { children } = this.list;
    nodes.forEach((node, place) => {
      if (children[place] !== node) this.list.insertBefore(node, children[place] || null);
    });
    while (children.length > nodes.length) this.list.lastChild.remove();
  }

  keep(kept, key, mark, make) {
    const old = this.drawn.get(key);
    const entry = old && old.mark === mark ? old : { mark, node: make() };
    kept.set(key, entry);
    return entry.node;
  }

  empty() {
    if (this.chatId !== null) return element("div.empty", {}, element("p", {}, "Nhóm chưa có tin nhắn nào. Khi có phiếu cần giúp, trợ lý sẽ báo ở đây."));
    const box = element("div.empty", {}, element("p", {}, this.samples.length
      ? "Cô bác cứ hỏi bằng lời của mình ở ô bên dưới, hoặc bấm thử một câu:"
      : "Chưa có tin nhắn nào. Bấm nút này để làm quen với trợ lý."));
    if (this.samples.length) box.append(element("div.tries", {}, ...this.samples.map((text) => element("button", { onclick: () => this.do("say", { text }) }, text))));
    else box.append(element("button.begin", { onclick: () => this.do("start") }, "Bắt đầu"));
    return box;
  }

  async do(verb, what = {}) {
    this.follow = Date.now() + FOLLOW_MS;
    try {
      return await act(verb, { user: this.user, chat: this.chatId, ...what });
    } catch (error) {
      toast(this.node, verb === "tap" ? "Trợ lý chưa trả lời. Bấm lại giúp nhé." : `Chưa làm được: ${error.message}`);
      return undefined;
    }
  }

  // -- what a message may ask for ------------------------------------------------------------------------------

  say(text) {
    this.do("say", { text });
  }

  link(event, href) {
    this.page.link(event, href, this);
  }

  isBusy(message, button) {
    return this.busy.has(busyKey(message, button));
  }

  async press(event, message, button) {
    if (button.url) {
      if (!this.page.link(event, button.url, this)) window.open(button.url, "_blank", "noopener,noreferrer");
      return;
    }
    const key = busyKey(message, button);
    this.busy.add(key);
    this.draw(Infinity);
    const answer = await this.do("tap", { message: message.id, data: button.data, label: button.label, timeout: 15 });
    this.busy.delete(key);
    this.draw(Infinity);
    if (answer?.text) {
      if (answer.alert) await ask(this.node, answer.text, [{ label: "Đã hiểu", value: true }]);
      else toast(this.node, answer.text);
    }
  }

  enlarge(address) {
    enlarge(address);
  }

  grown = () => {
    if (this.stuck || this.following) this.toEnd(false);
  };

  find(id) {
    const line = [...this.list.children].find((node) => node.dataset.id === String(id));
    if (!line) return;
    line.scrollIntoView({ block: "center", behavior: "smooth" });
    line.classList.add("found");
    setTimeout(() => line.classList.remove("found"), 1200);
  }

  menu(event, message) {
    const mine = message.sender_id === this.user;
    const point = { clientX: event.clientX, clientY: event.clientY };
    const items = [{ icon: "reply", label: "Trả lời", run: () => this.composer.answer(message, snippet(message)) }];
    if (message.text) items.push({ icon: "copy", label: "Chép lời", run: () => navigator.clipboard?.writeText(message.text) });
    if (mine && message.text) items.push({ icon: "edit", label: "Sửa", run: () => this.composer.edit(message) });
    if (mine) items.push({ icon: "bin", label: "Xóa", bad: true, run: () => this.do("delete", { message: message.id }) });
    menu(document.body, items, { point });
    event.stopPropagation();
  }

  others(event) {
    const items = this.chat?.blocked
      ? [{ icon: "person", label: "Bỏ chặn trợ lý", run: () => this.do("unblock") }]
      : [{ icon: "play", label: "Bắt đầu lại (/start)", run: () => this.do("start") }, { icon: "close", label: "Chặn trợ lý", bad: true, run: () => this.do("block") }];
    menu(document.body, items, { point: { clientX: event.clientX, clientY: event.clientY } });
  }

  // -- small signs ---------------------------------------------------------------------------------------------

  showTyping(action) {
    clearTimeout(this.typing);
    this.state.className = "typing";
    this.state.textContent = action.startsWith("upload") ? "đang gửi…" : "đang soạn tin…";
    this.typing = setTimeout(() => this.stopTyping(), TYPING_MS);
  }

  stopTyping() {
    clearTimeout(this.typing);
    this.typing = 0;
    if (this.chat) this.head();
  }

  get following() {
    return Date.now() < this.follow;
  }

  get stuck() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 400;
  }

  scrolled() {
    this.down.hidden = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 240;
  }

  toEnd(smooth) {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  get shown() {
    return this.node.offsetParent !== null && !document.hidden;
  }

  count() {
    if (this.shown) this.read = Math.max(this.read, ...this.chat.messages.map((message) => message.changed), 0);
    this.unread = this.chat.messages.filter((message) => message.sender_id !== this.user && message.kind !== "service" && message.changed > this.read && !message.edited).length;
    this.page.unread(this);
  }
}

function busyKey(message, button) {
  return `${message.id} ${button.data} ${button.label}`;
}

// Neighbours of one media group are one bubble.
function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.album && last?.[0].album === message.album) last.push(message);
    else groups.push([message]);
  }
  return groups;
}
