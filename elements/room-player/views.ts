import { html, nothing, type TemplateResult } from 'lit';
import { deniesPlaying } from '../../src/player/choose-engine.js';
import type { PlayerControls } from '../../src/player/controls.js';
import type { EngineName, PlayerProblem, PlayerSnapshot } from '../../src/player/snapshot.js';
import type { PlayerStrings } from '../../src/strings/player.js';
import { icons } from '../shared/icons.js';
import { mustWait, retryWait } from '../shared/retry-wait.js';
import { devicesParts } from './nested-parts.js';

/** What a view needs: the state to show, the words for it and the commands that its buttons give. */
export interface ViewContext {
  readonly t: PlayerStrings;
  readonly snapshot: PlayerSnapshot;
  readonly controls: PlayerControls | undefined;
  /** Connects, or tries again, on the engine of the moment. */
  readonly connect: () => unknown;
  readonly disconnect: () => unknown;
  /** The other way to listen, where there is one for this visitor, and what takes it. */
  readonly offers: EngineName | null;
  readonly change: () => unknown;
  /** How long Spotify wants to be left alone: 0 once that is over, undefined where it did not say. */
  readonly wait: number | undefined;
}

/** The first line of a state, and what there is to know beyond it. */
interface Words {
  readonly title: string;
  readonly text?: string;
}

/** Whether the card shows the player itself; in all other states it shows one panel. */
export const showsPlayer = ({ status }: PlayerSnapshot): boolean => status === 'ready' || status === 'reconnecting';

/** Whether there is something to look through: while another device plays, something may be chosen for this one. */
export const showsLists = (snapshot: PlayerSnapshot): boolean => showsPlayer(snapshot) || snapshot.status === 'elsewhere';

/** A host may put its own panel in place of each state's. */
export const slotName = ({ status, track }: PlayerSnapshot): string => (status === 'ready' ? (track ? 'playing' : 'empty') : status);

const waits = ({ status }: PlayerSnapshot): boolean =>
  status === 'signing-in' || status === 'loading' || status === 'connecting';

const sentence = ({ t, wait }: ViewContext, problem: PlayerProblem): string => (wait === 0 ? t.retryNow : t.problems[problem.code]);

function words(context: ViewContext): Words | null {
  const { t, snapshot } = context;
  const isEmbed = snapshot.engine === 'embed';
  switch (snapshot.status) {
    case 'signed-out':
      return { title: t.signedOutTitle, text: isEmbed ? t.startText : t.signedOutText };
    case 'signing-in':
      return { title: t.signingInTitle, text: t.signingInText };
    case 'loading':
      return { title: t.loading };
    case 'connecting':
      return { title: t.connecting };
    case 'elsewhere':
      return { title: snapshot.elsewhere ? t.playingOn(snapshot.elsewhere) : t.elsewhere };
    case 'failed':
      return { title: t.failedTitle, text: snapshot.problem ? sentence(context, snapshot.problem) : t.failed };
    case 'ready':
      if (snapshot.track) return null;
      return { title: t.emptyTitle, text: isEmbed ? t.embedEmptyText : emptyText(context) };
    case 'reconnecting':
      return null;
  }
}

const emptyText = ({ t, snapshot }: ViewContext): string =>
  snapshot.resumable ? t.resumableText : snapshot.offered ? t.offeredText : t.emptyText;

/** The record turns while something is awaited, lies still while the visitor is asked, and is gone once music is here. */
export function stage(context: ViewContext): TemplateResult {
  const { t, snapshot } = context;
  const said = words(context);
  // The live region stays where it is from state to state: screen readers hear a change, not a newcomer.
  return html`
    <div class="stage" part="state" ?data-shown=${said !== null}>
      ${said ? html`<div class="record" part="record" aria-hidden="true" ?data-turning=${waits(snapshot)}></div>` : nothing}
      <div class="message" part="message" role="status">
        ${said ? html`<p class="title" part="message-title"><bdi>${said.title}</bdi></p>` : nothing}
        ${said?.text ? html`<p class="text" part="message-text"><bdi>${said.text}</bdi></p>` : nothing}
      </div>
      ${snapshot.status === 'failed' ? retryWait(t, context.wait) : nothing}${mainAction(context)}
    </div>
  `;
}

