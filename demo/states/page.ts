import './elements.ts';
import { show, type State } from './state.ts';
import { states } from './states.ts';

/**
 * All states, or with `?state=<id>` one of them in a page of its own. The rest of the query is the look:
 * `theme=light|dark`, `lang=<code>` (and its direction), `width=<px>` of every box, `accent=<colour>`.
 *
 * A test moves from state to state by `showState(id)`: one load, all pictures.
 */
const query = new URLSearchParams(location.search);
const main = document.querySelector('main') as HTMLElement;

function dress(root: HTMLElement): void {
  const theme = query.get('theme');
  const accent = query.get('accent');
  if (theme) root.style.setProperty('color-scheme', theme);
  if (accent) root.style.setProperty('--roomtone-accent', accent);
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

async function showState(id: string): Promise<void> {
  const state = states.find((one) => one.id === id);
  if (!state) throw new Error(`No state ${id}.`);
  const box = boxOf(state);
  main.className = 'one';
  main.replaceChildren(box);
  await show(state, box);
}

Object.assign(window, { showState, stateNames: states.map(({ id, alone = false }) => ({ id, alone })) });
dress(document.documentElement);
const one = query.get('state');
if (one !== 'none') await (one ? showState(one) : showAll());
document.documentElement.dataset.shown = '';
for (const load of framesToLoad) load();
