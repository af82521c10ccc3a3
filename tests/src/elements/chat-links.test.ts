import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pieces } from '../../../elements/chat-message/links.js';

const links = (body: string): string[] => pieces(body).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));

describe('addresses in a message', () => {
  it.each([
    ['look https://a.example/b and go', ['https://a.example/b']],
    ['HTTPS://A.EXAMPLE', ['HTTPS://A.EXAMPLE']],
    ['http://a.example', ['http://a.example']],
    ['one https://a.example, two https://b.example.', ['https://a.example', 'https://b.example']],
    ['(see https://a.example/b)', ['https://a.example/b']],
    ['https://w.example/Blue_(song)', ['https://w.example/Blue_(song)']],
    ['(https://w.example/Blue_(song))', ['https://w.example/Blue_(song)']],
    ['“https://a.example/?q=1&r=2#x”', ['https://a.example/?q=1&r=2#x']],
    ['<https://a.example/b>', ['https://a.example/b']],
    ['https://a.example/ü/夏', ['https://a.example/ü/夏']],
    ['https://a.example/b!?', ['https://a.example/b']],
  ])('%s', (body, expected) => {
    expect(links(body)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)//https:',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://a.example',
    'example.com and www.example.com',
    'xhttps://a.example',
    'https://',
    'https://bank.example@evil.example/',
    'https://user:word@a.example/',
    'http://[broken',
  ])('leaves %s as text', (body) => {
    expect(pieces(body)).toEqual([{ kind: 'text', text: body }]);
  });

  it('ends an address where a character would reorder what one sees', () => {
    expect(links('https://a.example/\u202egnp.exe')).toEqual(['https://a.example/']);
  });

  it('changes nothing of any message, and follows nothing but http and https', () => {
    const scrap = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom('https://', 'http:', '(', ')', '.', ' ', '\n', 'javascript:', '@', '\u202e', '[', ']', 'https://a.example'),
    );
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 12 }), (scraps) => {
        const body = scraps.join('');
        const cut = pieces(body);
        expect(cut.map(({ text }) => text).join('')).toBe(body);
        for (const piece of cut) {
          expect(piece.text).not.toBe('');
          if (piece.kind !== 'link') continue;
          const url = new URL(piece.href);
          expect(['http:', 'https:']).toContain(url.protocol);
          expect(url.username + url.password).toBe('');
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  it('cuts the longest message in time, whatever it is made of', () => {
    for (const scrap of ['https://', 'https://a.example/(', ')', 'https://a.example/).)', '.', 'h', 'http://a@']) {
      const started = performance.now();
      pieces(scrap.repeat(Math.ceil(4000 / scrap.length)));
      expect(performance.now() - started).toBeLessThan(100);
    }
  });
});
