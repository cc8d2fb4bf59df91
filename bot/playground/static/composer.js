// The foot of a phone: writing, attaching, commands, reply keyboards.
import { element, icon } from "./icons.js";
import { menu, toast } from "./overlays.js";
import { bytes, choose, sampleScreen, shrunk } from "./samples.js";

export class Composer {
  // `send(verb, what)` acts for whoever holds the phone.
  constructor(phone, send) {
    this.phone = phone;
    this.send = send;
    this.answering = null;
    this.editing = null;
    this.text = element("textarea", {
      rows: 1, placeholder: "Nhắn tin", maxLength: 4096, "aria-label": "Nhắn tin", enterKeyHint: "send",
      oninput: () => this.grow(), onkeydown: (event) => this.key(event),
    });
    this.about = element("div.about", { hidden: true });
    this.slash = element("button.icon", { "aria-label": "Các lệnh", title: "Các lệnh", hidden: true, onclick: () => this.commands() }, icon("slash"));
    this.bulb = element("button.icon", { "aria-label": "Câu hỏi mẫu", title: "Câu hỏi mẫu", hidden: true, onclick: () => this.tries() }, icon("bulb"));
    this.clip = element("button.icon", { "aria-label": "Gửi kèm", title: "Gửi kèm", onclick: () => this.attach() }, icon("clip"));
    for (const button of [this.slash, this.bulb, this.clip]) button.dataset.opens = "menu";
    this.row = element("div.write", {}, this.clip, this.text, this.bulb, this.slash,
      element("button.icon.send", { "aria-label": "Gửi", title: "Gửi", onclick: () => this.go() }, icon("send")));
    this.keys = element("div.reply-keys", { hidden: true });
    this.unblock = element("button.blocked", { hidden: true, onclick: () => this.send("unblock") }, "Bỏ chặn trợ lý");
    this.node = element("footer.foot", {}, this.about, this.row, this.keys, this.unblock);
  }

  show(chat) {
    this.chat = chat;
    this.slash.hidden = !chat.commands.length;
    this.bulb.hidden = !this.phone.samples.length || !chat.messages.length;
    this.unblock.hidden = !chat.blocked;
    this.row.hidden = chat.blocked;
    this.keys.hidden = !chat.reply_keys.length || chat.blocked;
    this.keys.replaceChildren(...chat.reply_keys.map((row) =>
      element("div", {}, ...row.map((label) => element("button", { onclick: () => this.send("say", { text: label }) }, label)))));
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 120)}px`;
  }

  key(event) {
    if (event.key === "Escape") this.forget();
    // Enter sends, Shift+Enter breaks the line; a Telex keyboard in the middle of a word keeps its Enter.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.go();
    }
  }

  async go() {
    const text = this.text.value.trim();
    if (!text) return;
    const { answering, editing } = this;
    this.text.value = "";
    this.grow();
    this.forget();
    const done = editing
      ? await this.send("edit", { message: editing.id, text })
      : await this.send("say", { text, reply_to: answering?.id });
    if (done === undefined && !this.text.value) {
      this.text.value = text;
      this.grow();
    }
  }

  answer(message, words) {
    this.forget();
    this.answering = message;
    this.tellAbout(`Trả lời ${message.sender}`, words);
  }

  edit(message) {
    this.forget();
    this.editing = message;
    this.text.value = message.text;
    this.tellAbout("Sửa tin nhắn", message.text);
    this.grow();
  }

  tellAbout(title, words) {
    this.about.replaceChildren(
      element("div", {}, element("b", {}, title), element("span", {}, words)),
      element("button.icon", { "aria-label": "Thôi", onclick: () => this.forget() }, icon("close")));
    this.about.hidden = false;
    this.text.focus();
  }

  forget() {
    if (this.editing) this.text.value = "";
    this.answering = this.editing = null;
    this.about.hidden = true;
  }

  commands() {
    menu(this.node, this.chat.commands.map(({ command, description }) => ({
      strong: `/${command}`, label: description, run: () => this.send("say", { text: `/${command}` }),
    })));
  }

  tries() {
    menu(this.node, this.phone.samples.map((text) => ({ label: text, run: () => this.send("say", { text }) })), { title: "Câu hỏi mẫu, bấm là gửi" });
  }

  attach() {
    const reply = () => ({ reply_to: this.answering?.id });
    menu(this.node, [
      { icon: "image", label: "Ảnh chụp màn hình mẫu", run: () => this.send("photo", { data: sampleScreen(1), ...reply() }) },
      { icon: "image", label: "Ảnh từ máy này", run: () => this.own("image/*", async (file) => this.send("photo", { data: await shrunk(file), ...reply() })) },
      { icon: "album", label: "Ba ảnh mẫu một lúc", run: () => this.send("album", { pictures: [1, 2, 3].map(sampleScreen) }) },
      { icon: "file", label: "Tệp từ máy này", run: () => this.own("", async (file) =>
        this.send("document", { data: await bytes(file), name: file.name, mime: file.type || "application/octet-stream", ...reply() })) },
      { icon: "voice", label: "Tin thoại mẫu", run: () => this.send("voice", { duration: 4, ...reply() }) },
      { icon: "place", label: "Vị trí", run: () => this.send("location") },
    ]);
  }

  async own(accept, use) {
    const file = await choose(accept);
    if (!file) return;
    try {
      await use(file);
    } catch {
      toast(this.phone.node, "Không đọc được tệp này");
    }
  }
}
