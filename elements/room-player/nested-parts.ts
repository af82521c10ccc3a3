/** The parts of small elements that the card hands on from several places. */
export const actionsParts = 'button, save, share, status: actions-status';
export const devicesParts =
  'button, list: devices-list, heading: devices-heading, status: devices-status, retry, wait, devices: devices-items, device, device-button, device-name, device-notes';
