/** The parts of each dialog that what is around it hands on. */
const dialogParts =
  'dialog, dialog-header, dialog-title, dialog-close, dialog-body, dialog-form, dialog-label, dialog-input, dialog-button, dialog-note, dialog-problem';

export const reportParts = `${dialogParts}, reported`;
export const memberActionsParts = `${dialogParts}, dialog-question, act`;
export const moderationParts = `${memberActionsParts}, dialog-heading, reports, report, reported-author, reported, reporters, reason, bans, ban, settings, invitation`;
