// Made up here: a picture that looks like a screen with an error, in the colours of no real app.
export function sampleScreen(number = 1) {
  const canvas = document.createElement("canvas");
  canvas.width = 540;
  canvas.height = 860;
  const pen = canvas.getContext("2d");
  const write = (text, x, y, size, colour, weight = 400) => {
    pen.fillStyle = colour;
    pen.font = `${weight} ${size}px system-ui, sans-serif`;
    pen.fillText(text, x, y);
  };
  pen.fillStyle = number % 2 ? "#f4f6f8" : "#fbf6ee";
  pen.fillRect(0, 0, 540, 860);
  pen.fillStyle = number % 2 ? "#a8322c" : "#8b5a2b";
  pen.fillRect(0, 0, 540, 110);
  write("Ứng dụng (ảnh mẫu)", 32, 70, 32, "#fff", 700);
  for (let row = 0; row < 4; row += 1) {
    pen.fillStyle = "#fff";
    pen.fillRect(32, 150 + row * 96, 476, 76);
    pen.fillStyle = "#d5dde3";
    pen.fillRect(52, 170 + row * 96, 120 + ((row * 53 + number * 31) % 90), 12);
    pen.fillRect(52, 198 + row * 96, 240 + ((row * 71) % 120), 14);
  }
  pen.fillStyle = "#fdeceb";
  pen.fillRect(32, 560, 476, 130);
  write("Lỗi 04", 56, 606, 28, "#a8322c", 700);
  write("Thông tin không tồn tại.", 56, 646, 26, "#48322f");
  write("Vui lòng kiểm tra lại.", 56, 676, 22, "#7c6663");
  write(`Ảnh mẫu ${number} · không có thông tin thật`, 32, 820, 20, "#8896a1");
  return base64(canvas.toDataURL("image/jpeg", 0.85));
}

function base64(url) {
  return url.slice(url.indexOf(",") + 1);
}

// Telegram makes photos small JPEGs before it sends them; so does this.
export async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, 1280 / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return base64(canvas.toDataURL("image/jpeg", 0.87));
}

export function bytes(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(base64(reader.result));
    reader.onerror = () => failed(new Error("Không đọc được tệp"));
    reader.readAsDataURL(file);
  });
}

export function choose(accept) {
  return new Promise((done) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.addEventListener("change", () => done(input.files[0] || null));
    input.addEventListener("cancel", () => done(null));
    input.click();
  });
}
