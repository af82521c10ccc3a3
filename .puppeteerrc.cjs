// The component tests drive the Firefox that the machine has (tests/support/browsers.mjs): nothing to download.
module.exports = { skipDownload: true };
