import { runnerImport } from 'vite';

/** The backend in a process of its own, so that it has one core and its visitors the other. */
const { module } = await runnerImport(new URL('./backend.ts', import.meta.url).pathname, { configFile: false });
const { port, stop } = await module.startBackend();
process.send({ port });
process.once('disconnect', () => void stop().finally(() => process.exit(0)));
