import { noChange, type ElementPart } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { Reaction } from '../../src/chat/model.js';
import type { ChatStrings } from '../../src/strings/chat.js';

/** So many different ones are shown at first: fifty strangers can give one message fifty different ones. */
const most = 8;

export interface ReactionRow {
  readonly reactions: readonly Reaction[];
  /** Whether the visitor may give one, or take theirs back. */
  readonly may: boolean;
  /** The visitor's own name, which is read as `you`. */
  readonly myName: string;
  readonly expanded: boolean;
  readonly strings: ChatStrings;
}

/** The emoji that a button of the row stands for; empty for the one that shows the others. */
export const emojiOf = (button: HTMLElement): string => button.dataset['emoji'] ?? '';

class ReactionsDirective extends Directive {
  render(_row: ReactionRow): typeof noChange {
    return noChange;
  }

  /** Buttons stay the same elements while their counts change: the keyboard may be on one of them. */
  override update({ element }: ElementPart, [row]: [ReactionRow]): typeof noChange {
    const { reactions, expanded } = row;
    const shown = expanded || reactions.length <= most + 1 ? reactions : reactions.slice(0, most);
    const known = new Map([...element.querySelectorAll('button')].map((button) => [emojiOf(button), button]));
    const buttons = shown.map((reaction) => show(known.get(reaction.emoji) ?? made(reaction.emoji), reaction, row));
    const hidden = reactions.length - shown.length;
    if (hidden) buttons.push(more(known.get('') ?? made(''), hidden, row.strings));
    const wanted = new Set<Element>(buttons);
    for (const child of [...element.children]) if (!wanted.has(child)) child.remove();
    buttons.forEach((button, index) => {
      if (element.children[index] !== button) element.insertBefore(button, element.children[index] ?? null);
    });
    return noChange;
  }
}

function made(emoji: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['emoji'] = emoji;
  button.part.add('reaction');
  return button;
}

function show(button: HTMLButtonElement, { emoji, count, mine, names }: Reaction, row: ReactionRow): HTMLButtonElement {
  const others = mine ? without(names, row.myName) : names;
  const name = row.strings.reaction(emoji, count, mine, others);
  button.setAttribute('aria-pressed', String(mine));
  button.setAttribute('aria-label', name);
  button.title = name;
  button.disabled = !row.may;
  const text = `${emoji} ${row.strings.count(count)}`;
  if (button.textContent !== text) button.textContent = text;
  return button;
}

function more(button: HTMLButtonElement, hidden: number, strings: ChatStrings): HTMLButtonElement {
  button.setAttribute('aria-label', strings.moreReactions(hidden));
  button.textContent = `+${strings.count(hidden)}`;
  return button;
}

/** Once: somebody else may have the same name. */
function without(names: readonly string[], name: string): readonly string[] {
  const index = names.indexOf(name);
  return index < 0 ? names : names.filter((_, at) => at !== index);
}

/** Fills an element with a button for each emoji, by hand as the words above them: two nodes each. */
export const reactionButtons = directive(ReactionsDirective);
