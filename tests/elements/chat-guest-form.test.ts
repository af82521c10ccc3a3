import { expect, fixture, html } from '@open-wc/testing';
import '../../elements/chat-guest-form/define.js';
import type { ChatGuestForm } from '../../elements/chat-guest-form/chat-guest-form.js';
import { expectAccessible } from './support/schemes.js';
import { button, find, words } from './support/shadow.js';

interface Guest {
  readonly form: ChatGuestForm;
  readonly field: HTMLInputElement;
  readonly joined: string[];
  type(name: string): Promise<void>;
  submit(): Promise<void>;
  problem(): string;
}

async function atTheDoor(): Promise<Guest> {
  const form = await fixture<ChatGuestForm>(html`<chat-guest-form></chat-guest-form>`);
  const field = find<HTMLInputElement>(form, 'input');
  const joined: string[] = [];
  form.addEventListener('guest-join', ({ name }) => joined.push(name));
  return {
    form,
    field,
    joined,
    async type(name) {
      field.value = name;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await form.updateComplete;
    },
    async submit() {
      button(form, 'Join').click();
      await form.updateComplete;
    },
    problem: () => words(find(form, '[part="problem"]')),
  };
}

const nameInvalid = 'Please give a name of 1 to 40 characters.';

describe('<chat-guest-form>', () => {
  it('asks for a name', async () => {
    const { form, field } = await atTheDoor();
    expect(words(field.labels?.[0] ?? null)).to.equal('Your name');
    expect(field.getAttribute('autocomplete')).to.equal('nickname');
    expect(field.getAttribute('aria-invalid')).to.equal('false');
    await expectAccessible(form);
  });

  it('tells the name, trimmed', async () => {
    const guest = await atTheDoor();
    await guest.type('  Mira Okafor ');
    await guest.submit();
    expect(guest.joined).to.deep.equal(['Mira Okafor']);
  });

  it('works with Enter: the field submits its form', async () => {
    const guest = await atTheDoor();
    await guest.type('Mira');
    expect(guest.field.form).to.equal(find(guest.form, 'form'));
    expect(button(guest.form, 'Join').type).to.equal('submit');
    guest.field.form?.requestSubmit();
    expect(guest.joined).to.deep.equal(['Mira']);
  });

  for (const [what, name] of [
    ['no name', ''],
    ['only spaces', '   '],
    ['41 characters', 'x'.repeat(41)],
  ] as const) {
    it(`says what is wrong with ${what}, and keeps it`, async () => {
      const guest = await atTheDoor();
      await guest.type(name);
      await guest.submit();
      expect(guest.joined).to.deep.equal([]);
      expect(guest.problem()).to.equal(nameInvalid);
      expect(guest.field.value).to.equal(name);
      expect(guest.field.getAttribute('aria-invalid')).to.equal('true');
      expect(guest.field.getAttribute('aria-describedby')).to.equal(find(guest.form, '[part="problem"]').id);
      expect(guest.form.shadowRoot?.activeElement).to.equal(guest.field);
      await expectAccessible(guest.form);
    });
  }

  it('takes 40 characters, each of several units', async () => {
    const guest = await atTheDoor();
    await guest.type('🎷'.repeat(40));
    await guest.submit();
    expect(guest.joined).to.have.length(1);
  });

  it('drops the sentence as one types', async () => {
    const guest = await atTheDoor();
    await guest.submit();
    await guest.type('M');
    expect(guest.problem()).to.equal('');
    expect(guest.field.getAttribute('aria-invalid')).to.equal('false');
  });

  it('keeps the name and says why when joining did not work', async () => {
    const guest = await atTheDoor();
    await guest.type('Mira');
    await guest.submit();
    guest.form.problem = { code: 'network' };
    await guest.form.updateComplete;
    expect(guest.problem()).to.equal('The chat cannot be reached. Check your connection and try again.');
    expect(guest.field.value).to.equal('Mira');
    // Nothing is wrong with the name.
    expect(guest.field.getAttribute('aria-invalid')).to.equal('false');
    await guest.submit();
    expect(guest.joined).to.deep.equal(['Mira', 'Mira']);
  });

  it('joins once while joining is under way', async () => {
    const guest = await atTheDoor();
    await guest.type('Mira');
    await guest.submit();
    guest.form.busy = true;
    await guest.form.updateComplete;
    await guest.submit();
    expect(guest.joined).to.deep.equal(['Mira']);
    expect(guest.field.readOnly).to.equal(true);
    await expectAccessible(guest.form);
  });
});
