import { describe, expect, test } from 'vitest';
import { readMigrations } from '../../demo/services/supabase/db-migrations.js';
import { useWorld, type World } from './support.js';

const inWorld = useWorld();

const inOurSchemas = "nspname in ('public', 'private')";

describe('every function', () => {
  const offenders = (world: World, condition: string) =>
    world.sql(
      `select proc.oid::regprocedure::text as function from pg_proc proc
       join pg_namespace on pg_namespace.oid = pronamespace where ${inOurSchemas} and (${condition})`,
    );

  test(
    'names all that it uses by its schema',
    inWorld(async (world) => {
      expect(await offenders(world, `proconfig is null or not 'search_path=""' = any (proconfig)`)).toEqual([]);
    }),
  );

  test(
    'is out of the reach of PUBLIC',
    inWorld(async (world) => {
      const byPublic = 'exists (select from aclexplode(proacl) where grantee = 0)';
      // Without a list the default holds, which is execute for everybody.
      expect(await offenders(world, `proacl is null or ${byPublic}`)).toEqual([]);
    }),
  );

  test(
    'has the rights of its owner only where it must',
    inWorld(async (world) => {
      const asOwner = [
        // What a client calls.
        'adopt_guest(text)',
        'ban_member(uuid,uuid,timestamp with time zone,text)',
        'create_invitation(uuid,integer,integer)',
        'delete_message(uuid,uuid,uuid)',
        'edit_message(uuid,uuid,uuid,text,uuid[])',
        'join_room(text,text,text)',
        'mark_read(uuid,bigint)',
        'messages_now(uuid,uuid[])',
        'mute_member(uuid,uuid,timestamp with time zone,text)',
        'offer_guest()',
        'open_reports(uuid,integer)',
        'react(uuid,uuid,uuid,text)',
        'report_message(uuid,uuid,text)',
        'resolve_reports(uuid,uuid,text)',
        'revoke_invitations(uuid)',
        'send_message(uuid,uuid,text,uuid,uuid[])',
        'set_role(uuid,uuid,text)',
        'share_listening(uuid,jsonb)',
        'share_track(uuid,uuid,text,text,text)',
        'unban_member(uuid,uuid)',
        'unmute_member(uuid,uuid)',
        'unreact(uuid,uuid,uuid,text)',
        'update_room(uuid,jsonb)',
        // What a policy asks.
        'private.is_live_topic_of_mine(text)',
        'private.is_typing_topic_of_mine(text,boolean)',
        'private.my_moderated_room_ids()',
        'private.my_room_ids()',
        'private.shares_room_with(uuid)',
        // What tells the members.
        'private.announce_entry()',
        'private.announce_epoch()',
        'private.announce_listening()',
        'private.announce_name()',
        'private.announce_room()',
        'private.announce_standing()',
      ];
      const found = (await offenders(world, 'prosecdef')).map((each) => each.function);
      expect(found.sort()).toEqual(asOwner.sort());
    }),
  );
});

describe('every table', () => {
  test(
    'has row level security',
    inWorld(async (world) => {
      const open = await world.sql(
        `select relname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
         where ${inOurSchemas} and relkind in ('r', 'p') and not relrowsecurity`,
      );
      expect(open).toEqual([]);
    }),
  );

  // The first column of an index serves a look-up by that column alone.
  const notIndexed = `not exists (
    select from pg_index where indrelid = uses.relid and indkey[0] = uses.attnum and indpred is null
  )`;
  const named = "relid::regclass || '.' || attname as column";

  test(
    'has an index for every foreign key',
    inWorld(async (world) => {
      const slow = await world.sql(
        `select ${named} from (select conrelid as relid, conkey[1] as attnum from pg_constraint where contype = 'f') uses
         join pg_attribute on attrelid = relid and pg_attribute.attnum = uses.attnum
         join pg_class on pg_class.oid = relid join pg_namespace on pg_namespace.oid = relnamespace
         where ${inOurSchemas} and ${notIndexed}`,
      );
      expect(slow).toEqual([]);
    }),
  );

  test(
    'has an index for every column that a policy asks about',
    inWorld(async (world) => {
      const asked = `
        select distinct refobjid as relid, refobjsubid as attnum from pg_depend
        where classid = 'pg_policy'::regclass and refclassid = 'pg_class'::regclass and refobjsubid > 0`;
      const all = await world.sql(
        `select ${named}, ${notIndexed} as slow from (${asked}) uses
         join pg_attribute on attrelid = relid and pg_attribute.attnum = uses.attnum
         join pg_class on pg_class.oid = relid join pg_namespace on pg_namespace.oid = relnamespace
         where ${inOurSchemas} order by 1`,
      );
      expect(all).toEqual(
        [
          'room_audit.room_id',
          'room_bans.room_id',
          'room_entries.room_id',
          'room_listening.room_id',
          'room_listening.updated_at',
          'room_members.room_id',
          'room_profiles.user_id',
          'room_reads.user_id',
          'room_reports.room_id',
          'rooms.id',
          'rooms.is_public',
        ].map((column) => ({ column, slow: false })),
      );
    }),
  );
});

