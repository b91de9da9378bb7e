/** Drills that are started over REST: each in a process of its own, with a cluster of its own, one at a time; and what came of them. */
package io.partita.member.drill.desk;
