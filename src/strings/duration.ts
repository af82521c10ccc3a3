/** `1:03`, or `1:02:03` from an hour on: as players write time in every language. */
export function clockTime(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** `1 minute 3 seconds`: for screen readers, which read `1:03` as a time of day or as two numbers. */
export function spokenTime(ms: number, language: string): string {
  const { hours, minutes, seconds } = parts(ms);
  const unit = (value: number, name: string): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  const said = [
    ...(hours ? [unit(hours, 'hour')] : []),
    ...(minutes ? [unit(minutes, 'minute')] : []),
    ...(seconds || (!hours && !minutes) ? [unit(seconds, 'second')] : []),
  ];
  return new Intl.ListFormat(language, { type: 'unit', style: 'narrow' }).format(said);
}

function parts(ms: number): { hours: number; minutes: number; seconds: number } {
  const total = Math.max(0, Math.floor(ms / 1000));
  return { hours: Math.floor(total / 3600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
}