describe('every policy', () => {
  test(
    'asks who is there once a statement, not once a row',
    inWorld(async (world) => {
      const policies = await world.sql<{ policyname: string; rule: string }>(
        `select policyname, coalesce(qual, '') || coalesce(with_check, '') as rule from pg_policies
         where schemaname in ('public', 'private', 'realtime')`,
      );
      expect(policies).toHaveLength(14);
      for (const { rule } of policies) {
        expect(rule.replaceAll('( SELECT auth.uid() AS uid)', '')).not.toMatch(/auth\.(uid|jwt|role)\(/);
      }
    }),
  );
});

describe('the grants', () => {
  const grants = (world: World) =>
    world.sql(
      `select grantee::regrole::text as grantee, object, string_agg(privilege_type, ' ' order by privilege_type) as may
       from (
         select relname::text as object, acl.* from pg_class
           join pg_namespace on pg_namespace.oid = relnamespace, aclexplode(relacl) acl where ${inOurSchemas}
         union all
         select relname || '.' || attname, acl.* from pg_attribute join pg_class on pg_class.oid = attrelid
           join pg_namespace on pg_namespace.oid = relnamespace, aclexplode(attacl) acl where ${inOurSchemas}
         union all
         select proname, acl.* from pg_proc
           join pg_namespace on pg_namespace.oid = pronamespace, aclexplode(proacl) acl where ${inOurSchemas}
         union all
         select 'schema ' || nspname, acl.* from pg_namespace, aclexplode(nspacl) acl where nspname = 'private'
       ) granted (object, grantor, grantee, privilege_type, is_grantable)
       where grantee::regrole::text <> current_user group by 1, 2 order by 1, 2`,
    );

  const line = (grantee: string, may: string, ...objects: string[]) => objects.map((object) => ({ grantee, object, may }));
  const column = (name: string) => `rooms.${name}`;
  const shown = ['allow_guests', 'created_at', 'id', 'is_public', 'slug', 'title'];
  const readable = [
    'room_audit', 'room_bans', 'room_entries', 'room_listening', 'room_members', 'room_profiles', 'room_reads', 'room_reports',
  ];
  const callable = [
    'join_room', 'send_message', 'edit_message', 'delete_message', 'react', 'unreact', 'messages_now', 'mark_read',
    'share_track', 'share_listening', 'mute_member', 'unmute_member', 'ban_member', 'unban_member',
    'set_role', 'update_room', 'report_message', 'open_reports', 'resolve_reports', 'create_invitation', 'revoke_invitations',
    'offer_guest', 'adopt_guest',
  ];
  const stated = [
    ...line('anon', 'SELECT', ...shown.map(column)),
    ...line('authenticated', 'SELECT', ...[...shown, 'epoch', 'last_seq', 'slow_seconds'].map(column)),
    ...line('authenticated', 'SELECT', ...readable),
    ...line('authenticated', 'EXECUTE', ...callable),
    ...line('authenticated', 'EXECUTE', 'my_room_ids', 'my_moderated_room_ids', 'shares_room_with', 'listening_since'),
    ...line('authenticated', 'EXECUTE', 'is_live_topic_of_mine', 'is_typing_topic_of_mine'),
    ...line('service_role', 'DELETE INSERT SELECT UPDATE', ...readable, 'room_invitations', 'rooms'),
  ];
  const inOrder = (lines: readonly unknown[]) => lines.map((each) => JSON.stringify(each)).sort();

  test(
    'are these and no others, against the generous defaults of a hosted project',
    inWorld(async (world) => {
      expect(inOrder(await grants(world))).toEqual(inOrder(stated));
    }),
  );

  test(
    'are the same where a project grants nothing by default',
    inWorld(async (world) => {
      const ofRealtime = () =>
        world.sql(
          `select relname::text from pg_class where relnamespace = 'realtime'::regnamespace
           union all select proname from pg_proc where pronamespace = 'realtime'::regnamespace order by 1`,
        );
      const before = await ofRealtime();
      // A schema takes its default privileges, and the policies that need its functions, with it.
      await world.run('drop schema public, private cascade; create schema public; grant usage on schema public to public');
      for (const { sql } of await readMigrations()) await world.run(sql);
      expect(inOrder(await grants(world))).toEqual(inOrder(stated));
      expect(await ofRealtime()).toEqual(before);
    }),
  );
});
