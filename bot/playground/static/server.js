// The page's only way to the server: /sim.
export async function get(path) {
  const answer = await fetch(`/sim/${path}`, { cache: "no-store" });
  const body = await answer.json();
  if (!body.ok) throw new Error(body.description);
  return body.result;
}

export async function act(verb, what = {}) {
  const answer = await fetch(`/sim/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(what),
  });
  const body = await answer.json();
  if (!body.ok) throw new Error(body.description);
  return body.result;
}

// Every change as it happens; `lost` is told when the line breaks and when it is back.
export function listen(heard, lost) {
  const stream = new EventSource("/sim/events");
  stream.onmessage = (event) => heard(JSON.parse(event.data));
  stream.onopen = () => lost(false);
  stream.onerror = () => lost(true);
}
