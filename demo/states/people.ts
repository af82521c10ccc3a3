import { plainMember, plainMessage, type Member, type TimelineMessage } from '../../src/chat/model.ts';
import { evening } from './evening.ts';
import { harbour, heard, nightBus } from './music.ts';

const person = (id: string, name: string, change: Partial<Member> = {}): Member => ({ ...plainMember, id, name, ...change });

export const mia = person('mia', 'Mia Tanaka', { role: 'owner' });
export const jonas = person('jonas', 'Jonas', { listening: heard(nightBus), isGuest: true });
export const ada = person('ada', 'Ada Okonkwo', { role: 'moderator', listening: heard(harbour) });
export const noor = person('noor', 'נועה', { away: true });
export const everybody: readonly Member[] = [mia, ada, jonas, noor];

const crowdNames = ['Amadou', 'Bea Lindqvist', 'Chidi', 'Dora Vass', 'Émile', 'Farid', 'Greta', 'Haruki', 'Ines', 'Joaquim', 'Kirsi', 'Lior'];
/** From so many on there is a box to search them. */
export const crowd: readonly Member[] = [...everybody, ...crowdNames.map((name) => person(name.toLowerCase(), name, { isGuest: name.length % 2 === 0 }))];

const may = { reply: true, react: true, edit: false, remove: true, report: true, moderate: true };

/** Minutes before the evening, who, and what. */
export function said(minutes: number, by: Member, body: string, change: Partial<TimelineMessage> = {}): TimelineMessage {
  const mine = by === mia;
  return {
    ...plainMessage,
    id: `${minutes}-${by.id}`,
    seq: 1000 - minutes,
    authorId: by.id,
    authorName: by.name,
    body,
    track: null,
    at: evening - minutes * 60_000,
    mine,
    may: { ...may, edit: mine, report: !mine, moderate: !mine },
    state: 'sent',
    problem: null,
    ...change,
  };
}
