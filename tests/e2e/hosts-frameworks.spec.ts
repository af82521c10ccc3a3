import { chatAndPlay, expect, hears, talk, test } from './support/hosts.ts';

for (const framework of ['react', 'vue', 'svelte']) {
  test(`${framework}: properties and events, and a room that comes and goes while the music plays`, async ({ open, neighbour, simulator }) => {
    const ann = await open('Ann', `/hosts/${framework}.html`);
    await expect(ann.player.getByText('Bring a record')).toBeVisible();
    const title = await chatAndPlay(ann, neighbour);
    await expect(ann.page.locator('output', { hasText: title })).toBeVisible();

    await ann.page.getByRole('button', { name: 'Close the room' }).click();
    await expect(ann.chat).toHaveCount(0);
    await ann.page.getByRole('button', { name: 'Open the room' }).click();
    await talk(ann, neighbour);
    await hears(ann, title);
    expect((await simulator.commands('Alice')).map(({ command }) => command)).toEqual(['play']);
    expect(ann.complaints).toEqual([]);
  });
}
