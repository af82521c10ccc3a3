import { describe, expect, test } from 'vitest';
import { shorterMarkup, shorterStyles } from '../package/build/templates.mjs';

/** As a tagged template would hand it on. */
const raw = ({ raw: parts }: TemplateStringsArray, ..._holes: unknown[]): readonly string[] => parts;

describe('shorter markup', () => {
  test('indentation becomes one space, and what stood apart stands apart', () => {
    expect(shorterMarkup(raw`
      <p>
        one
        <b>two</b> <i>three</i><u>four</u>
      </p>
    `)).toEqual([' <p> one <b>two</b> <i>three</i><u>four</u> </p> ']);
  });

  test('an expression keeps its place: as text, as an attribute, as a whole', () => {
    expect(shorterMarkup(raw`<a
        class=${1}
        .title=${2}
        @click=${3}
        ?hidden=${4}
        ${5}
      >
        ${6}
      </a>`)).toEqual(['<a class=', ' .title=', ' @click=', ' ?hidden=', ' ', '> ', ' </a>']);
  });

  test('what is within quotes stays as it is, with its expressions', () => {
    expect(shorterMarkup(raw`<a title="two  spaces, a > and '" class='a  ${1}  b'   id="x">`)).toEqual([
      `<a title="two  spaces, a > and '" class='a  `,
      `  b' id="x">`,
    ]);
  });

  test('a sign in the text is no end of a tag, an apostrophe no quote', () => {
    expect(shorterMarkup(raw`<p>it's  1  >  0</p>  <p>it's</p>`)).toEqual([`<p>it's 1 > 0</p> <p>it's</p>`]);
  });

  test('comments go', () => {
    expect(shorterMarkup(raw`<p><!-- why > --></p>`)).toEqual(['<p></p>']);
  });
});

describe('shorter styles', () => {
  test('comments and indentation go, the rest stays: nesting, queries, values given twice, spaces that count', () => {
    expect(shorterStyles(raw`
      /* Why. */
      :host(:state(open)) > *:not(.a .b) {
        text-align: -webkit-match-parent;
        text-align: match-parent;
        inline-size: calc(1px + var(--_a) * 2);
        &:hover { color: light-dark(#ffffff, #000000); }
        @container (inline-size > 20em) { color: red }
      }
    `).join()).toBe(
      ':host(:state(open))>*:not(.a .b){text-align:-webkit-match-parent;text-align:match-parent;' +
        'inline-size:calc(1px + var(--_a) * 2);&:hover{color:light-dark(#ffffff,#000000)}@container (inline-size > 20em){color:red}}',
    );
  });

  test('an expression may be a selector or a value', () => {
    expect(shorterStyles(raw`
      .a ${1} .b,
      ${2} {
        color: ${3};
        margin: ${4} 2px;
      }
    `)).toEqual(['.a ', ' .b,', '{color:', ';margin:', ' 2px}']);
  });

  test('a piece of a selector stays as it is', () => {
    expect(shorterStyles([':is(a,  b)'])).toEqual([':is(a,  b)']);
  });

  test('what is no CSS ends the build', () => {
    expect(() => shorterStyles(['a { color: red '])).toThrow('css``');
  });
});
