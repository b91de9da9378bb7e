/**
 * Drills: a real cluster of processes is loaded, broken on purpose and healed; then everything that its clients were told is held against
 * what the database and the members say.
 */
package io.partita.member.drill;
