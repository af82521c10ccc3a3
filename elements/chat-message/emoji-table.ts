/**
 * Emoji by name: the name that most people type first, then others, as GitHub, Slack and Discord know them. In the order
 * in which they are offered. A module of its own without imports: pages load it when somebody first types a colon.
 */
const table = `
👍 +1 thumbsup like
👎 -1 thumbsdown dislike
❤️ heart love
😂 joy tears
🎉 tada party hooray
👏 clap applause
🔥 fire lit
👋 wave hello bye
😀 grinning
😃 smiley
😄 smile
😁 grin
😆 laughing
😅 sweat_smile
🤣 rofl
🙂 slight_smile
🙃 upside_down
😉 wink
😊 blush
😇 innocent angel
🥰 smiling_hearts
😍 heart_eyes
🤩 star_struck
😘 kissing_heart
😋 yum
😛 tongue
😜 crazy_tongue
🤪 zany
🤗 hugs hug
🤭 giggle
🤫 shush quiet
🤔 thinking hmm
🤐 zipper_mouth
🤨 raised_eyebrow
😐 neutral
😑 expressionless
😶 no_mouth
😏 smirk
😒 unamused
🙄 roll_eyes eyeroll
😬 grimacing
🤥 lying
😌 relieved
😔 pensive
😪 sleepy
😴 sleeping zzz
😷 mask
🤒 sick
🤯 mind_blown exploding_head
🤠 cowboy
🥳 partying_face
😎 cool sunglasses
🤓 nerd
🧐 monocle
😕 confused
😟 worried
😮 wow open_mouth
😲 astonished
😳 flushed
🥺 pleading
😨 fearful
😰 anxious
😥 sad_relieved
😢 cry sad
😭 sob
😱 scream
😤 triumph
😡 rage angry
🤬 swearing
😈 devil
💀 skull dead
💩 poop
🤡 clown
👻 ghost
👽 alien
🤖 robot
😺 smiley_cat
🙈 see_no_evil
🙉 hear_no_evil
🙊 speak_no_evil
💋 kiss
💔 broken_heart
🧡 orange_heart
💛 yellow_heart
💚 green_heart
💙 blue_heart
💜 purple_heart
🖤 black_heart
🤍 white_heart
💕 two_hearts
💖 sparkling_heart
💯 100 hundred
💥 boom
💫 dizzy
💤 snooze
👌 ok_hand
🤌 pinched_fingers
✌️ peace v
🤞 fingers_crossed
🤘 metal rock_on
🤙 call_me
👈 point_left
👉 point_right
👆 point_up
👇 point_down
✋ raised_hand stop
🖐️ hand
✊ fist
👊 punch fist_bump
🙌 raised_hands praise
👐 open_hands
🤝 handshake deal
🙏 pray please thanks
💪 muscle strong
👀 eyes look
🧠 brain
🤷 shrug
🤦 facepalm
🙋 raising_hand
🙇 bow
💃 dancer dance
🕺 man_dancing
👯 dancers
🎵 musical_note note
🎶 notes music
🎼 score
🎤 microphone sing
🎧 headphones
🎸 guitar
🎹 piano
🎷 saxophone
🎺 trumpet
🎻 violin
🥁 drum
🪩 disco
📻 radio
🔊 loud
🔇 mute
💿 cd
🎬 clapper
🎮 game
🎲 dice
🏆 trophy
🥇 gold first
🎁 gift
🎂 birthday cake
🎈 balloon
✨ sparkles
⭐ star
🌟 glowing_star
☀️ sun
🌙 moon
☁️ cloud
🌧️ rain
⛄ snowman
❄️ snowflake
⚡ zap lightning
🌈 rainbow
🌊 ocean
🌍 earth
🌸 blossom
🌹 rose
🌻 sunflower
🌱 seedling
🍀 clover luck
🐶 dog
🐱 cat
🦊 fox
🐻 bear
🐼 panda
🦄 unicorn
🐝 bee
🦋 butterfly
🐢 turtle
🐙 octopus
☕ coffee
🍵 tea
🍺 beer
🍻 beers cheers
🍷 wine
🍸 cocktail
🥂 clinking
🍕 pizza
🍔 burger
🍟 fries
🍪 cookie
🍿 popcorn
🍎 apple
🍌 banana
🍓 strawberry
🥑 avocado
🚀 rocket
✈️ airplane
🚗 car
🚲 bike
🏠 house home
💻 computer laptop
📱 phone
💡 bulb idea
📌 pin
✅ check done
❌ x no
❓ question
❗ exclamation
⚠️ warning
🚫 forbidden
♻️ recycle
⏰ alarm
⏳ hourglass
💸 money
📷 camera
🎯 dart target
`;

/** One line each: the emoji, then its names. */
export const lines: readonly (readonly string[])[] = table.trim().split('\n').map((line) => line.split(' '));
