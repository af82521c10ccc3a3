// Runs before the elements are defined, so they see these attributes from the start.
const visitor = new URLSearchParams(location.search).get('visitor') ?? 'visitor';
for (const element of document.querySelectorAll('room-player, chat-room')) {
  element.setAttribute('storage-key', `roomtone-${visitor}`);
}
document.querySelector('room-player').setAttribute('name', `Roomtone, ${visitor}`);
