/** iOS: a page cannot set the volume and always reads 1 (spotify.md). A slider that moves nothing would be a lie. */
export function canSetVolume(): boolean {
  const probe = document.createElement('audio');
  probe.volume = 0.5;
  return probe.volume === 0.5;
}
