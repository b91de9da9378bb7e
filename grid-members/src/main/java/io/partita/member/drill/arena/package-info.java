/**
 * The place where drills happen: real processes (members, clients, a PostgreSQL) on a network that can be cut, in one direction if need
 * be, without anybody being told.
 */
package io.partita.member.drill.arena;
