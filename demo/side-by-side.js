// Shows the simulator's log under each visitor: what reached the device of that frame, and nothing else.
const lists = [...document.querySelectorAll('ol[data-visitor]')];
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
/** Every device id that a frame ever had, by visitor: a reconnect gives a new one. */
const devices = new Map(lists.map((list) => [list.dataset.visitor, new Set()]));

const fetchJson = async (path) => (await fetch(path)).json();

function show(list, log) {
  const mine = log.filter(({ deviceId }) => devices.get(list.dataset.visitor).has(deviceId));
  for (const { at, account, source, command } of mine.slice(list.childElementCount)) {
    const row = document.createElement('li');
    row.textContent = `${time.format(at)}  ${account}  ${command}  (${source})`;
    list.append(row);
    list.scrollTop = list.scrollHeight;
  }
}

async function refresh() {
  const [accounts, log] = await Promise.all([fetchJson('/spotify/accounts'), fetchJson('/spotify/log')]);
  for (const { id, name } of accounts.flatMap((account) => account.devices)) {
    for (const [visitor, ids] of devices) if (name === `Roomtone, ${visitor}`) ids.add(id);
  }
  for (const list of lists) show(list, log);
}

async function follow() {
  try {
    await refresh();
  } catch {
    // The demo was ended or is starting again; the next round tells.
  }
  setTimeout(follow, 500);
}
follow();
