import { fixture, html } from '@open-wc/testing';

/** A window of its own within the page: as wide and as high as said, with what the modules define. */
export async function smallWindow(width: number, height: number, ...modules: readonly string[]): Promise<Document> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const frame = Object.assign(document.createElement('iframe'), {
    title: 'a small window',
    srcdoc: '<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>small</title><body>',
  });
  for (const [name, value] of Object.entries({ width: `${width}px`, height: `${height}px`, border: '0' })) frame.style.setProperty(name, value);
  await loaded(frame, () => place.append(frame));
  const page = frame.contentDocument;
  if (!page) throw new Error('The frame has no document.');
  page.body.style.setProperty('margin', '0');
  for (const address of modules) {
    const script = Object.assign(page.createElement('script'), { type: 'module', src: new URL(address, location.origin).href });
    await loaded(script, () => page.head.append(script));
  }
  return page;
}

const loaded = (element: HTMLElement, start: () => void): Promise<void> =>
  new Promise((resolve, reject) => {
    element.addEventListener('load', () => resolve(), { once: true });
    element.addEventListener('error', () => reject(new Error('It could not be loaded.')), { once: true });
    start();
  });
