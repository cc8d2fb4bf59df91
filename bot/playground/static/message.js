// One message, or one album, as it looks in the chat.
import { element, icon } from "./icons.js";

const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit" });

export function hue(id) {
  // Spread so that the seeded people and the bot all differ.
  return (Math.abs(id) % 1000 + 3 * Math.floor(Math.abs(id) / 1000)) % 5;
}

export function initial(name) {
  const words = name.replace(/^(Anh|Chị|Bác|Cô|Chú|Cán bộ)\s+/u, "").trim();
  return (words || name).charAt(0).toUpperCase();
}

// Entities count in UTF-16 units, and so do JavaScript strings.
export function words(text, entities, on) {
  const box = element("div.words");
  fill(box, text, 0, text.length, [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length), on);
  return box;
}

function fill(parent, text, from, to, entities, on) {
  let at = from;
  let rest = entities.filter((entity) => entity.offset < to && entity.offset + entity.length > from);
  while (rest.length) {
    const entity = rest[0];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) {
      rest = rest.slice(1);
      continue;
    }
    if (start > at) parent.append(text.slice(at, start));
    const node = marked(entity, text.slice(start, end), on);
    fill(node, text, start, end, rest.slice(1), on);
    parent.append(node);
    at = end;
    // A blockquote is a block: the line break after it is its own.
    if (/^(BLOCKQUOTE|PRE)$/.test(node.tagName) && text[at] === "\n") at += 1;
    rest = rest.slice(1).filter((other) => other.offset + other.length > at);
  }
  if (at < to) parent.append(text.slice(at, to));
}

function marked(entity, inside, on) {
  switch (entity.type) {
    case "bold": return element("b");
    case "italic": return element("i");
    case "underline": return element("u");
    case "strikethrough": return element("s");
    case "code": return element("code", { title: "Bấm để chép", onclick: () => navigator.clipboard?.writeText(inside) });
    case "pre": return element("pre");
    case "blockquote": return element("blockquote");
    case "expandable_blockquote":
      return element("blockquote.shut", { onclick: (event) => event.currentTarget.classList.toggle("shut") });
    case "spoiler": return element("span.spoiler", { onclick: (event) => event.currentTarget.classList.add("open") });
    case "bot_command": return element("button.command", { onclick: () => on.say(inside) });
    case "url":
    case "text_link": {
      const href = entity.url || inside;
      return element("a", { href, target: "_blank", rel: "noopener noreferrer", title: href, onclick: (event) => on.link(event, href) });
    }
    default: return element("span");
  }
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}

function address(file) {
  return `/sim/file/${encodeURIComponent(file)}`;
}

