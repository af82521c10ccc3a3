import { languages } from '../../src/strings/languages.ts';
import './elements.ts';
import { settled, show, type State } from './state.ts';
import { states } from './states.ts';

/**
 * All states, or with `?state=<id>` one of them in a page of its own. The rest of the query is the look:
 * `theme=light|dark`, `lang=<code>` (and its direction), `width=<px>` of every box, `accent=<colour>`.
 *
 * A test moves on by `showState(id)`, or by `showSheet(ids)` with as many beside each other as the window holds: one load, all
 * pictures. `look(query)` is the look of those that come.
 */
let query = new URLSearchParams(location.search);
const main = document.querySelector('main') as HTMLElement;

function dress(root: HTMLElement): void {
  root.style.setProperty('color-scheme', query.get('theme'));
  root.style.setProperty('--roomtone-accent', query.get('accent'));
  root.lang = query.get('lang') || 'en';
  root.dir = ['ar', 'he'].includes(root.lang) ? 'rtl' : 'ltr';
}

function boxOf(state: State): HTMLElement {
  const box = document.createElement('div');
  box.className = 'box';
  box.style.setProperty('inline-size', `${query.get('width') || state.width}px`);
  return box;
}

const framesToLoad: (() => unknown)[] = [];

/** In a frame, for it lies above its window. */
function framed({ id, title }: State): HTMLElement {
  const frame = Object.assign(document.createElement('iframe'), { title, loading: 'lazy' });
  const own = new URLSearchParams(query);
  own.set('state', id);
  // Each loads everything anew: after all that needs no frame.
  framesToLoad.push(() => (frame.src = `?${own}`));
  return frame;
}

function entry(state: State): HTMLElement {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const name = Object.assign(document.createElement('a'), { href: `?${new URLSearchParams([...query, ['state', state.id]])}`, textContent: state.id });
  caption.append(name, ` ${state.title}`);
  figure.append(caption);
  main.append(figure);
  return figure;
}

async function showAll(): Promise<void> {
  for (const state of states) {
    const figure = entry(state);
    if (state.alone) figure.append(framed(state));
    else {
      const box = boxOf(state);
      figure.append(box);
      await show(state, box);
    }
  }
  // What was reached by focus has the page scrolled to it.
  (document.activeElement as HTMLElement | null)?.blur();
  scrollTo(0, 0);
}

function stateOf(id: string): State {
  const state = states.find((one) => one.id === id);
  if (!state) throw new Error(`No state ${id}.`);
  return state;
}

async function showState(id: string): Promise<void> {
  const state = stateOf(id);
  const box = boxOf(state);
  main.className = 'one';
  main.replaceChildren(box);
  await show(state, box);
}

/** Where something lies in the window, in px. */
export interface Place {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function placeOf({ state: { id }, box }: { readonly state: State; readonly box: HTMLElement }): Place {
  const { x, y, width, height } = box.getBoundingClientRect();
  return { id, x, y, width, height };
}

/** How many of them stand in the window before the first that does not. */
function fitting(places: readonly Place[]): number {
  const beyond = places.findIndex(({ x, width }) => x + width > innerWidth);
  return beyond < 0 ? places.length : beyond;
}

/** As many of `ids` as the window holds, in columns; where each of them lies. */
async function showSheet(ids: readonly string[]): Promise<Place[]> {
  main.className = 'sheet';
  const shown = ids.map((id) => {
    const state = stateOf(id);
    const box = boxOf(state);
    const element = state.make();
    box.dir = document.documentElement.dir;
    box.append(element);
    return { state, box, element };
  });
  main.replaceChildren(...shown.map(({ box }) => box));
  await settled(main);
  for (const { box } of shown.splice(fitting(shown.map(placeOf)))) box.remove();
  for (const { state, element } of shown) await state.reach?.(element);
  // What was reached by focus is of one of them only.
  (document.activeElement as HTMLElement | null)?.blur();
  await settled(main);
  const places = shown.map(placeOf);
  // Some have grown.
  return places.slice(0, fitting(places));
}

async function look(next: string): Promise<void> {
  query = new URLSearchParams(next);
  dress(document.documentElement);
  await languages.load(document.documentElement.lang);
}

Object.assign(window, { showState, showSheet, look, stateNames: states.map(({ id, alone = false }) => ({ id, alone })) });
dress(document.documentElement);
const one = query.get('state');
if (one !== 'none') await (one ? showState(one) : showAll());
document.documentElement.dataset.shown = '';
for (const load of framesToLoad) load();
