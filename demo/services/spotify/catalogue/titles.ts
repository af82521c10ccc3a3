/**
 * What the simulator plays. Everything here is made up: no title, artist or tune is Spotify's or anybody's.
 * It holds what a page must survive: right-to-left and other scripts, an emoji, markup in a title, and a title that
 * no line is long enough for.
 */
export interface AlbumTitles {
  readonly name: string;
  readonly artists: readonly string[];
  readonly year: number;
  readonly type: 'album' | 'single';
  readonly tracks: readonly string[];
}

export const albums: readonly AlbumTitles[] = [
  {
    name: 'Lanterns for the Low Tide',
    artists: ['Marisol Quay'],
    year: 2019,
    type: 'album',
    tracks: [
      'Harbour Before Seven',
      'Salt on the Window',
      'Lanterns for the Low Tide',
      'Nobody Rows Home Alone',
      'A Postcard Addressed to the Weather',
    ],
  },
  {
    name: 'Night Bus Cartography',
    artists: ['Juniper & the Late Fares'],
    year: 2022,
    type: 'album',
    tracks: [
      'Upper Deck, Front Seat',
      'Request Stop',
      'Night Bus Cartography',
      'All the Wrong Maps Fold the Same Way and Still We Somehow Arrive, a Little After Closing Time and Without Our Umbrellas, at the Very Place We Had Meant to Leave',
      'Terminus (Lights Out)',
    ],
  },
  {
    name: 'Kleine Maschinen',
    artists: ['Anton Wexel'],
    year: 2017,
    type: 'album',
    tracks: ['Kleine Maschinen', 'Zahnrad und Feder', 'Öl auf Glas', 'Tickt noch'],
  },
  {
    name: 'غرفة البحر',
    artists: ['فرقة نوافذ الطين'],
    year: 2021,
    type: 'album',
    tracks: ['غرفة البحر', 'خبز وضوء', 'نافذة على المطر', 'رسالة إلى الجار'],
  },
  {
    name: '雨のエレベーター',
    artists: ['青い階段'],
    year: 2023,
    type: 'album',
    tracks: ['雨のエレベーター', '三時のバス停', '紙の月と猫', '遠い冷蔵庫のうた'],
  },
  {
    name: 'Письма с крыши',
    artists: ['Северный Чердак'],
    year: 2018,
    type: 'album',
    tracks: ['Письма с крыши', 'Чайник поёт', 'Тихий двор'],
  },
  {
    name: 'Slow Weather, Vol. 2',
    artists: ['Ostrander Field'],
    year: 2024,
    type: 'album',
    tracks: ['Cumulus I', 'Cumulus II', 'Rain, Unhurried', 'The Long Afternoon of the Kettle'],
  },
  {
    name: 'Paper Carnival',
    artists: ['Tuva Lindqvar', 'Marisol Quay'],
    year: 2020,
    type: 'album',
    tracks: ['Paper Carnival', 'Confetti Season', 'Sju små steg', 'Merry-Go-Slowly'],
  },
  {
    name: 'चाय की दुकान',
    artists: ['धूप और धागा'],
    year: 2025,
    type: 'single',
    tracks: ['चाय की दुकान', 'छत पर पतंग'],
  },
  {
    name: 'גשם על הגג',
    artists: ['להקת חצר אחורית'],
    year: 2016,
    type: 'single',
    tracks: ['גשם על הגג', 'כיסא מול הים'],
  },
  {
    name: 'Claims & Exits',
    artists: ['The Escapees', 'Dot Dot Dash', 'Orla Fenn', 'The Second Hand Clocks'],
    year: 2024,
    type: 'album',
    tracks: ['<b>Bold</b> Claims & "Quiet" Exits', "O'Clock O'Clock", 'Ampersand &amp; Sons'],
  },
  {
    name: 'Room Tone',
    artists: ['House Band'],
    year: 2026,
    type: 'single',
    tracks: ['Room Tone (For Four Chairs)', '☕️ → 🌙', 'Goodnight, Extension Cord'],
  },
];

export interface PlaylistTitles {
  readonly name: string;
  readonly description: string;
  /** The account that owns it, or null for the simulator's editors. */
  readonly owner: string | null;
  readonly collaborators?: readonly string[];
  readonly size: number;
}

export const playlists: readonly PlaylistTitles[] = [
  { name: 'Dishes & Daydreams', description: 'For when the sink is full.', owner: 'alice', size: 12 },
  { name: 'Slow Mornings', description: '', owner: 'alice', size: 7 },
  { name: 'Bob on the Night Bus', description: 'Headphones, upper deck.', owner: 'bob', size: 10 },
  { name: 'Focus, Mostly', description: 'Nothing with words. Some words.', owner: 'bob', size: 8 },
  {
    name: 'Kitchen Radio',
    description: 'Carol and Dave take turns.',
    owner: 'carol',
    collaborators: ['dave'],
    size: 11,
  },
  { name: 'The Long Way Round', description: '', owner: 'dave', size: 9 },
  { name: 'Whatever Comes', description: 'With ads in between, in the real world.', owner: 'frank', size: 6 },
  { name: 'Fresh from the Simulator', description: 'Everything that is new on this machine.', owner: null, size: 14 },
  { name: 'Low Tide', description: 'Quiet things near water.', owner: null, size: 8 },
];

/** Talk about music, in which nobody talks: the simulator has no voice. */
export const episodes: readonly { readonly name: string; readonly by: string }[] = [{ name: 'What Rain Does to a Chorus', by: 'Marisol Quay' }];
