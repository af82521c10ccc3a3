import { describe, expect, it } from 'vitest';
import { largeCover, toTrack, toTracks } from '../../../src/player/track.js';
import { sdkTrack } from './support/states.js';

const withImages = (images: unknown): unknown => ({ ...sdkTrack('a'), album: { name: 'x', uri: 'y', images } });

describe('a track', () => {
  it('has the smallest cover that is sharp enough', () => {
    const images = [640, 300, 64].map((width) => ({ url: `https://i.scdn.co/${width}`, width, height: width }));
    expect(toTrack(withImages(images))?.artwork).toBe('https://i.scdn.co/300');
    expect(toTrack(withImages(images), largeCover)?.artwork).toBe('https://i.scdn.co/640');
    expect(toTrack(withImages(images.slice(2)))?.artwork).toBe('https://i.scdn.co/64');
  });

  it('takes the first cover where no size is told, and none where there is none', () => {
    expect(toTrack(withImages([{ url: 'a', width: null }, { url: 'b' }]))?.artwork).toBe('a');
    expect(toTrack(withImages([null, {}]))?.artwork).toBeNull();
    expect(toTrack(withImages('none'))?.artwork).toBeNull();
  });

  it('is none without a URI', () => {
    expect(toTrack(null)).toBeNull();
    expect(toTrack({ name: 'x' })).toBeNull();
    expect(toTracks([null, sdkTrack('a'), {}])).toHaveLength(1);
    expect(toTracks(undefined)).toEqual([]);
  });

  it('keeps its title and the names of its artists as they are', () => {
    expect(
      toTrack({ ...sdkTrack('a'), name: ' A <b> ', artists: [{ name: 'X', uri: 'u' }, { uri: 'v' }, null] }),
    ).toMatchObject({
      title: ' A <b> ',
      artists: [{ name: 'X', uri: 'u' }],
    });
  });
});
