import { describe, expect, it } from 'vitest';
import { answerType, finishSignIn, type AnswerMessage } from '../../../src/player/callback.js';
import { deniedChannel, FakePage } from './support/fake-page.js';

interface Posted {
  readonly message: AnswerMessage;
  readonly targetOrigin: string;
}

function popup(search: string, change: Partial<FakePage> = {}): { page: FakePage; posted: Posted[]; heard: unknown[] } {
  const page = Object.assign(new FakePage(`https://host.example/room${search}`), change);
  const [posted, heard]: [Posted[], unknown[]] = [[], []];
  if (page.opener === null && !('opener' in change)) {
    page.opener = {
      closed: false,
      postMessage: (message, targetOrigin) => void posted.push({ message, targetOrigin }),
    };
  }
  new page.BroadcastChannel(answerType).addEventListener('message', ({ data }) => heard.push(data));
  return { page, posted, heard };
}

describe('the window that Spotify sends back', () => {
  it('hands the code to its opener, on the own origin only, and closes', () => {
    const { page, posted, heard } = popup('?code=c&state=roomtone.popup.x');
    expect(finishSignIn(page)).toBe(true);
    expect(posted).toEqual([
      {
        message: { type: 'roomtone.sign-in', state: 'roomtone.popup.x', code: 'c', error: null },
        targetOrigin: 'https://host.example',
      },
    ]);
    expect(heard).toEqual([]);
    expect(page.closed).toBe(true);
  });

  it('hands a refusal over just so', () => {
    const { page, posted } = popup('?error=access_denied&state=roomtone.popup.x');
    expect(finishSignIn(page)).toBe(true);
    expect(posted[0]?.message).toMatchObject({ code: null, error: 'access_denied' });
  });

  it.each([null, { closed: true, postMessage: () => expect.unreachable() }])(
    'uses a channel where its opener is gone',
    (opener) => {
      const { page, heard } = popup('?code=c&state=roomtone.popup.x', { opener });
      expect(finishSignIn(page)).toBe(true);
      expect(heard).toEqual([{ type: 'roomtone.sign-in', state: 'roomtone.popup.x', code: 'c', error: null }]);
    },
  );

  it('closes all the same where neither is to be had', () => {
    const { page, heard } = popup('?code=c&state=roomtone.popup.x', { opener: null });
    page.BroadcastChannel = deniedChannel;
    expect(finishSignIn(page)).toBe(true);
    expect(heard).toEqual([]);
  });

  it('with a state that is not ours lets the opener judge, for it is our window', () => {
    const { page, posted } = popup('?code=c&state=not-roomtone.popup.x', { name: 'roomtone-sign-in-1' });
    expect(finishSignIn(page)).toBe(true);
    expect(posted[0]?.message.state).toBe('not-roomtone.popup.x');
  });

  it('goes on as an ordinary page, without the code, where it may not close', () => {
    const { page } = popup('?tab=2&code=c&state=roomtone.popup.x#there', { mayClose: false });
    expect(finishSignIn(page)).toBe(false);
    expect(page.url.href).toBe('https://host.example/room?tab=2#there');
    expect(page.history.state).toEqual({ host: 'state' });
  });
});

describe('every other page', () => {
  it.each([
    '',
    '?code=c',
    '?code=c&state=the-hosts-own',
    '?state=roomtone.popup.x',
    '?error=access_denied&state=supabase',
    '?code=c&state=roomtone.redirect.roomtone.x',
  ])('is left alone (I7): %j', (search) => {
    const { page, posted, heard } = popup(search);
    expect(finishSignIn(page)).toBe(false);
    expect([posted, heard]).toEqual([[], []]);
    expect(page.closed).toBe(false);
    expect(page.url.search).toBe(search);
  });
});
