/**
 * As roomtone.ts, in pieces: the chat and the player are each downloaded when the first `<chat-room>` or `<room-player>`
 * comes into the document, also one that is added later. Until then this costs the page one observer of its child lists,
 * and it ends with the last of the two.
 *
 * It sees the document and no shadow root: a page that puts the elements into one of its own loads roomtone.js.
 */
const pieces: Record<string, () => Promise<unknown>> = {
  'chat-room': () => import('./chat-room/define.js'),
  'room-player': () => import('./room-player/define.js'),
};

/** Loads what `within` holds of the elements that are still to come. */
function loadIn(within: ParentNode): void {
  for (const name of Object.keys(pieces)) {
    if ((within instanceof Element && within.localName === name) || within.querySelector(name)) void load(name);
  }
  if (!Object.keys(pieces).length) observer?.disconnect();
}

async function load(name: string): Promise<void> {
  const piece = pieces[name];
  if (!piece) return;
  Reflect.deleteProperty(pieces, name);
  // Another version of the script was faster.
  if (customElements.get(name)) return;
  try {
    await piece();
  } catch (error) {
    console.warn(`<${name}> could not be loaded. Is every file of the folder with roomtone-lazy.js on the server?`, error);
  }
}

// Importing on a server must not throw; there is nothing to watch there.
const observer =
  'document' in globalThis
    ? new MutationObserver((records) => {
        for (const { addedNodes } of records) for (const node of addedNodes) if (node instanceof Element) loadIn(node);
      })
    : null;

if (observer) {
  observer.observe(document, { childList: true, subtree: true });
  loadIn(document);
  // The window that Spotify sends back, where the page has no player yet: its piece hands the answer on.
  if (/[?&]state=roomtone\./.test(location.search)) void load('room-player');
}

// Without an import of its own it has to say that it is a module.
export {};