function mainAction(context: ViewContext): TemplateResult | typeof nothing {
  const { t, snapshot, controls, connect } = context;
  switch (snapshot.status) {
    case 'signed-out':
      return html`${action(snapshot.engine === 'embed' ? t.listen : t.connect, connect)}${otherWay(context)}`;
    case 'signing-in':
      return html`<button part="action" @click=${connect}>${t.showWindow}</button>`;
    case 'elsewhere':
      return action(t.bringHere, () => controls?.bringHere(), snapshot.pending.includes('transfer'));
    case 'failed': {
      // What no further try helps against comes second.
      const isFinal = context.offers === 'embed' && deniesPlaying(snapshot.problem?.code ?? null);
      return isFinal ? html`${otherWay(context, true)}${remedy(context, 'quiet')}` : html`${remedy(context, 'primary')}${otherWay(context)}`;
    }
    default:
      return nothing;
  }
}

/** The way to listen that the visitor did not go. */
function otherWay({ t, offers, change }: ViewContext, isFirst = false): TemplateResult | typeof nothing {
  if (!offers) return nothing;
  const isEmbed = offers === 'embed';
  return html`
    <button class=${isFirst ? 'primary' : 'other'} part="action other" @click=${change}>${isEmbed ? t.listen : t.connect}</button>
    ${isEmbed ? html`<p class="aside" part="aside"><bdi>${t.listenText}</bdi></p>` : nothing}
  `;
}

const action = (name: string, command: () => unknown, pending = false): TemplateResult => html`
  <button class="primary" part="action" ?data-pending=${pending} @click=${command}>${name}</button>
`;

/** The one thing that helps against a problem, as a button. */
function remedy({ t, snapshot, controls, connect, wait }: ViewContext, look: 'primary' | 'small' | 'quiet'): TemplateResult | typeof nothing {
  const { status, problem } = snapshot;
  const kind = problem?.remedy ?? (status === 'failed' ? 'connect' : 'none');
  // Signed out, the button to connect is there anyway.
  if (kind === 'none' || (kind === 'connect' && status === 'signed-out')) return nothing;
  const commands = {
    connect,
    retry: connect,
    redirect: () => controls?.connectByRedirect(),
    resume: () => controls?.resume(),
  };
  return html`<button class=${look} part="action" ?disabled=${mustWait(problem?.code, wait)} @click=${commands[kind]}>${t.remedies[kind]}</button>`;
}

/** A problem beside which the player goes on, or that the visitor has to read before they try again. */
export function notice(context: ViewContext): TemplateResult {
  const { t, snapshot, controls } = context;
  const problem = snapshot.status === 'failed' ? null : snapshot.problem;
  const said = problem ? sentence(context, problem) : snapshot.status === 'reconnecting' ? t.reconnecting : '';
  return html`
    <div class="notice" part="notice" ?data-shown=${said !== ''} ?data-calm=${!problem || context.wait === 0}>
      ${said ? (problem ? (context.wait === 0 ? icons.check : icons.warning) : html`<span class="pulse" aria-hidden="true"></span>`) : nothing}
      <p part="notice-text" role="status"><bdi>${said}</bdi></p> ${problem ? retryWait(t, context.wait) : nothing}
      ${problem ? remedy(context, 'small') : nothing}
      ${problem
        ? html`
            <button class="icon" part="dismiss" aria-label=${t.dismiss} title=${t.dismiss} @click=${() => controls?.dismissProblem()}>
              ${icons.close}
            </button>
          `
        : nothing}
    </div>
  `;
}

/** Where the card shows one panel: other devices while one of them plays, the other way to listen, and the way out. */
export function waysOut(context: ViewContext): TemplateResult {
  const isElsewhere = context.snapshot.status === 'elsewhere';
  const devices = html`<player-devices part="devices" exportparts=${devicesParts}></player-devices>`;
  return html`
    <div class="ways">
      ${isElsewhere ? devices : nothing}${isElsewhere || showsPlayer(context.snapshot) ? changeOver(context) : nothing}${wayOut(context)}
    </div>
  `;
}

/** The other way to listen, for whoever is on one of them. In other states it stands with what can be done there. */
export const changeOver = ({ t, offers, change }: ViewContext): TemplateResult | typeof nothing =>
  offers ? html`<button class="quiet" part="other" @click=${change}>${offers === 'embed' ? t.listen : t.connect}</button>` : nothing;

/** The way out: there in every state that holds something of the visitor's, and never in the way. */
export function wayOut({ t, snapshot, disconnect }: ViewContext, place?: 'end'): TemplateResult | typeof nothing {
  if (snapshot.status === 'signed-out') return nothing;
  if (snapshot.problem?.code === 'page-taken') return nothing;
  return html`
    <button class="quiet" part="disconnect" slot=${place ?? nothing} @click=${disconnect}>
      ${waits(snapshot) ? t.cancel : t.disconnect}
    </button>
  `;
}
