import { runnerImport } from 'vite';

const { module } = await runnerImport(new URL('./backend.ts', import.meta.url).pathname, { configFile: false });
const backend = await module.Backend.start(JSON.parse(process.argv[2]));
process.on('message', ({ seed, probability }) => process.send({ cut: backend.cut(seed, probability) }));
process.once('disconnect', () => void backend.stop().finally(() => process.exit(0)));
process.send({ port: backend.port });
