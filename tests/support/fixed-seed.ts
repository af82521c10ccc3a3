import fc from 'fast-check';

/** The same tries in every run, so that a run says something of the change and not of chance. ROOMTONE_SEED=… tries others. */
fc.configureGlobal({ seed: Number(process.env.ROOMTONE_SEED ?? 20_261_123) });
