import { newCluster } from '../../demo/services/supabase/db-cluster.js';

/** Made before the first test asks for it: two workers that do so at one time would both wait for what a hook has no time for. */
export default async function setup(): Promise<void> {
  await newCluster();
}
