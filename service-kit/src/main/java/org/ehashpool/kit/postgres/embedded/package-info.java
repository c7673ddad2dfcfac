/**
 * A real PostgreSQL that a service brings along and that keeps its data: for operators who configure no database.
 *
 * <p>{@link org.ehashpool.kit.postgres.embedded.EmbeddedPostgres} owns one directory:
 *
 * <pre>
 * directory/
 *   owner.lock   held while a process owns this directory; there is never more than one owner
 *   owner        process id of the last owner, for people and messages
 *   port         the loopback port, kept from start to start
 *   secrets/     owner-only: the superuser's password, one per service role
 *   binaries/    PostgreSQL's programs, unpacked once per version
 *   data/        the data directory of PostgreSQL; its logs are in data/log
 *   data/tuning.conf   optional, the operator's: memory sizes and the like; never stronger than durability
 * </pre>
 *
 * <p><b>Durability.</b> {@code fsync}, {@code full_page_writes} and {@code synchronous_commit} are on, by the server's
 * command line, which no configuration file overrides; data pages carry checksums; nothing is deleted at the end.
 *
 * <p><b>Access.</b> Loopback only, no Unix socket, {@code scram-sha-256} for everybody, a role and a schema per
 * service, each role without rights in any other schema.
 *
 * <p><b>Who owns the postmaster.</b> It lives in a session of its own, so that a signal to the terminal's process
 * group leaves it to its owner. An owner that dies leaves it running; the next owner adopts it when it answers and
 * runs this version, and stops it otherwise.
 *
 * <p><b>Root.</b> PostgreSQL refuses to run as root. Started by root, its processes run as the owner of an existing
 * data directory; for a new one as the system account {@code postgres}, if that can reach the directory, and in a
 * user namespace without privileges otherwise.
 *
 * <p><b>Backup.</b> The archive of programs holds no {@code pg_dump} and no {@code pg_basebackup}, and a dump written
 * without them could not promise to restore every object. So a backup is physical, by the server's low-level backup
 * interface: all files between {@code pg_backup_start} and {@code pg_backup_stop} and the write-ahead log of that
 * time, with a SHA-256 of each. It is taken while services work, and restores to its moment of completion, on the
 * same major version.
 *
 * <p><b>Another major version</b> is refused and the data left untouched. The data directory and the protocol are
 * PostgreSQL's own, so the way from one to the next is PostgreSQL's own too: start the former release, dump with
 * {@code pg_dumpall} of the newer version (any distribution's package; it connects to the loopback port with the
 * superuser's password), start the new release on an empty directory, restore with {@code psql}; or
 * {@code pg_upgrade} with both versions' programs installed.
 *
 * @see <a href="https://www.postgresql.org/docs/17/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP">Making a
 *     base backup using the low level API</a>
 * @see <a href="https://www.postgresql.org/docs/17/wal-reliability.html">Reliability</a>
 */
@NullMarked
package org.ehashpool.kit.postgres.embedded;

import org.jspecify.annotations.NullMarked;
