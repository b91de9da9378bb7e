/** The member in its Hazelcast cluster. */
package io.partita.member.grid;