function duration(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function content(message) {
  const raw = message.raw;
  switch (message.kind) {
    case "document":
      return element("a.paper", { href: address(message.file), download: raw.document.file_name || "tep" },
        element("i", {}, icon("file")),
        element("div", {}, element("b", {}, raw.document.file_name || "Tệp"), element("span", {}, size(raw.document.file_size || 0))));
    case "voice": {
      const waves = element("div.waves", { role: "img", "aria-label": "Tin thoại" });
      for (let i = 0; i < 22; i += 1) {
        const bar = element("i");
        bar.style.height = `${5 + ((message.id * 7 + i * i * 5) % 16)}px`;
        waves.append(bar);
      }
      return element("div.paper", {}, element("i", {}, icon("play")), element("div", {}, waves, element("span", {}, duration(raw.voice.duration))));
    }
    case "video":
      return element("a.paper", { href: address(message.file), download: "video.mp4" },
        element("i", {}, icon("play")), element("div", {}, element("b", {}, "Đoạn phim"), element("span", {}, size(raw.video.file_size || 0))));
    case "video_note": return element("div.note", { role: "img", "aria-label": "Phim tròn" }, icon("play"));
    case "sticker": return element("div.sticker", {}, element("img", { src: address(message.file), alt: raw.sticker.emoji || "Nhãn dán" }));
    case "location":
      return element("div", {}, element("div.map", {}, icon("place")),
        element("span.spot", {}, `Vị trí ${raw.location.latitude.toFixed(4)}, ${raw.location.longitude.toFixed(4)}`));
    case "contact":
      return element("div.paper", {}, element("i", {}, icon("person")),
        element("div", {}, element("b", {}, raw.contact.first_name), element("span", {}, raw.contact.phone_number)));
    default: return null;
  }
}

function snippet(message) {
  const names = { photo: "Ảnh", document: "Tệp", voice: "Tin thoại", video: "Đoạn phim", video_note: "Phim tròn", sticker: "Nhãn dán", location: "Vị trí", contact: "Danh thiếp" };
  return message.text || names[message.kind] || "Tin nhắn";
}

function meta(message, over) {
  const time = clock.format(new Date(message.date * 1000));
  return element(over ? "span.meta.over" : "span.meta", {}, message.edited ? `đã sửa ${time}` : time);
}

function keyboard(message, on) {
  const box = element("div.keys");
  for (const row of message.buttons) {
    const line = element("div");
    for (const button of row) {
      const busy = on.isBusy(message, button);
      const key = element(`button.key${button.url ? ".away" : ""}${busy ? ".busy" : ""}`,
        { onclick: (event) => on.press(event, message, button), disabled: busy, title: button.url || null }, button.label);
      if (busy) key.append(element("i.wheel"));
      line.append(key);
    }
    box.append(line);
  }
  return box;
}

// `group` is one message or all of an album; `at` holds the chat's messages by id.
export function render(group, { me, inGroup, at, on, newest }) {
  const message = group[0];
  const mine = message.sender_id === me;
  const worded = group.find((item) => item.text) || message;
  const bubble = element("div.bubble");
  const showName = inGroup && !mine;
  if (showName) bubble.append(element(`div.sender.name${hue(message.sender_id)}`, {}, message.sender));
  const origin = message.raw.forward_origin;
  if (origin) bubble.append(element("div.forwarded", {}, `Chuyển tiếp từ ${origin.sender_user_name || origin.sender_user?.first_name || "…"}`));
  if (message.reply_to) {
    const target = at.get(message.reply_to);
    bubble.append(element("button.quote", { onclick: () => on.find(message.reply_to) },
      element("b", {}, target ? target.sender : "Tin đã xóa"), element("span", {}, message.raw.quote?.text || (target ? snippet(target) : "…"))));
  }
  const photos = group.filter((item) => item.kind === "photo");
  if (photos.length) {
    const odd = photos.length % 2 === 1;
    const album = element(`div.album${photos.length === 1 ? ".one" : odd ? ".odd" : ""}`);
    for (const photo of photos) {
      const shape = photo.raw.photo[photo.raw.photo.length - 1];
      album.append(element("button", { onclick: () => on.enlarge(address(photo.file)), "aria-label": "Xem ảnh lớn" },
        element("img", { src: address(photo.file), alt: photo.text || "Ảnh", width: shape.width, height: shape.height, onload: on.grown })));
    }
    bubble.append(album);
  }
  for (const item of group) {
    const body = content(item);
    if (body) bubble.append(body);
  }
  if (worded.text) {
    const text = words(worded.text, worded.entities, on);
    text.append(meta(group[group.length - 1], false));
    bubble.append(text);
  } else {
    bubble.classList.toggle("bare", photos.length > 0);
    bubble.append(meta(group[group.length - 1], photos.length > 0));
  }
  bubble.append(element("button.more", { "aria-label": "Việc làm với tin này", onclick: (event) => on.menu(event, message) }, icon("down")));
  hold(bubble, (event) => on.menu(event, message));
  const block = element(`div.block${message.buttons.length ? ".keyed" : ""}`, {}, bubble);
  if (message.buttons.length) block.append(keyboard(message, on));
  const line = element(`div.line${mine ? ".mine" : ""}${newest ? ".fresh" : ""}`);
  if (showName) line.append(element(`div.face.small.hue${hue(message.sender_id)}`, { "aria-hidden": "true" }, initial(message.sender)));
  line.append(block);
  line.dataset.id = String(message.id);
  return line;
}

export function service(message) {
  return element("div.service", {}, message.text);
}

// Holding a finger, or the right mouse button.
function hold(node, open) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  node.addEventListener("touchstart", (event) => {
    const touch = event.touches[0];
    timer = setTimeout(() => open({ clientX: touch.clientX, clientY: touch.clientY, stopPropagation() {} }), 450);
  }, { passive: true });
  for (const name of ["touchend", "touchmove", "touchcancel"]) node.addEventListener(name, stop, { passive: true });
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a")) return;
    event.preventDefault();
    stop();
    open(event);
  });
}

export { snippet };
