import { append, mount, setMessages, type BenchMessage } from './adapter.js';

/** What the page of serve.mjs offers: a list, and what is to be measured of it. */
export interface ListScene {
  /** Makes so many messages, of which nothing is shown yet. */
  prepare(count: number): void;
  /** A fresh list with what was prepared, until the rows in reserve are made too. */
  open(): Promise<void>;
  /** So many messages more at the bottom, each painted before the next. */
  append(count: number): Promise<void>;
  /** 1,000 more within a second. */
  pour(): Promise<void>;
}

declare global {
  interface Window {
    scene: ListScene;
  }
}

const message = (i: number): BenchMessage => ({
  i,
  id: `m${i}`,
  userId: `u${i % 50}`,
  userName: `User ${i % 50}`,
  text: `${'la '.repeat(1 + (i % 40))}[#${i}]`,
  ts: 1.8e12 + i * 1000,
  me: false,
});

async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

let messages: BenchMessage[] = [];
let next = 0;

window.scene = {
  prepare(count) {
    document.body.replaceChildren();
    messages = Array.from({ length: count }, (_, i) => message(i));
    next = count;
  },
  async open() {
    await mount(document.body);
    setMessages(messages);
    // A few rows are made a frame.
    await frames(60);
  },
  async append(count) {
    for (let sent = 0; sent < count; sent++) {
      append(message(next++));
      await frames(2);
    }
  },
  async pour() {
    const began = performance.now();
    for (let sent = 0; sent < 1000; ) {
      await new Promise((resolve) => setTimeout(resolve));
      for (const due = Math.min(1000, performance.now() - began); sent < due; sent++) append(message(next++));
    }
    await frames(10);
  },
};
